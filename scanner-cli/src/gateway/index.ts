export { Gateway, type GatewayLane } from './gateway.js';
export type { BatchResult } from './answers.js';
export type { GatewayOptions } from './http.js';
