import { renameSync } from 'node:fs';
import { HuilianError } from '@huilian/core';
import Database from 'libsql';

/** What was durable when the journal was last written: it shows whether lines went missing from the end since. */
export interface Seal {
  readonly generation: number;
  readonly lines: number;
  /** Check of the last line. */
  readonly chain: string;
  /** Last number that was signed. */
  readonly sequence: number;
}

/** How long another process may hold the queue, milliseconds. It never holds it while it talks to a gateway. */
const PATIENCE = 10_000;

/**
 * The lock of a queue, and its seal. Node has no file locks; SQLite's belong to the process and end with it, however
 * it ends, and the transaction that holds the lock makes the seal durable.
 */
export class SealedLock {
  constructor(private readonly path: string) {}

  /**
   * Runs work while no other process does.
   *
   * @param work gets the seal, undefined when there is none, and answers its result and a new seal or undefined to keep it
   * @param undo is called when the new seal could not be made durable
   * @throws HuilianError HL-7013 when another process does not let go, HL-7012 when the seal cannot be written
   */
  hold<T>(work: (seal: Seal | undefined) => { result: T; seal?: Seal; undo?: () => void }): T {
    const database = this.#open();
    try {
      begin(database);
      const { result, seal, undo } = work(sealOf(database));
      try {
        if (seal) write(database, seal);
        database.exec('COMMIT');
      } catch (cause) {
        undo?.();
        throw new HuilianError('HL-7012', { file: this.path }, { cause });
      }
      return result;
    } finally {
      if (database.inTransaction) database.exec('ROLLBACK');
      database.close();
    }
  }

  #open(): Database.Database {
    try {
      return prepared(this.path);
    } catch (cause) {
      if (!isDamage(cause)) throw asOurs(cause, this.path);
      // The seal can be made again from the journal; the damaged file is kept.
      renameSync(this.path, `${this.path}.damaged-${Date.now()}`);
      return prepared(this.path);
    }
  }
}

function prepared(path: string): Database.Database {
  const database = new Database(path);
  try {
    database.exec(`PRAGMA busy_timeout = ${PATIENCE}`);
    database.exec('PRAGMA journal_mode = DELETE');
    database.exec('PRAGMA synchronous = FULL');
    database.exec(
      'CREATE TABLE IF NOT EXISTS seal (id INTEGER PRIMARY KEY CHECK (id = 1), generation INTEGER, lines INTEGER, chain TEXT, sequence INTEGER)',
    );
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

function begin(database: Database.Database): void {
  try {
    database.exec('BEGIN IMMEDIATE');
  } catch (cause) {
    throw new HuilianError('HL-7013', {}, { cause });
  }
}

function sealOf(database: Database.Database): Seal | undefined {
  return database.prepare('SELECT generation, lines, chain, sequence FROM seal WHERE id = 1').get() as
    Seal | undefined;
}

function write(database: Database.Database, { generation, lines, chain, sequence }: Seal): void {
  database
    .prepare('INSERT OR REPLACE INTO seal (id, generation, lines, chain, sequence) VALUES (1, ?, ?, ?, ?)')
    .run(generation, lines, chain, sequence);
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}

function isDamage(error: unknown): boolean {
  return /^SQLITE_(NOTADB|CORRUPT)/.test(codeOf(error));
}

function asOurs(cause: unknown, file: string): HuilianError {
  return new HuilianError(
    codeOf(cause).startsWith('SQLITE_BUSY') ? 'HL-7013' : 'HL-7012',
    { file },
    { cause },
  );
}
