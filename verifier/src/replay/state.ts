import { canonicalText, rowOfStored, type Json, type Row } from '@huilian/core';
import type { Version } from '@huilian/fabric';
import { pack, unpack } from '../fabric/versions.js';
import { absent, type Table } from '../rows/table.js';

/** The world state as the blocks tell it. Methods throw HuilianError HL-6050 when the scratch file fails. */
export class State {
  readonly #rows: Table;
  #size = 0;

  /** @param rows the public rows of the chaincode's namespace. */
  constructor(rows: Table) {
    this.#rows = rows;
  }

  get size(): number {
    return this.#size;
  }

  /** The row, read from what is stored as the chaincode reads it. */
  get(key: string): Row | undefined {
    const { text } = this.#rows.entry(key);
    return text === undefined ? undefined : rowOfStored(key, JSON.parse(text) as Json);
  }

  /** The canonical text of the row, under its long names; undefined if there is none. */
  text(key: string): string | undefined {
    const row = this.get(key);
    return row === undefined ? undefined : canonicalText(row);
  }

  /** All keys, in no order. The state must not be changed before the last one was taken. */
  *keys(): Generator<string, void, void> {
    for (const [key, { text }] of this.#rows.entries()) if (text !== undefined) yield key;
  }

  /** Block and transaction that wrote a row last; undefined if there is no such row. */
  version(key: string): Version | undefined {
    const { version } = this.#rows.entry(key);
    return version === absent ? undefined : unpack(version);
  }

  /** @param text the row as it is stored. */
  put(key: string, text: string, version: Version): void {
    if (this.#rows.set(key, text, pack(version))) this.#size += 1;
  }
}
