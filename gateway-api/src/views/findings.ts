import { z } from 'zod';
import {
  FINDING_KINDS,
  FINDING_STATUSES,
  STOCK_LEVELS,
  type Evidence,
  type FindingDecision,
} from '@huilian/core';
import { declareView } from './declare.js';

/** What the record shows that somebody has to look at. */
export const findingView = declareView({
  name: 'finding',
  schema: z.strictObject({
    /** `kind.eventId` */
    id: z.string(),
    kind: z.enum(FINDING_KINDS),
    /** Id of the event that gave it, where it stands, its type and verdict, and who signed it. */
    event: z.string(),
    position: z.string(),
    type: z.string(),
    verdict: z.string(),
    party: z.string(),
    /** Ledger time, in seconds since 1970. */
    time: z.int(),
    items: z.custom<readonly string[]>(),
    evidence: z.custom<Evidence>(),
    status: z.enum(FINDING_STATUSES),
    decision: z.custom<FindingDecision>().optional(),
    earlier: z.custom<readonly FindingDecision[]>().optional(),
  }),
  key: 'id',
  indexes: {
    all: { fields: [], order: 'position' },
    byKind: { fields: ['kind'], order: 'position' },
    byStatus: { fields: ['status'], order: 'position' },
    byKindAndStatus: { fields: ['kind', 'status'], order: 'position' },
    byParty: { fields: ['party'], order: 'position' },
  },
});

/** Which item a finding is about: one document for each of its items. */
export const findingItemView = declareView({
  name: 'findingItem',
  schema: z.strictObject({
    /** `item/finding` */
    id: z.string(),
    item: z.string(),
    finding: z.string(),
    position: z.string(),
  }),
  key: 'id',
  indexes: { byItem: { fields: ['item'], order: 'position' } },
});

/** Where an item was read last, if whoever read it named a station. */
export const placeView = declareView({
  name: 'place',
  schema: z.strictObject({ id: z.string(), station: z.string(), time: z.int(), event: z.string() }),
  key: 'id',
  indexes: {},
});

/** What a party has in store of a category of lots: `party/category`, the category in small letters. */
export const stockView = declareView({
  name: 'stock',
  schema: z.strictObject({
    id: z.string(),
    party: z.string(),
    /** As the lot that came last spells it. */
    category: z.string(),
    grams: z.int(),
    level: z.enum(STOCK_LEVELS),
  }),
  key: 'id',
  indexes: { all: { fields: [], order: 'id' }, byParty: { fields: ['party'], order: 'id' } },
});

/** What a party took in in a calendar year by licences of a kind: `party/kind/year`. */
export const intakeView = declareView({
  name: 'intake',
  schema: z.strictObject({ id: z.string(), count: z.int(), above: z.boolean() }),
  key: 'id',
  indexes: {},
});
