import { z } from 'zod';
import { CORRECTION_REASONS, REFUSAL_CLASSES } from '@huilian/core';
import { declareView } from './declare.js';

/** Events that were declared wrong, by their ids. */
export const correctionView = declareView({
  name: 'correction',
  schema: z.strictObject({
    /** Id of the wrong event. */
    id: z.string(),
    item: z.string(),
    /** Its type, as it is on record. */
    type: z.string(),
    /** Id of the event that declares it wrong; of one that takes two hands the first. */
    declaredBy: z.string(),
    /** Credit codes of those who signed. */
    signers: z.array(z.string()),
    reason: z.enum(CORRECTION_REASONS).optional(),
    /** `open` waits for the other hand; what it did was taken back, or stands and is questioned. */
    effect: z.enum(['open', 'takenBack', 'questioned']),
    /** True when what it did stands and the correction has called it another type than it is. */
    misnamed: z.literal(true).optional(),
    /** Id of the event that stands in its place. */
    replacedBy: z.string().optional(),
  }),
  key: 'id',
  indexes: {},
});

/** Refused events about items, and what became of them. */
export const refusalView = declareView({
  name: 'refusal',
  schema: z.strictObject({
    /** Id of the event. */
    id: z.string(),
    position: z.string(),
    item: z.string(),
    type: z.string(),
    code: z.string(),
    signer: z.string(),
    /** The piece of work that it belongs to. */
    work: z.string(),
    /** Id of the event that is at the bottom of it: the last that was accepted before it, or the event itself. */
    root: z.string(),
    /** Id of the event that offered it again. */
    offeredAs: z.string().optional(),
    class: z.enum([...REFUSAL_CLASSES, 'open']),
    /** Id of the event by which Oversight classed it. */
    classedBy: z.string().optional(),
  }),
  key: 'id',
  indexes: {
    byWork: { fields: ['work'], order: 'position' },
    byClass: { fields: ['class'], order: 'position' },
    bySignerAndClass: { fields: ['signer', 'class'], order: 'position' },
  },
});

/** What is to be mended: the refusals of one party that go back to one batch. */
export const workItemView = declareView({
  name: 'workItem',
  schema: z.strictObject({
    /** `keyId.sequence.party`: the batch of the root, and whose the refusals are. */
    id: z.string(),
    party: z.string(),
    /** Id of the root of the first refusal, and the item of that event. */
    root: z.string(),
    item: z.string(),
    /** Position of the first refusal. */
    first: z.string(),
    refusals: z.int(),
    /** Refusals that were neither offered again and accepted, nor classed as an attempt. */
    left: z.int(),
    closed: z.boolean(),
  }),
  key: 'id',
  indexes: {
    all: { fields: ['closed'], order: 'first' },
    byParty: { fields: ['party', 'closed'], order: 'first' },
  },
});
