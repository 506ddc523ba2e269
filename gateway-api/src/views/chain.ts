import { z } from 'zod';
import { declareView } from './declare.js';

/** Blocks. */
export const blockView = declareView({
  name: 'block',
  schema: z.strictObject({
    /** The number with ten digits. */
    id: z.string(),
    number: z.int(),
    hash: z.string(),
    previousHash: z.string(),
    time: z.int(),
    transactions: z.int(),
    /** How many of them are not valid. */
    invalid: z.int(),
  }),
  key: 'id',
  indexes: {},
});

/** Invocations of the chaincode, valid or not. */
export const transactionView = declareView({
  name: 'transaction',
  schema: z.strictObject({
    id: z.string(),
    block: z.int(),
    index: z.int(),
    time: z.int(),
    function: z.string(),
    valid: z.boolean(),
    /** A peer.TxValidationCode. */
    code: z.int(),
  }),
  key: 'id',
  indexes: {},
});

/** Something in a valid transaction that cannot be read. A replay by the verifier says what is wrong with it. */
export const anomalyView = declareView({
  name: 'anomaly',
  schema: z.strictObject({
    /** Position, and the number of the anomaly in it. */
    id: z.string(),
    transaction: z.string(),
    reason: z.string(),
  }),
  key: 'id',
  indexes: { all: { fields: [] } },
});

/** Counts that are kept while projecting, so that nobody has to count when asked. */
export const countView = declareView({
  name: 'count',
  schema: z.strictObject({
    /** `subject/label/label…` */
    id: z.string(),
    subject: z.enum(['items', 'held', 'events', 'batches', 'lost', 'forks', 'anomalies']),
    labels: z.array(z.string()),
    value: z.int(),
  }),
  key: 'id',
  indexes: { bySubject: { fields: ['subject'] } },
});
