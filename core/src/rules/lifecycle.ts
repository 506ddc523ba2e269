import type { ItemEventType } from '../model/events.js';
import type { ItemKind, ItemState, Role } from '../model/terms.js';

/** Who may take a step: the holder of the item, the party a handover names, or the holder of what it is fitted into. */
export type Who = 'custodian' | 'receiver' | 'custodianOfHost' | 'anyone';

/** One row of the life cycle table. */
export interface Step {
  readonly event: ItemEventType;
  readonly kinds: readonly ItemKind[];
  /** States in which the step may be taken; none for the step that brings the item into the ledger. */
  readonly from: readonly ItemState[];
  /** State after the step; undefined when the state stays. */
  readonly to?: ItemState;
  readonly who: Who;
  /** Roles that may; undefined for all. */
  readonly roles?: readonly Role[];
  /** True when a valid licence for one of the roles is needed. */
  readonly licence?: true;
  /** What must be given with the event, for people. */
  readonly given: readonly string[];
}

const ALL: readonly ItemKind[] = ['vehicle', 'part', 'device', 'battery', 'lot'];
const LIVE: readonly ItemState[] = ['registered', 'inspected'];
const WORKSHOPS: readonly Role[] = ['repairShop', 'remanufacturer', 'secondLifeUser'];

/** The first life cycle. Checks, docs and tests are made from this table. */
export const lifecycle: readonly Step[] = [
  {
    event: 'register',
    kinds: ['vehicle'],
    from: [],
    to: 'registered',
    who: 'anyone',
    roles: ['dismantler', 'insurer', 'repairShop'],
    given: ['category', 'tags', 'massGrams'],
  },
  {
    event: 'register',
    kinds: ['device'],
    from: [],
    to: 'registered',
    who: 'anyone',
    roles: ['processor', 'collector', 'retailer'],
    given: ['category', 'tags', 'massGrams'],
  },
  {
    event: 'register',
    kinds: ['part', 'battery'],
    from: [],
    to: 'registered',
    who: 'anyone',
    roles: ['dismantler', 'processor', 'repairShop', 'remanufacturer', 'secondLifeUser', 'partsDealer'],
    given: ['category', 'tags', 'massGrams'],
  },
  {
    event: 'register',
    kinds: ['lot'],
    from: [],
    to: 'registered',
    who: 'anyone',
    roles: ['dismantler', 'processor', 'collector', 'remanufacturer', 'smelter', 'shredder'],
    given: ['category', 'massGrams'],
  },
  {
    event: 'inspect',
    kinds: ['vehicle', 'part', 'device', 'battery'],
    from: LIVE,
    to: 'inspected',
    who: 'custodian',
    given: ['result'],
  },
  { event: 'handover', kinds: ALL, from: LIVE, who: 'custodian', given: ['to'] },
  { event: 'withdraw', kinds: ALL, from: LIVE, who: 'custodian', given: [] },
  { event: 'accept', kinds: ALL, from: LIVE, who: 'receiver', given: ['from'] },
  { event: 'refuse', kinds: ALL, from: LIVE, who: 'receiver', given: ['from', 'reason'] },
  {
    event: 'dismantle',
    kinds: ['vehicle'],
    from: ['inspected'],
    to: 'dismantled',
    who: 'custodian',
    roles: ['dismantler'],
    licence: true,
    given: ['outputs', 'lossGrams', 'toleranceVersion'],
  },
  {
    event: 'dismantle',
    kinds: ['device'],
    from: ['inspected'],
    to: 'dismantled',
    who: 'custodian',
    roles: ['processor'],
    licence: true,
    given: ['outputs', 'lossGrams', 'toleranceVersion'],
  },
  {
    event: 'dismantle',
    kinds: ['part', 'battery'],
    from: ['inspected'],
    to: 'dismantled',
    who: 'custodian',
    roles: ['dismantler', 'processor', 'remanufacturer', 'secondLifeUser'],
    licence: true,
    given: ['outputs', 'lossGrams', 'toleranceVersion'],
  },
  {
    event: 'fit',
    kinds: ['part', 'battery'],
    from: ['inspected'],
    to: 'fitted',
    who: 'custodian',
    roles: WORKSHOPS,
    given: ['into'],
  },
  {
    event: 'remove',
    kinds: ['part', 'battery'],
    from: ['fitted'],
    to: 'registered',
    who: 'custodianOfHost',
    roles: [...WORKSHOPS, 'dismantler', 'processor'],
    given: ['from'],
  },
  {
    event: 'dispose',
    kinds: ALL,
    from: LIVE,
    to: 'disposed',
    who: 'custodian',
    roles: ['smelter', 'shredder', 'hazardousWasteHandler'],
    licence: true,
    given: ['method'],
  },
];

/** The table by event and kind, for it is asked about each event. */
const steps = new Map<string, Step>(
  lifecycle.flatMap((step) => step.kinds.map((kind) => [`${step.event} ${kind}`, step] as const)),
);

/** The row for a step of a kind of item, or undefined when this kind has no such step. */
export function stepOf(event: ItemEventType, kind: ItemKind): Step | undefined {
  return steps.get(`${event} ${kind}`);
}

/** States after which an item is no more. */
export const GONE: readonly ItemState[] = ['dismantled', 'disposed'];
