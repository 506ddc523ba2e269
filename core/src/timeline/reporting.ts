import type { ItemEventType, LedgerEvent } from '../model/events.js';

/**
 * Steps that may be recorded of an item by those who never had it. They make nobody a party: whoever reports a stranger's battery, holds
 * a stranger's car or claims under its loss would else read everything about it. Who records one sees that step, and how it goes on: these
 * types of events of the item.
 */
const ofItem: Readonly<Partial<Record<ItemEventType, readonly ItemEventType[]>>> = {
  hold: ['hold', 'release'],
  reportTrace: [],
};

/** Those of a loss, which name it. Who records one follows that loss of the vehicle, and no other. */
const ofLoss: readonly ItemEventType[] = [
  'reportDamage',
  'assess',
  'declareTotalLoss',
  'claimLines',
  'approveLines',
  'payLines',
];
const namesOfLoss: ReadonlySet<string> = new Set(ofLoss);

/** What may be about a loss: the steps that name it, the sale of the salvage, the fittings under its lines, the return to use. */
export const LOSS_STEPS: readonly ItemEventType[] = [
  ...ofLoss,
  'sellSalvage',
  'fit',
  'remove',
  'returnToUse',
];

/** Steps that make nobody a party, and what their signers follow: of the item, or of the loss that the steps name. */
export interface Reporting {
  readonly steps: readonly ItemEventType[];
  readonly of: 'item' | 'loss';
  readonly follows: readonly ItemEventType[];
}

/** All of them, for docs. */
export const REPORTING: readonly Reporting[] = [
  ...(Object.entries(ofItem) as [ItemEventType, readonly ItemEventType[]][]).map(([type, follows]) => ({
    steps: [type],
    of: 'item' as const,
    follows,
  })),
  { steps: ofLoss, of: 'loss', follows: LOSS_STEPS },
];

/** Whether a step makes who records it a reader of what that is about, and no party of the item. */
export function isReport(type: string): boolean {
  return Object.hasOwn(ofItem, type) || namesOfLoss.has(type);
}

/** Who reads on by a step that makes nobody a party: who recorded it, and of recourse the insurer that is to pay. */
export function reportersBy(event: LedgerEvent, signer: string): readonly string[] {
  if (!isReport(event.type)) return none;
  const against = event.type === 'claimLines' ? event.data.against : undefined;
  return against === undefined ? [signer] : [signer, against];
}

const none: readonly string[] = [];

/** What somebody may follow of an item who recorded only these steps of it; losses are followed by their numbers. */
export function followedBy(types: Iterable<string>): ReadonlySet<string> {
  const all = new Set<string>();
  for (const type of types) for (const each of ofItem[type as ItemEventType] ?? []) all.add(each);
  return all;
}
