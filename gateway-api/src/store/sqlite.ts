import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { canonicalText } from '@huilian/core';
import { type DocumentOf, type IndexOf, type View, type WhereOf } from '../views/declare.js';
import { boundLimit, readCursor } from './cursor.js';
import { inDigestOrder, StoreDigest } from './digest.js';
import { indexOf, keyOf, orderOf, pageOf, wanted } from './documents.js';
import { SqliteFile, tried, writerHere, type BlockWriter } from './sqlite-file.js';
import { pageSql, tableSql, type TableSql } from './sqlite-tables.js';
import { column, type Row } from './sqlite-rows.js';
import { statementsOf } from './sqlite-writes.js';
import type { Applied, BlockEffects, Checkpoint, Page, Query, Store } from './store.js';
import { ThreadWriter } from './thread-writer.js';

const documentsPerTurn = 1_000;

/** The read model in one SQLite file. A block is one transaction. */
export class SqliteStore implements Store {
  readonly kind = 'sqlite';
  readonly #file: SqliteFile;
  readonly #writer: BlockWriter;
  readonly #views: readonly View[];
  readonly #tables = new Map<string, TableSql>();

  private constructor(path: string, writer: 'here' | 'thread', views: readonly View[]) {
    this.#views = views;
    for (const view of views) this.#tables.set(view.name, tableSql(view));
    this.#file = SqliteFile.open(path);
    this.#writer = writer === 'thread' ? new ThreadWriter(path) : writerHere(this.#file);
    for (const { create } of this.#tables.values()) this.#file.change(create);
  }

  /**
   * Opens the file and makes it, its directory and its tables when they are missing.
   *
   * @param writer which thread writes blocks; what is in memory has only this one
   * @throws HL-5022 when the file cannot be opened
   */
  static open(path: string, views: readonly View[], writer: 'here' | 'thread' = 'here'): SqliteStore {
    if (path !== ':memory:') tried(() => mkdirSync(dirname(path), { recursive: true }));
    return new SqliteStore(path, writer, views);
  }

  apply(block: BlockEffects): Promise<Applied> {
    const { puts, ...head } = block;
    return this.#writer.apply(
      head,
      statementsOf(puts, (view) => this.#table(view)),
    );
  }

  get<V extends View>(view: V, key: string): Promise<DocumentOf<V> | undefined> {
    return promised(() => this.#read(view, this.#file.all(this.#table(view).get, key))[0]);
  }

  getMany<V extends View>(view: V, keys: readonly string[]): Promise<ReadonlyMap<string, DocumentOf<V>>> {
    return promised(() => {
      if (keys.length === 0) return new Map();
      const rows = this.#file.all(this.#table(view).getMany, JSON.stringify(keys));
      return new Map(this.#read(view, rows).map((document) => [keyOf(view, document), document]));
    });
  }

  find<V extends View, I extends IndexOf<V>>(
    view: V,
    name: I,
    query: Query<WhereOf<V, I>>,
  ): Promise<Page<DocumentOf<V>>> {
    return promised(() => {
      const index = indexOf(view, name);
      const limit = boundLimit(query.limit);
      const values = index.fields.map((field) => column(wanted(query.where, field)));
      if (query.after !== undefined) {
        const cursor = readCursor(query.after);
        values.push(
          ...(orderOf(view, index) === view.key ? [cursor.key] : [column(cursor.order), cursor.key]),
        );
      }
      const shape = { after: query.after !== undefined, descending: query.descending ?? false };
      const rows = this.#file.all(pageSql(view, index, shape), ...values, limit + 1);
      return pageOf(view, index, this.#read(view, rows), limit);
    });
  }

  scan<V extends View>(view: V, after: string, limit: number): Promise<readonly DocumentOf<V>[]> {
    return promised(() => this.#read(view, this.#file.all(this.#table(view).scan, after, limit)));
  }

  checkpoint(): Promise<Checkpoint | undefined> {
    return promised(() => this.#file.checkpoint());
  }

  async digest(): Promise<string> {
    const digest = new StoreDigest(await this.checkpoint());
    for (const view of inDigestOrder(this.#views)) {
      for (let after = ''; ;) {
        const documents = await this.scan(view, after, documentsPerTurn);
        for (const document of documents) digest.add(view, canonicalText(document));
        const last = documents.at(-1);
        if (last === undefined) break;
        after = keyOf(view, last);
        await nextTurn();
      }
    }
    return digest.hex();
  }

  async reset(): Promise<void> {
    await this.#writer.rest();
    const tables = [...this.#tables.values()];
    this.#file.empty([...tables.map(({ drop }) => drop), ...tables.flatMap(({ create }) => create)]);
  }

  async close(): Promise<void> {
    await this.#writer.rest();
    this.#file.close();
  }

  #read<V extends View>(view: V, rows: readonly unknown[]): DocumentOf<V>[] {
    const { form } = this.#table(view);
    return rows.map((row) => form.read(row as Row) as DocumentOf<V>);
  }

  #table(view: View): TableSql {
    const table = this.#tables.get(view.name);
    if (table === undefined) throw new RangeError(`The store was opened without the view ${view.name}.`);
    return table;
  }
}

/** The work is done at once, and what it throws is a rejection; a document that cannot be read is HL-5022 too. */
function promised<T>(work: () => T): Promise<T> {
  return new Promise((resolve) => {
    resolve(tried(work));
  });
}
