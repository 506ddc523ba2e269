export { chainLedger, chainStart, SyntheticChain, type Part } from './chain.js';
export { custodyBlocks, custodyPlan, type CustodyPlan } from './custody.js';
