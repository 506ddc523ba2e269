export { openQueue, recoverQueue } from './open.js';
export { Queue, type Declared, type QueueOptions, type Recovered } from './queue.js';
export type { Closing, Place } from './entries.js';
export type { Lane } from './lane.js';
export type {
  BatchState,
  EventVerdict,
  GatewayOutcome,
  GatewayReport,
  PushProgress,
  PushReport,
  QueuedBatch,
  SettledBatch,
  Stopped,
} from './types.js';
