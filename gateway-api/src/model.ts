// The read model without the gateway around it: for tests and tools that project blocks themselves.
export { clocksEnded } from './clocks-ended.js';
export * from './projector/index.js';
export * from './event-record.js';
export * from './read-model.js';
export * from './store/index.js';
export * from './views/index.js';
export * from './synthetic/index.js';
