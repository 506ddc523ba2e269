import { createHash } from 'node:crypto';
import { z } from 'zod';
import { declareView, type BlockEffects, type Put, type Store } from '@huilian/gateway-api/model';

/** A view with everything that a view can have: an optional field, a composed field, two indexes with an order. */
export const crates = declareView({
  name: 'crate',
  schema: z.strictObject({
    id: z.string(),
    yard: z.string(),
    sealed: z.boolean(),
    row: z.int(),
    note: z.string().optional(),
    content: z.record(z.string(), z.unknown()).optional(),
  }),
  key: 'id',
  indexes: {
    all: { fields: [], order: 'row' },
    byYard: { fields: ['yard', 'sealed'], order: 'row' },
    byYardAndKey: { fields: ['yard'] },
  },
});

/** How many crates a yard received. A fold must read it before it writes it, so a block counted twice shows. */
export const tallies = declareView({
  name: 'tally',
  schema: z.strictObject({ yard: z.string(), received: z.int(), last: z.int() }),
  key: 'yard',
  indexes: {},
});

export const views = [crates, tallies];
export type Crate = z.output<(typeof crates)['schema']>;

const yards = ['east', 'north', 'west'] as const;
const cratesPerBlock = 7;

export const ledger = hashOf('genesis', 0);

/** A block that is a fold of what the store holds: seven crates arrive or move, the yards' tallies grow. */
export async function nextBlock(store: Store, number: number): Promise<BlockEffects> {
  const arrived = Array.from({ length: cratesPerBlock }, (_, i) => crateOf(number, i));
  const before = await store.getMany(tallies, yards);
  const counted = yards.map((yard): Put => {
    const received = arrived.filter((crate) => crate.yard === yard).length;
    return {
      view: tallies,
      document: { yard, received: (before.get(yard)?.received ?? 0) + received, last: number },
    };
  });
  return blockOf(number, [...arrived.map((document) => ({ view: crates, document })), ...counted]);
}

/** A block with the given puts, linked to the others of this ledger. */
export function blockOf(number: number, puts: readonly Put[]): BlockEffects {
  return {
    ledger,
    projection: 'fixture',
    number,
    hash: number === 0 ? ledger : hashOf('block', number),
    previousHash: number === 0 ? '' : number === 1 ? ledger : hashOf('block', number - 1),
    time: 1_790_000_000 + number,
    puts,
  };
}

/** Applies the blocks that the store does not have yet. */
export async function applyUpTo(store: Store, last: number): Promise<void> {
  const checkpoint = await store.checkpoint();
  for (let number = (checkpoint?.number ?? -1) + 1; number <= last; number++) {
    await store.apply(await nextBlock(store, number));
  }
}

function crateOf(number: number, i: number): Crate {
  // Every block moves some crates of the block before.
  const serial = number * (cratesPerBlock - 2) + i;
  return {
    id: `crate-${String(serial).padStart(4, '0')}`,
    yard: yards[(number + i) % yards.length] ?? 'east',
    sealed: serial % 2 === 0,
    row: Math.floor(serial / 3),
    ...(serial % 4 === 0 ? { note: `第${serial}箱` } : {}),
  };
}

function hashOf(what: string, number: number): string {
  return createHash('sha256').update(`${what} ${number}`).digest('hex');
}
