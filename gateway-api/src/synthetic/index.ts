export { chainLedger, chainStart, SyntheticChain, type Part } from './chain.js';
