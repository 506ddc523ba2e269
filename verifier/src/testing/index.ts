export { custodyLedger, type CustodyLedger, type CustodyOptions } from './custody.js';
export { TestLedger } from './ledger.js';
