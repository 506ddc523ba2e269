import { setImmediate as nextTurn } from 'node:timers/promises';
import Database from 'libsql';
import { HuilianError } from '@huilian/core';
import { checkpointOf, place } from './check.js';
import type { Parameter } from './sqlite-rows.js';
import type { Applied, BlockHead, Checkpoint } from './store.js';

/** How long a writer waits for another connection that has the same file open. */
const busyMilliseconds = 5_000;

/** Measured with custody events in batches of 250: the defaults cost half as much again in commits. */
const pragmas: readonly string[] = [
  'page_size = 8192',
  // In KiB. What a run of blocks changes must fit, else it goes to the disk before the commit.
  'cache_size = -32768',
  // In pages. Longer, and a commit now and then stands still for too long; shorter, and the same pages are copied often.
  'wal_autocheckpoint = 2000',
  'journal_mode = WAL',
  // In WAL a power cut may take the last blocks but tears none; the projector reads them again.
  'synchronous = NORMAL',
];

/** A statement with its parameters. */
export interface Write {
  readonly sql: string;
  readonly parameters: readonly Parameter[];
}

/** Writes the effects of blocks into a SQLite file: in this thread or in another. */
export interface BlockWriter {
  /** As `Store.apply`, with the puts as statements. */
  apply(block: BlockHead, writes: Iterable<Write>): Promise<Applied>;
  /** Ends when nothing is being written any more, and forgets the tables. What comes later is written all the same. */
  rest(): Promise<void>;
}

/** One connection to a SQLite file. Its methods work at once; what SQLite throws is HL-5022. */
export class SqliteFile {
  readonly #database: Database.Database;
  readonly #statements = new Map<string, Database.Statement>();

  private constructor(path: string) {
    this.#database = new Database(path, { timeout: busyMilliseconds });
    for (const pragma of pragmas) this.#database.pragma(pragma);
    this.#database.exec('CREATE TABLE IF NOT EXISTS "#checkpoint" (id INTEGER PRIMARY KEY, document TEXT)');
  }

  /** Opens the file, and makes it when it is missing. @throws HL-5022 */
  static open(path: string): SqliteFile {
    return tried(() => new SqliteFile(path));
  }

  all(sql: string, ...parameters: readonly Parameter[]): unknown[] {
    return tried(() => this.#prepared(sql).all(...parameters));
  }

  /** Makes tables and indexes, all or none. */
  change(statements: readonly string[]): void {
    tried(() => {
      // Statements of dropped tables would fail with a schema error.
      this.#statements.clear();
      this.#database.transaction(() => statements.forEach((sql) => this.#database.exec(sql))).immediate();
    });
  }

  /** Makes the tables anew. The next block is block zero. */
  empty(tables: readonly string[]): void {
    this.change([...tables, 'DELETE FROM "#checkpoint"']);
  }

  /** As `Store.apply`. @throws HL-5020, HL-5021, HL-5022 */
  apply(block: BlockHead, writes: Iterable<Write>): Applied {
    return tried(() =>
      this.#database
        .transaction((): Applied => {
          const here = place(block, this.checkpoint());
          if (here !== 'next') return here;
          for (const { sql, parameters } of writes) this.#prepared(sql).run(parameters);
          this.#prepared('INSERT OR REPLACE INTO "#checkpoint" VALUES (0, ?)').run(
            JSON.stringify(checkpointOf(block)),
          );
          return 'applied';
        })
        .immediate(),
    );
  }

  checkpoint(): Checkpoint | undefined {
    const [row] = this.all('SELECT document FROM "#checkpoint"') as { document: string }[];
    return row === undefined ? undefined : (JSON.parse(row.document) as Checkpoint);
  }

  close(): void {
    tried(() => {
      this.#statements.clear();
      this.#database.close();
    });
  }

  #prepared(sql: string): Database.Statement {
    const known = this.#statements.get(sql);
    if (known !== undefined) return known;
    const statement = this.#database.prepare(sql);
    this.#statements.set(sql, statement);
    return statement;
  }
}

/** Writes through a connection of this thread. */
export function writerHere(file: SqliteFile): BlockWriter {
  return {
    apply: async (block, writes) => {
      await nextTurn();
      return file.apply(block, writes);
    },
    rest: () => Promise.resolve(),
  };
}

/** Every fault of the database is HL-5022; errors of ours pass. */
export function tried<T>(work: () => T): T {
  try {
    return work();
  } catch (cause) {
    if (cause instanceof HuilianError || cause instanceof RangeError) throw cause;
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new HuilianError('HL-5022', { store: 'sqlite', reason }, { cause });
  }
}
