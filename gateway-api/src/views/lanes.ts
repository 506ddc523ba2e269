import { z } from 'zod';
import {
  KEY_KINDS,
  type BatchHeader,
  type BatchRow,
  type ForkRow,
  type KeyRow,
  type LaneRow,
} from '@huilian/core';
import { declareView } from './declare.js';

/** Recorded batches: the row of the world state and, from the transaction, what proofs need. */
export const batchView = declareView({
  name: 'batch',
  schema: z.strictObject({
    /** `keyId/sequence`, the sequence with ten digits. */
    id: z.string(),
    keyId: z.string(),
    sequence: z.int(),
    /** Position of the first event; the others follow without a gap. */
    position: z.string(),
    /** The signed header and seed as in the batch; its events are in the view `itemEvent`. */
    header: z.custom<BatchHeader>(),
    signature: z.string(),
    seed: z.string(),
    row: z.custom<BatchRow>(),
  }),
  key: 'id',
  indexes: { byKey: { fields: ['keyId'], order: 'sequence' } },
});

/** Where each lane stands. */
export const laneView = declareView({
  name: 'lane',
  schema: z.strictObject({ id: z.string(), forked: z.boolean(), row: z.custom<LaneRow>() }),
  key: 'id',
  indexes: { byForked: { fields: ['forked'] } },
});

/** Second batches that turned up under a used number. */
export const forkView = declareView({
  name: 'fork',
  schema: z.strictObject({ id: z.string(), keyId: z.string(), row: z.custom<ForkRow>() }),
  key: 'id',
  indexes: { byKey: { fields: ['keyId'] } },
});

/** Public keys. */
export const keyView = declareView({
  name: 'key',
  schema: z.strictObject({
    id: z.string(),
    owner: z.string(),
    kind: z.enum(KEY_KINDS),
    row: z.custom<KeyRow>(),
  }),
  key: 'id',
  indexes: { byOwner: { fields: ['owner'] } },
});
