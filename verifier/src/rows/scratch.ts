import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HuilianError } from '@huilian/core';
import Database from 'libsql';

/** A row as the file keeps it. `version` is `absent`, or a packed height; `text` is null where no fold wrote one. */
export interface Kept {
  readonly version: number;
  readonly text: string | null;
}

const keysPerPage = 1_000;
const cacheKibibytes = 16_384;

/**
 * A file for what does not fit into memory. Nothing in it outlives the process: it has no journal, is never synced, and is
 * unlinked as soon as it is open, so that a kill leaves nothing behind.
 */
export class Scratch {
  readonly #directory: string;
  #database: Database.Database | undefined;
  #tables = 0;

  /** @param directory where the file is made, when it is needed. Default: the system's for temporary files. */
  constructor(directory = tmpdir()) {
    this.#directory = directory;
  }

  /** A new table. The file is made with the first one. @throws HuilianError HL-6050 */
  table(): ScratchTable {
    return this.#tried(() => {
      this.#database ??= open(this.#directory);
      this.#tables += 1;
      const name = `rows${String(this.#tables)}`;
      this.#database.exec(
        `CREATE TABLE ${name} (key BLOB PRIMARY KEY, version INTEGER NOT NULL, text TEXT) WITHOUT ROWID`,
      );
      return new ScratchTable(this.#database, name, (work) => this.#tried(work));
    });
  }

  close(): void {
    this.#database?.close();
    this.#database = undefined;
  }

  #tried<T>(work: () => T): T {
    try {
      return work();
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause);
      throw new HuilianError('HL-6050', { directory: this.#directory, reason }, { cause });
    }
  }
}

type Tried = <T>(work: () => T) => T;

/**
 * Rows by key, in the order of the keys' bytes. Every method throws HuilianError HL-6050. Values are bound as one array: the
 * library takes a single blob for an object of named values.
 */
export class ScratchTable {
  readonly #database: Database.Database;
  readonly #tried: Tried;
  readonly #get: Database.Statement;
  readonly #put: Database.Statement;
  readonly #delete: Database.Statement;
  readonly #page: Database.Statement;

  constructor(database: Database.Database, name: string, tried: Tried) {
    this.#database = database;
    this.#tried = tried;
    this.#get = database.prepare(`SELECT version, text FROM ${name} WHERE key = ?`);
    this.#put = database.prepare(`INSERT OR REPLACE INTO ${name} VALUES (?, ?, ?)`);
    this.#delete = database.prepare(`DELETE FROM ${name} WHERE key = ?`);
    this.#page = database.prepare(
      `SELECT key, version, text FROM ${name} WHERE key >= ? ORDER BY key LIMIT ${String(keysPerPage)}`,
    );
  }

  get(key: string): Kept | undefined {
    return this.#tried(() => this.#get.get([Buffer.from(key)]) as Kept | undefined);
  }

  /** Writes rows, and deletes those that are undefined, in one transaction. */
  write(rows: Iterable<readonly [key: string, row: Kept | undefined]>): void {
    this.#tried(() => {
      this.#database.exec('BEGIN');
      for (const [key, row] of rows) {
        if (row === undefined) this.#delete.run([Buffer.from(key)]);
        else this.#put.run([Buffer.from(key), row.version, row.text]);
      }
      this.#database.exec('COMMIT');
    });
  }

  /** All rows by key, page by page. */
  *entries(): Generator<readonly [key: string, row: Kept], void, void> {
    let from = Buffer.alloc(0);
    for (;;) {
      const page = this.#tried(() => this.#page.all([from]) as (Kept & { readonly key: ArrayBuffer })[]);
      for (const { key, version, text } of page) yield [Buffer.from(key).toString('utf8'), { version, text }];
      const last = page.at(-1);
      if (last === undefined) return;
      // The next key in the order of bytes.
      from = Buffer.concat([Buffer.from(last.key), Buffer.from([0])]);
    }
  }
}

function open(directory: string): Database.Database {
  const folder = mkdtempSync(join(directory, 'huilian-verify-'));
  try {
    const database = new Database(join(folder, 'rows'));
    database.pragma('journal_mode = OFF');
    database.pragma('synchronous = OFF');
    database.pragma('locking_mode = EXCLUSIVE');
    database.pragma('temp_store = MEMORY');
    database.pragma(`cache_size = -${String(cacheKibibytes)}`);
    database.exec('CREATE TABLE opened (number INTEGER)');
    return database;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
