import type { RowKey } from '../model/row-keys.js';
import type { Row } from '../model/rows.js';

/**
 * The world state as one transaction sees it: rows that were read, and over them what was written since. A step that is
 * refused leaves no trace: its writes are dropped with {@link rollback}.
 */
export class Draft {
  readonly #read = new Map<string, Row | undefined>();
  readonly #written = new Map<string, Row>();
  readonly #step = new Map<string, Row>();

  /** Takes in rows that were read from the world state. */
  load(rows: ReadonlyMap<string, Row | undefined>): void {
    for (const [key, row] of rows) this.#read.set(key, row);
  }

  has(key: string): boolean {
    return this.#read.has(key);
  }

  /**
   * A row, or undefined when there is none.
   *
   * @throws Error when the row was never asked for: a defect in the list of keys, not an error of a user
   */
  get<R>(key: RowKey<R>): R | undefined {
    const row = this.peek(key);
    if (row === undefined && !this.#read.has(key)) throw new Error(`row ${key} was not read`);
    return row;
  }

  /** A row if it was read and there is one; for finding out which rows to read next. */
  peek<R>(key: RowKey<R>): R | undefined {
    return (this.#step.get(key) ?? this.#written.get(key) ?? this.#read.get(key)) as R | undefined;
  }

  /** Writes a row. Only rows that were read can be written, so that a conflict is always seen. */
  put<R extends Row>(key: RowKey<R>, row: R): void {
    if (!this.#read.has(key)) throw new Error(`row ${key} was not read`);
    this.#step.set(key, row);
  }

  commit(): void {
    if (this.#step.size === 0) return;
    for (const [key, row] of this.#step) this.#written.set(key, row);
    this.#step.clear();
  }

  rollback(): void {
    this.#step.clear();
  }

  /** Committed writes, sorted by key. */
  writes(): ReadonlyMap<string, Row> {
    const sorted = new Map<string, Row>();
    for (const key of [...this.#written.keys()].sort()) sorted.set(key, this.#written.get(key) as Row);
    return sorted;
  }

  get readCount(): number {
    return this.#read.size;
  }
}
