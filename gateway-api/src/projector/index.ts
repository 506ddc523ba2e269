export { foldBlock, type FoldedBlock, type FoldedEvent } from './fold.js';
export { projectorMetrics } from './metrics.js';
export {
  Projector,
  type AppliedBlock,
  type Lag,
  type ProjectorObserver,
  type ProjectorOptions,
} from './projector.js';
export type { BlockSource, SourceBlock, SourceTransaction } from './source.js';
export { projectionOf } from './version.js';
export { wholeEvents, type WholeEvent } from './whole-events.js';
