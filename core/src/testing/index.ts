export * from './corrections.js';
export * from './findings.js';
export * from './keys.js';
export * from './lot-history.js';
export * from './lots.js';
export * from './signer.js';
export * from './trade.js';
export * from './world.js';
