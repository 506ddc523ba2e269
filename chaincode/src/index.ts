export { contracts } from './contracts/index.js';
export { Ledger } from './ledger.js';
export { BaseContract } from './runtime/base-contract.js';
export { WINDOW, checkTime } from './runtime/clock.js';
export { readConfig } from './runtime/config.js';
export { serve } from './runtime/server.js';
