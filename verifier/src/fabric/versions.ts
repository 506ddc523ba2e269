import type { NamespaceReadWriteSet, Version } from '@huilian/fabric';
import { absent, type Table } from '../rows/table.js';
import type { Tables } from '../rows/tables.js';

/** A write that a block makes to the state of a peer. Collections have hashed keys and values. */
export interface Update {
  readonly namespace: string;
  /** Empty for public rows. */
  readonly collection: string;
  /** The key's bytes, one character each, so that text and hashed keys sort alike. */
  readonly key: string;
  readonly value: Uint8Array | null;
  readonly version: Version;
}

export interface KeyRange {
  readonly start: string;
  readonly end: string;
  readonly endIncluded: boolean;
}

/** The rows of a namespace or a collection, and what the block changes of them, by key. */
interface Space {
  readonly namespace: string;
  readonly collection: string;
  readonly committed: Table;
  updates: Map<string, Update>;
}

/** The version of every row, as peers keep it for the check of reads (MVCC). */
export class Versions {
  readonly #tables: Tables;
  readonly #spaces = new Map<string, Map<string, Space>>();

  constructor(tables: Tables) {
    this.#tables = tables;
  }

  /** True when a transaction read nothing that changed since. Rows written earlier in the block count as changed. */
  readsAreCurrent({ namespace, reads }: Pick<NamespaceReadWriteSet, 'namespace' | 'reads'>): boolean {
    if (reads.length === 0) return true;
    const space = this.#space(namespace, '');
    return reads.every(({ key, version }) => isCurrent(space, key, version));
  }

  collectionReadsAreCurrent({ namespace, collections }: NamespaceReadWriteSet): boolean {
    return collections.every(({ collection, reads }) => {
      const space = this.#space(namespace, collection);
      return reads.every(({ keyHash, version }) => isCurrent(space, latin1(keyHash), version));
    });
  }

  /** How many public rows lie in a range of keys, with the block's updates so far. Walks over all rows. */
  countInRange(namespace: string, range: KeyRange): number {
    const first = latin1(range.start);
    const last = latin1(range.end);
    const isInRange = (key: string): boolean => {
      const bytes = latin1(key);
      return bytes >= first && (bytes < last || (range.endIncluded && bytes === last));
    };
    const { committed, updates } = this.#space(namespace, '');
    let count = 0;
    for (const [key, { version }] of committed.entries()) {
      if (version !== absent && !updates.has(key) && isInRange(key)) count += 1;
    }
    for (const [key, { value }] of updates) if (value !== null && isInRange(key)) count += 1;
    return count;
  }

  /** Adds the writes of a valid transaction to the updates of its block. */
  write({ namespace, writes, collections }: NamespaceReadWriteSet, version: Version): void {
    if (writes.length > 0) {
      const { updates } = this.#space(namespace, '');
      for (const { key, value } of writes) {
        updates.set(key, { namespace, collection: '', key: latin1(key), value, version });
      }
    }
    for (const { collection, writes: hashed } of collections) {
      const { updates } = this.#space(namespace, collection);
      for (const { keyHash, valueHash } of hashed) {
        const key = latin1(keyHash);
        updates.set(key, { namespace, collection, key, value: valueHash, version });
      }
    }
  }

  /** The block's updates in the order of the commit hash: namespace, public before collections, key. */
  updates(): Update[] {
    return this.#changed()
      .sort((a, b) => order(a.namespace, b.namespace) || order(a.collection, b.collection))
      .flatMap(({ updates }) => [...updates.values()].sort((a, b) => order(a.key, b.key)));
  }

  /** Makes the updates of the block the committed state. */
  commit(): void {
    for (const space of this.#changed()) {
      for (const [key, { value, version }] of space.updates) {
        space.committed.setVersion(key, value === null ? absent : pack(version));
      }
      space.updates = new Map();
    }
  }

  #changed(): Space[] {
    const spaces = [...this.#spaces.values()].flatMap((collections) => [...collections.values()]);
    return spaces.filter(({ updates }) => updates.size > 0);
  }

  #space(namespace: string, collection: string): Space {
    let collections = this.#spaces.get(namespace);
    if (collections === undefined) this.#spaces.set(namespace, (collections = new Map<string, Space>()));
    let space = collections.get(collection);
    if (space === undefined) {
      space = {
        namespace,
        collection,
        committed: this.#tables.of(namespace, collection),
        updates: new Map(),
      };
      collections.set(collection, space);
    }
    return space;
  }
}

function isCurrent({ committed, updates }: Space, key: string, version: Version | undefined): boolean {
  if (updates.has(key)) return false;
  return committed.entry(key).version === (version === undefined ? absent : pack(version));
}

/** Blocks hold at most a few thousand transactions. */
const transactionsPerBlock = 2 ** 20;

/** A height as one number, as tables keep it. */
export function pack(version: Version): number {
  return version.block * transactionsPerBlock + version.transaction;
}

export function unpack(packed: number): Version {
  return { block: Math.floor(packed / transactionsPerBlock), transaction: packed % transactionsPerBlock };
}

const ascii = /^[\0-\x7f]*$/u;

function latin1(key: string | Uint8Array): string {
  if (typeof key === 'string' && ascii.test(key)) return key;
  return Buffer.from(key).toString('latin1');
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
