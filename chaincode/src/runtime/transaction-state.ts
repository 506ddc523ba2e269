import type { Write } from './wire.js';

/** The world state at the peer that runs the transaction. Each key that it gives is in the transaction's read set. */
export interface StatePeer {
  /**
   * Reads values: as many as there are keys, in their order, an empty one where there is none.
   *
   * @throws Error when the peer could not read them
   */
  get(keys: readonly string[]): Promise<readonly Uint8Array[]>;
  put(writes: readonly Write[]): Promise<void>;
}

/**
 * Bytes of the largest value. It bounds the answer to one multi-get, whose size nobody knows before it is there; rows of
 * ours have some hundreds of bytes.
 */
export const MAX_VALUE_BYTES = 256 * 1024;

/**
 * The world state as one transaction sees it. Nothing is read twice, reads see what was written before, and writes go to
 * the peer together at the end, in the order of their keys; without {@link flush} they are dropped. The same calls give
 * the same read and write sets whatever the peer offers, so endorsers of different versions agree.
 */
export class TransactionState {
  readonly #peer: StatePeer;
  readonly #known = new Map<string, Uint8Array | undefined>();
  #writes = new Map<string, Uint8Array | undefined>();

  constructor(peer: StatePeer) {
    this.#peer = peer;
  }

  /** Reads values. Every key asked for is in the answer, undefined where there is no value. */
  async read(keys: readonly string[]): Promise<Map<string, Uint8Array | undefined>> {
    const unknown = [...new Set(keys)].filter((key) => !this.#known.has(key));
    const values = unknown.length === 0 ? [] : await this.#peer.get(unknown);
    unknown.forEach((key, index) => {
      const value = values[index];
      // Written meanwhile: the newer value stays.
      if (!this.#known.has(key)) this.#known.set(key, value?.length ? value : undefined);
    });
    return new Map(keys.map((key) => [key, this.#known.get(key)]));
  }

  /**
   * Writes a value, or deletes it with undefined.
   *
   * @throws Error for an empty key, which the peer would store, an empty value, which it would take for a deletion, and a
   *   value above {@link MAX_VALUE_BYTES}
   */
  write(key: string, value: Uint8Array | undefined): void {
    if (key === '') throw new Error('a value needs a key');
    if (value?.length === 0) throw new Error(`the value of ${key} is empty`);
    if (value !== undefined && value.length > MAX_VALUE_BYTES) {
      throw new Error(
        `the value of ${key} has ${value.length} bytes, at most ${MAX_VALUE_BYTES} are allowed`,
      );
    }
    this.#known.set(key, value);
    this.#writes.set(key, value);
  }

  /** Gives the writes to the peer. */
  async flush(): Promise<void> {
    const writes = [...this.#writes].sort(([a], [b]) => (a < b ? -1 : 1));
    this.#writes = new Map();
    if (writes.length > 0) await this.#peer.put(writes);
  }
}
