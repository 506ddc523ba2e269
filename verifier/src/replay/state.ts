import { canonicalText, type Row } from '@huilian/core';

/** The world state as the blocks tell it. */
export class State {
  readonly #rows = new Map<string, Row>();

  get size(): number {
    return this.#rows.size;
  }

  get(key: string): Row | undefined {
    return this.#rows.get(key);
  }

  /** The row as it must stand in a peer's world state; undefined if there is none. */
  text(key: string): string | undefined {
    const row = this.#rows.get(key);
    return row === undefined ? undefined : canonicalText(row);
  }

  keys(): IterableIterator<string> {
    return this.#rows.keys();
  }

  apply(writes: ReadonlyMap<string, Row>): void {
    for (const [key, row] of writes) this.#rows.set(key, row);
  }
}
