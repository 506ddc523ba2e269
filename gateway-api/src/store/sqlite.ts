import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import Database from 'libsql';
import { canonicalText, HuilianError } from '@huilian/core';
import { type DocumentOf, type IndexOf, type View, type WhereOf } from '../views/declare.js';
import { checkpointOf, place } from './check.js';
import { boundLimit, readCursor } from './cursor.js';
import { inDigestOrder, StoreDigest } from './digest.js';
import { indexOf, keyOf, orderOf, pageOf, wanted } from './documents.js';
import { pageSql, tableSql, type TableSql } from './sqlite-tables.js';
import { column, type Row } from './sqlite-rows.js';
import { SqliteWriter } from './sqlite-writer.js';
import type { Applied, BlockEffects, Checkpoint, Page, Query, Store } from './store.js';

/** How long a writer waits for another process that has the same file open. */
const busyMilliseconds = 5_000;
const documentsPerTurn = 1_000;

/** Measured with custody events in batches of 250: the defaults cost half as much again in commits. */
const pragmas: readonly string[] = [
  'page_size = 8192',
  // In KiB. What a run of blocks changes must fit, else it goes to the disk before the commit.
  'cache_size = -32768',
  // In pages. Longer, and a commit now and then stands still for too long; shorter, and the same pages are copied often.
  'wal_autocheckpoint = 2000',
];

type Statement = Database.Statement;

/** The read model in one SQLite file. A block is one transaction. */
export class SqliteStore implements Store {
  readonly kind = 'sqlite';
  readonly #database: Database.Database;
  readonly #views: readonly View[];
  readonly #tables = new Map<string, TableSql>();
  readonly #statements = new Map<string, Statement>();

  private constructor(path: string, views: readonly View[]) {
    this.#views = views;
    for (const view of views) this.#tables.set(view.name, tableSql(view));
    this.#database = new Database(path, { timeout: busyMilliseconds });
    for (const pragma of pragmas) this.#database.pragma(pragma);
    this.#database.pragma('journal_mode = WAL');
    // In WAL a power cut may take the last blocks but tears none; the projector reads them again.
    this.#database.pragma('synchronous = NORMAL');
    this.#create();
  }

  /**
   * Opens the file and makes it, its directory and its tables when they are missing.
   *
   * @throws HL-5022 when the file cannot be opened
   */
  static open(path: string, views: readonly View[]): SqliteStore {
    return tried(() => {
      if (path !== ':memory:') mkdirSync(dirname(path), { recursive: true });
      return new SqliteStore(path, views);
    });
  }

  apply(block: BlockEffects): Promise<Applied> {
    return guarded(() => this.#database.transaction(() => this.#apply(block)).immediate());
  }

  get<V extends View>(view: V, key: string): Promise<DocumentOf<V> | undefined> {
    return guarded(() => this.#get(view, key));
  }

  getMany<V extends View>(view: V, keys: readonly string[]): Promise<ReadonlyMap<string, DocumentOf<V>>> {
    return guarded(() => {
      if (keys.length === 0) return new Map();
      const rows = this.#prepared(this.#table(view).getMany).all(JSON.stringify(keys));
      return new Map(this.#read(view, rows).map((document) => [keyOf(view, document), document]));
    });
  }

  find<V extends View, I extends IndexOf<V>>(
    view: V,
    name: I,
    query: Query<WhereOf<V, I>>,
  ): Promise<Page<DocumentOf<V>>> {
    return guarded(() => {
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
      const rows = this.#prepared(pageSql(view, index, shape)).all(...values, limit + 1);
      return pageOf(view, index, this.#read(view, rows), limit);
    });
  }

  scan<V extends View>(view: V, after: string, limit: number): Promise<readonly DocumentOf<V>[]> {
    return guarded(() => this.#read(view, this.#prepared(this.#table(view).scan).all(after, limit)));
  }

  checkpoint(): Promise<Checkpoint | undefined> {
    return guarded(() => this.#checkpoint());
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

  reset(): Promise<void> {
    return guarded(() => {
      // Statements of dropped tables would fail with a schema error.
      this.#statements.clear();
      this.#database
        .transaction(() => {
          for (const view of this.#views) this.#database.exec(this.#table(view).drop);
          this.#database.exec('DROP TABLE IF EXISTS "#checkpoint"');
        })
        .immediate();
      this.#create();
    });
  }

  close(): Promise<void> {
    return guarded(() => {
      this.#statements.clear();
      this.#database.close();
    });
  }

  #create(): void {
    this.#database.exec('CREATE TABLE IF NOT EXISTS "#checkpoint" (id INTEGER PRIMARY KEY, document TEXT)');
    for (const view of this.#views) for (const sql of this.#table(view).create) this.#database.exec(sql);
  }

  #apply(block: BlockEffects): Applied {
    const here = place(block, this.#checkpoint());
    if (here !== 'next') return here;
    const writer = new SqliteWriter(
      (view) => this.#table(view),
      (sql, parameters) => this.#prepared(sql).run(parameters),
    );
    for (const put of block.puts) writer.put(put);
    writer.flush();
    this.#prepared('INSERT OR REPLACE INTO "#checkpoint" VALUES (0, ?)').run(
      JSON.stringify(checkpointOf(block)),
    );
    return 'applied';
  }

  #checkpoint(): Checkpoint | undefined {
    const row = this.#prepared('SELECT document FROM "#checkpoint"').get() as
      { document: string } | undefined;
    return row === undefined ? undefined : (JSON.parse(row.document) as Checkpoint);
  }

  #get<V extends View>(view: V, key: string): DocumentOf<V> | undefined {
    const row = this.#prepared(this.#table(view).get).get(key);
    return row === undefined ? undefined : this.#read(view, [row])[0];
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

  #prepared(sql: string): Statement {
    const known = this.#statements.get(sql);
    if (known !== undefined) return known;
    const statement = this.#database.prepare(sql);
    this.#statements.set(sql, statement);
    return statement;
  }
}

/** Every fault of the database is HL-5022; errors of ours pass. */
function tried<T>(work: () => T): T {
  try {
    return work();
  } catch (cause) {
    if (cause instanceof HuilianError || cause instanceof RangeError) throw cause;
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new HuilianError('HL-5022', { store: 'sqlite', reason }, { cause });
  }
}

/** The same as a promise: the work is done at once, and what it throws is a rejection. */
function guarded<T>(work: () => T): Promise<T> {
  return new Promise((resolve) => {
    resolve(tried(work));
  });
}
