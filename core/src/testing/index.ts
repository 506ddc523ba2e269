export * from './findings.js';
export * from './keys.js';
export * from './signer.js';
export * from './trade.js';
export * from './world.js';
