import type { NamespaceReadWriteSet, Version } from '@huilian/fabric';

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

/** The version of every row, as peers keep it for the check of reads (MVCC). */
export class Versions {
  /** Packed versions by row name: a number takes less room than an object. */
  readonly #committed = new Map<string, number>();
  #updates = new Map<string, Update>();

  /** True when a transaction read nothing that changed since. Rows written earlier in the block count as changed. */
  readsAreCurrent(set: NamespaceReadWriteSet): boolean {
    return set.reads.every((read) => this.#isCurrent(set.namespace, '', latin1(read.key), read.version));
  }

  collectionReadsAreCurrent(set: NamespaceReadWriteSet): boolean {
    return set.collections.every(({ collection, reads }) =>
      reads.every((read) => this.#isCurrent(set.namespace, collection, latin1(read.keyHash), read.version)),
    );
  }

  /** How many public rows lie in a range of keys, with the block's updates so far. Walks over all rows. */
  countInRange(namespace: string, range: KeyRange): number {
    const first = nameOf(namespace, '', latin1(range.start));
    const last = nameOf(namespace, '', latin1(range.end));
    const inRange = (name: string): boolean =>
      name >= first && (name < last || (range.endIncluded && name === last));
    const names = new Set([...this.#committed.keys()].filter(inRange));
    for (const [name, update] of this.#updates) {
      if (!inRange(name)) continue;
      if (update.value === null) names.delete(name);
      else names.add(name);
    }
    return names.size;
  }

  /** Where a public row was written last, once its block is committed; undefined if there is none. */
  versionOf(namespace: string, key: string): Version | undefined {
    const packed = this.#committed.get(nameOf(namespace, '', latin1(key)));
    return packed === undefined ? undefined : unpack(packed);
  }

  /** Adds the writes of a valid transaction to the updates of its block. */
  write(set: NamespaceReadWriteSet, version: Version): void {
    const { namespace } = set;
    for (const { key, value } of set.writes)
      this.#add({ namespace, collection: '', key: latin1(key), value, version });
    for (const { collection, writes } of set.collections) {
      for (const { keyHash, valueHash } of writes) {
        this.#add({ namespace, collection, key: latin1(keyHash), value: valueHash, version });
      }
    }
  }

  /** The block's updates in the order of the commit hash: namespace, public before collections, key. */
  updates(): Update[] {
    return [...this.#updates.values()].sort(
      (a, b) => order(a.namespace, b.namespace) || order(a.collection, b.collection) || order(a.key, b.key),
    );
  }

  /** Makes the updates of the block the committed state. */
  commit(): void {
    for (const [name, update] of this.#updates) {
      if (update.value === null) this.#committed.delete(name);
      else this.#committed.set(name, pack(update.version));
    }
    this.#updates = new Map();
  }

  #add(update: Update): void {
    this.#updates.set(nameOf(update.namespace, update.collection, update.key), update);
  }

  #isCurrent(namespace: string, collection: string, key: string, version: Version | undefined): boolean {
    const name = nameOf(namespace, collection, key);
    if (this.#updates.has(name)) return false;
    return this.#committed.get(name) === (version === undefined ? undefined : pack(version));
  }
}

/** Blocks hold at most a few thousand transactions. */
const transactionsPerBlock = 2 ** 20;

function pack(version: Version): number {
  return version.block * transactionsPerBlock + version.transaction;
}

function unpack(packed: number): Version {
  return { block: Math.floor(packed / transactionsPerBlock), transaction: packed % transactionsPerBlock };
}

function nameOf(namespace: string, collection: string, key: string): string {
  return `${namespace}\u0000${collection}\u0000${key}`;
}

function latin1(key: string | Uint8Array): string {
  return Buffer.from(key).toString('latin1');
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
