export * from './gb18030.js';
export * from './rows.js';
export * from './workbook.js';
export * from './rules-ledger.js';
export * from './desk.js';
