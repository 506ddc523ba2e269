export { contracts } from './contracts/index.js';
export { WINDOW, checkTime } from './runtime/clock.js';
