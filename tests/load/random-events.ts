import type { LedgerEvent } from '@huilian/core';
import type { Signer } from '@huilian/core/testing';
import { itemEvent, registration } from '../gateway/world.js';

/** What the devices of a random history share: items that any of them may try anything with, and each other's names. */
export interface Yard {
  readonly items: string[];
  readonly parties: readonly string[];
}

type Random = (bound: number) => number;
type Try = (yard: Yard, signer: Signer, random: Random) => LedgerEvent;

const pick = <T>(random: Random, list: readonly T[]): T => {
  const found = list[random(list.length)];
  if (found === undefined) throw new RangeError('nothing to pick from');
  return found;
};

const register: Try = (yard, signer, random) => {
  // Few serials for many items: some claim the same tag.
  const tags = random(3) === 0 ? [{ scheme: 'serial', value: `S-${random(40)}` }] : [];
  const kind = pick(random, ['vehicle', 'part']);
  const { item, event } = registration(signer, { kind, category: 'starter', tags, massGrams: 1_000 });
  yard.items.push(item);
  return event;
};

const onAny =
  (type: string, data: (yard: Yard, random: Random) => object): Try =>
  (yard, _signer, random) =>
    itemEvent(pick(random, yard.items), type, data(yard, random));

/** Steps of all kinds, most of which the rules allow to somebody else or at another moment. */
const tries: readonly Try[] = [
  register,
  onAny('inspect', (_, random) => ({ result: pick(random, ['fit', 'unfit']) })),
  onAny('handover', ({ parties }, random) => ({ to: pick(random, parties), massGrams: 1_000 })),
  onAny('handover', ({ parties }, random) => ({ to: pick(random, parties), keepOwnership: true })),
  onAny('accept', ({ parties }, random) => ({ from: pick(random, parties) })),
  onAny('accept', ({ parties }, random) => ({ from: pick(random, parties), massGrams: 990 })),
  onAny('withdraw', () => ({})),
  onAny('refuse', ({ parties }, random) => ({ from: pick(random, parties), reason: 'damaged' })),
  onAny('fit', ({ items }, random) => ({ into: pick(random, items) })),
  onAny('remove', ({ items }, random) => ({ from: pick(random, items) })),
  onAny('dismantle', () => ({ outputs: [], lossGrams: 1_000, toleranceVersion: 1 })),
  onAny('dispose', () => ({ method: 'shredded' })),
];

/** The next thing that a device tries. */
export function nextTry(yard: Yard, signer: Signer, random: Random): LedgerEvent {
  return (yard.items.length < 20 ? register : pick(random, tries))(yard, signer, random);
}
