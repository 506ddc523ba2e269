import { z } from 'zod';
import { ITEM_KINDS, ITEM_STATES, type ItemRow, type OpenClocks, type TagRow } from '@huilian/core';
import { declareView } from './declare.js';

/** Items as the world state has them, with what a fold of the events adds. */
export const itemView = declareView({
  name: 'item',
  schema: z.strictObject({
    id: z.string(),
    kind: z.enum(ITEM_KINDS),
    state: z.enum(ITEM_STATES),
    custodian: z.string(),
    /** Where the item entered the ledger. */
    position: z.string(),
    /** Credit codes of those who held, owned or touched it, or to whom it was offered, in this order. */
    parties: z.array(z.string()),
    /** Of those who recorded something about it without ever having had it. One who has it later is a party, too. */
    reporters: z.array(z.string()).optional(),
    /** Position of the last accepted event on the item, or of the one by which it came in. */
    last: z.string().optional(),
    /** Who was refused since, and the piece of work that this belongs to. */
    blocked: z.strictObject({ signer: z.string(), work: z.string(), root: z.string() }).optional(),
    /** True while it is handed over and not accepted, or was left with its giver when its container was accepted. */
    inTransit: z.boolean().optional(),
    /** Of what is in transit: to whom. */
    receiver: z.string().optional(),
    /** Of what is in transit: ledger time since when, in seconds since 1970. */
    since: z.int().optional(),
    row: z.custom<ItemRow>(),
    /** Its clocks that run. */
    clocks: z.custom<OpenClocks>().optional(),
    /** Of a vehicle, the event that gave it its certificate: terms of the batteries in it are counted from there. */
    certified: z.strictObject({ event: z.string(), time: z.int() }).optional(),
  }),
  key: 'id',
  indexes: {
    all: { fields: [], order: 'position' },
    byKindAndState: { fields: ['kind', 'state'], order: 'position' },
    byKind: { fields: ['kind'], order: 'position' },
    byState: { fields: ['state'], order: 'position' },
    byCustodian: { fields: ['custodian'], order: 'position' },
    inTransit: { fields: ['inTransit'], order: 'since', sparse: true },
    inTransitFrom: { fields: ['inTransit', 'custodian'], order: 'since', sparse: true },
    inTransitTo: { fields: ['inTransit', 'receiver'], order: 'since', sparse: true },
  },
});

/** Who may see which item: one document for each party of an item. */
export const itemPartyView = declareView({
  name: 'itemParty',
  schema: z.strictObject({
    /** `party/item` */
    id: z.string(),
    party: z.string(),
    item: z.string(),
    position: z.string(),
  }),
  key: 'id',
  indexes: { byParty: { fields: ['party'], order: 'position' } },
});

/**
 * Events in the order of the ledger, refused ones among them. An event stands under its own item, if it has one, and is
 * mentioned under each other item that it concerns: what came out of it, what it was fitted into. What it shares with the
 * other events of its batch is in the view `batchEvents`.
 */
export const itemEventView = declareView({
  name: 'itemEvent',
  schema: z.strictObject({
    /** The position; of a mention `position/item`. */
    id: z.string(),
    item: z.string().optional(),
    /** True when the event itself stands under another item; then `bytes` is absent. */
    mention: z.literal(true).optional(),
    /** Canonical bytes of the event, as text. */
    bytes: z.string().optional(),
    type: z.string(),
    verdict: z.string(),
    notice: z.string().optional(),
    /** Its place in the batch. */
    index: z.int(),
  }),
  key: 'id',
  // Keys begin with the position, so they order as positions do.
  indexes: { all: { fields: [] }, byItem: { fields: ['item'] } },
});

/** What all events of one recorded batch share: kept once, not with each of them. */
export const batchEventsView = declareView({
  name: 'batchEvents',
  schema: z.strictObject({
    /** Position of the first event; those of the others follow without a gap. */
    id: z.string(),
    keyId: z.string(),
    sequence: z.int(),
    /** Owner of the key: a credit code, or an organisation for administrators. */
    signer: z.string(),
    transaction: z.string(),
    /** Ledger time, in seconds since 1970. */
    time: z.int(),
  }),
  key: 'id',
  indexes: {},
});

/** Genealogy: where an item came from, what it was built into, and the container it lies in. */
export const itemLinkView = declareView({
  name: 'itemLink',
  schema: z.strictObject({
    /** `child/relation/parent` */
    id: z.string(),
    child: z.string(),
    parent: z.string(),
    /** `joinedTo`: a lot that went into one step with another; what came out of that in the same event came out of both. */
    relation: z.enum(['dismantledFrom', 'remanufacturedFrom', 'fittedInto', 'joinedTo', 'packedInto']),
    since: z.string(),
    /** Position of the event that took the child out again. */
    until: z.string().optional(),
    /** False once the child was taken out again. */
    current: z.boolean(),
  }),
  key: 'id',
  indexes: {
    byChild: { fields: ['child'], order: 'since' },
    byParent: { fields: ['parent', 'relation', 'current'], order: 'since' },
  },
});

/** What a tag is bound to. */
export const tagView = declareView({
  name: 'tag',
  schema: z.strictObject({
    /** `scheme/value` */
    id: z.string(),
    item: z.string(),
    row: z.custom<TagRow>(),
  }),
  key: 'id',
  indexes: {},
});
