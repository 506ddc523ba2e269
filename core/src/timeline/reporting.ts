import type { ItemEventType } from '../model/events.js';

/**
 * Steps that may be recorded of an item by those who never had it. They make nobody a party: whoever reports a stranger's battery or
 * holds a stranger's car would else read everything about it. Who records one sees that step, and how it goes on: these types of
 * events of the item.
 */
const followed: Readonly<Partial<Record<ItemEventType, readonly ItemEventType[]>>> = {
  hold: ['hold', 'release'],
  reportTrace: [],
};

/** Those steps by name, with what their signers follow. For docs. */
export const REPORTING = Object.entries(followed) as readonly (readonly [
  ItemEventType,
  readonly ItemEventType[],
])[];

/** Whether a step makes who records it a reader of that step alone, and no party of the item. */
export function isReport(type: string): boolean {
  return Object.hasOwn(followed, type);
}

/** What somebody may follow of an item who recorded only these steps of it. */
export function followedBy(types: Iterable<string>): ReadonlySet<string> {
  const all = new Set<string>();
  for (const type of types) for (const each of followed[type as ItemEventType] ?? []) all.add(each);
  return all;
}
