import { z } from 'zod';
import {
  code,
  creditCode,
  dismantled,
  evidence,
  grams,
  itemId,
  model,
  nonce,
  source,
  tableVersion,
  tags,
} from '../fields.js';
import { DISPOSAL_METHODS, ITEM_KINDS, REFUSAL_REASONS } from '../terms.js';
import { repair } from './insurance.js';
import { exceptions } from './logistics.js';
import { assemblies } from './vehicle.js';

/** Steps that several kinds of items share. */
export const custodyEvents = {
  register: z.strictObject({
    kind: z.enum(ITEM_KINDS),
    category: code,
    nonce,
    tags,
    massGrams: grams.optional(),
    class: z.enum(['newPart', 'usedPart']).optional(),
    assemblies,
    source,
    /** Of a part: the registered car that a workshop takes it out of, and in which it always was. */
    outOf: itemId.optional(),
  }),
  inspect: z.strictObject({ result: z.enum(['fit', 'unfit']), evidence }),
  handover: z.strictObject({
    to: creditCode,
    massGrams: grams.optional(),
    keepOwnership: z.boolean().optional(),
    consignee: creditCode.optional(),
  }),
  withdraw: z.strictObject({}),
  accept: z.strictObject({
    from: creditCode,
    massGrams: grams.optional(),
    /** Of a container: how many things the receiver counted in it. */
    count: z.int().min(0).max(100_000).optional(),
    exceptions,
  }),
  refuse: z.strictObject({ from: creditCode, reason: z.enum(REFUSAL_REASONS) }),
  dismantle: z.strictObject({
    outputs: dismantled,
    lossGrams: grams.optional(),
    toleranceVersion: tableVersion.optional(),
  }),
  fit: z.strictObject({ into: itemId, repair, evidence }),
  remove: z.strictObject({ from: itemId, massGrams: grams.optional(), model: model.optional() }),
  dispose: z.strictObject({ method: z.enum(DISPOSAL_METHODS), evidence }),
} as const;
