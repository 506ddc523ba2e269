export * from './store/index.js';
export * from './views/index.js';
