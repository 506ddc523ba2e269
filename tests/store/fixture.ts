import { createHash } from 'node:crypto';
import { z } from 'zod';
import {
  declareView,
  type BlockEffects,
  type Document,
  type Put,
  type Store,
  type View,
} from '@huilian/gateway-api/model';

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
const fewCrates = 7;

export const ledger = hashOf('genesis', 0);

/** What a fold reads. */
type Reader = Pick<Store, 'getMany'>;

/** A block that is a fold of what the store holds: crates arrive or move, the yards' tallies grow. */
export async function nextBlock(
  store: Reader,
  number: number,
  crateCount = fewCrates,
): Promise<BlockEffects> {
  const arrived = Array.from({ length: crateCount }, (_, i) => crateOf(number, i, crateCount));
  const there = await store.getMany(
    crates,
    arrived.map(({ id }) => id),
  );
  const before = await store.getMany(tallies, yards);
  const counted = yards.map((yard): Put => {
    const received = arrived.filter((crate) => crate.yard === yard).length;
    const tally = before.get(yard);
    const document = { yard, received: (tally?.received ?? 0) + received, last: number };
    return putOf(tallies, document, tally);
  });
  const puts = arrived.map((document) => putOf(crates, document, there.get(document.id)));
  return blockOf(number, [...puts, ...counted]);
}

/** Several blocks together, as {@link nextBlock} makes them one upon the other. */
export async function nextBlocks(
  store: Store,
  first: number,
  last: number,
  crateCount = fewCrates,
): Promise<BlockEffects> {
  const puts = new Map<string, Put>();
  const nameOf = (view: View, key: unknown): string => `${view.name}/${String(key)}`;
  const folded: Reader = {
    async getMany(view, keys) {
      const found = new Map<string, Document>(await store.getMany(view, keys));
      for (const key of keys) {
        const put = puts.get(nameOf(view, key));
        if (put !== undefined) found.set(key, put.document);
      }
      return found as never;
    },
  };
  for (let number = first; number <= last; number++) {
    for (const { view, document, before } of (await nextBlock(folded, number, crateCount)).puts) {
      const name = nameOf(view, document[view.key]);
      const known = puts.get(name);
      puts.set(name, putOf(view, document, known === undefined ? before : known.before));
    }
  }
  const { previousHash } = blockOf(first, []);
  return { ...blockOf(last, [...puts.values()]), first, previousHash };
}

function putOf(view: View, document: Document, before: Document | undefined): Put {
  return before === undefined ? { view, document } : { view, document, before };
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
export async function applyUpTo(store: Store, last: number, crateCount = fewCrates): Promise<void> {
  const checkpoint = await store.checkpoint();
  for (let number = (checkpoint?.number ?? -1) + 1; number <= last; number++) {
    await store.apply(await nextBlock(store, number, crateCount));
  }
}

function crateOf(number: number, i: number, crateCount: number): Crate {
  // Every block moves some crates of the block before.
  const serial = number * (crateCount - 2) + i;
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
