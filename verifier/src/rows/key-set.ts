import type { Scratch } from './scratch.js';
import { absent, Table, type HotBounds } from './table.js';

/** A set of keys with a bounded part of them in memory. Methods throw HuilianError HL-6050. */
export class KeySet {
  readonly #table: Table;

  constructor(scratch: Scratch, bounds?: HotBounds) {
    this.#table = new Table(scratch, bounds);
  }

  has(key: string): boolean {
    return this.#table.entry(key).version !== absent;
  }

  /** @returns false if it was there before. */
  add(key: string): boolean {
    if (this.has(key)) return false;
    this.#table.setVersion(key, 0);
    return true;
  }
}
