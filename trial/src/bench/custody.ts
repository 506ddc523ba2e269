import { itemIdOf, type ItemEvent } from '@huilian/core';
import { newNonce } from '../nonces.js';

/** Who acts in the workload: a key and the enterprise that owns it. */
export interface Holder {
  readonly keyId: string;
  readonly creditCode: string;
}

/** An item of the workload, and the nonce with which its device registers it. */
export interface Item {
  readonly id: string;
  readonly nonce: string;
  readonly massGrams: number;
}

/** The steps that one holder takes with each of its items, one pass over all items after another. */
export type Phase = 'register' | 'accept' | 'inspect' | 'handover';

/** A holder's first turn with items that are not on the ledger yet. */
export const FIRST_TURN: readonly Phase[] = ['register', 'inspect', 'inspect', 'handover'];
/** Every later turn: taken over, inspected on arrival and before it leaves, handed over. */
export const LATER_TURN: readonly Phase[] = ['accept', 'inspect', 'inspect', 'handover'];

const CATEGORIES = ['starter', 'alternator', 'headlamp', 'door'] as const;

/**
 * Names new items of a key. They have no tags: a tag would be a further row for ours, and the naive way has none.
 *
 * @param time when they are named, in seconds since 1970
 */
export function newItems(keyId: string, count: number, time = Math.floor(Date.now() / 1000)): Item[] {
  return Array.from({ length: count }, (_, index) => {
    const nonce = newNonce(time);
    return { id: itemIdOf(keyId, nonce), nonce, massGrams: 2_000 + ((index * 37) % 30_000) };
  });
}

/** One step of one item. */
export function custodyEvent(
  phase: Phase,
  item: Item,
  holder: Holder,
  other: Holder,
  time: number,
): ItemEvent {
  const shared = { version: 1 as const, time, item: item.id };
  switch (phase) {
    case 'register': {
      const category = CATEGORIES[item.massGrams % CATEGORIES.length] ?? 'starter';
      const { nonce, massGrams } = item;
      return { ...shared, type: 'register', data: { kind: 'part', category, nonce, tags: [], massGrams } };
    }
    case 'inspect':
      return { ...shared, type: 'inspect', data: { result: 'fit' } };
    case 'handover':
      return { ...shared, type: 'handover', data: { to: other.creditCode } };
    case 'accept':
      return { ...shared, type: 'accept', data: { from: other.creditCode } };
  }
}
