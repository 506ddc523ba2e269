import {
  canonicalText,
  ClockWatch,
  type JudgedTransaction,
  type KeptClock,
  type Row,
  type WatchedItem,
} from '@huilian/core';
import type { ExpectedRows } from '../compare-rows.js';
import type { Table } from '../rows/table.js';

/** No name of a chaincode: these tables hold what is derived from its rows. */
export const CLOCKS = ' clocks';
export const CLOCK_ITEMS = ' clock items';

/** When a row was written says nothing here. */
const someVersion = 0;
const prefix = 'clock/';
/** Contents of containers lie beside the items, whose keys are ids. */
const contentsPrefix = 'contents/';

/** The time limits that the blocks so far started and stopped, counted anew by the rules of core. */
export class Clocks implements ExpectedRows {
  readonly #clocks: Table;
  readonly #watch: ClockWatch;

  constructor(clocks: Table, items: Table) {
    this.#clocks = clocks;
    const read = (table: Table, key: string): unknown => {
      const { text } = table.entry(key);
      return text === undefined ? undefined : (JSON.parse(text) as unknown);
    };
    this.#watch = new ClockWatch({
      item: (id) => read(items, id) as WatchedItem | undefined,
      putItem: (id, item) => void items.set(id, JSON.stringify(item), someVersion),
      clock: (id) => read(clocks, prefix + id) as KeptClock | undefined,
      putClock: (clock) => void clocks.set(prefix + clock.id, canonicalText(clock), someVersion),
      clocks: () => this.#all(),
      contents: (container) => (read(items, contentsPrefix + container) ?? []) as readonly string[],
      putContents: (container, inside) =>
        void items.set(contentsPrefix + container, JSON.stringify(inside), someVersion),
    });
  }

  /** Takes a transaction whose writes hold. @param before reads rows as it found them */
  take(transaction: JudgedTransaction, before: (key: string) => Row | undefined): void {
    this.#watch.take(transaction, before);
  }

  /** `clock/` and the id of each clock. */
  *keys(): Generator<string, void, void> {
    for (const [key, { text }] of this.#clocks.entries()) if (text !== undefined) yield key;
  }

  /** The canonical text of a clock. */
  text(key: string): string | undefined {
    return this.#clocks.entry(key).text;
  }

  *#all(): Generator<KeptClock, void, void> {
    for (const [, { text }] of this.#clocks.entries())
      if (text !== undefined) yield JSON.parse(text) as KeptClock;
  }
}
