import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'libsql';
import { HuilianError } from '@huilian/core';

type Parameter = string | number | null;

/**
 * One SQLite file that this process alone has open; the lock ends with the process. What was written is on the disk when a change
 * returns.
 */
export class InboxFile {
  readonly #database: Database.Database;
  readonly #statements = new Map<string, Database.Statement>();
  #isChanging = false;

  private constructor(path: string, tables: readonly string[]) {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    this.#database = new Database(path, { timeout: 0 });
    try {
      // Whoever writes takes the lock, and in this mode keeps it.
      for (const pragma of ['locking_mode = EXCLUSIVE', 'journal_mode = WAL', 'synchronous = FULL'])
        this.#database.pragma(pragma);
      for (const table of tables) this.#database.exec(table);
      this.#database.exec('BEGIN IMMEDIATE');
      this.#database.exec('COMMIT');
    } catch (error) {
      this.#database.close();
      throw error;
    }
  }

  /** Opens the file and makes it when it is missing. @throws HuilianError HL-9230 another process has it, HL-9231 */
  static open(path: string, tables: readonly string[]): InboxFile {
    try {
      return new InboxFile(path, tables);
    } catch (cause) {
      const reason = reasonOf(cause);
      throw new HuilianError(
        /lock|busy/i.test(reason) ? 'HL-9230' : 'HL-9231',
        { file: path, reason },
        { cause },
      );
    }
  }

  /** @throws HuilianError HL-9231 */
  all(sql: string, ...parameters: readonly Parameter[]): readonly unknown[] {
    return tried(() => this.#prepared(sql).all(...parameters));
  }

  /** @throws HuilianError HL-9231 */
  get(sql: string, ...parameters: readonly Parameter[]): unknown {
    // Not by way of `all`: what that holds of a query is let go of only when the event loop turns, which no import does.
    return tried(() => this.#prepared(sql).get(...parameters));
  }

  /** @throws HuilianError HL-9231 */
  run(sql: string, ...parameters: readonly Parameter[]): number {
    return tried(() => Number(this.#prepared(sql).run(...parameters).lastInsertRowid));
  }

  /** All that is written inside, or none of it. @throws HuilianError HL-9231 and what `work` throws */
  change<T>(work: () => T): T {
    if (this.#isChanging) return work();
    this.begin();
    try {
      const result = work();
      this.commit();
      return result;
    } catch (error) {
      this.rollback();
      throw error;
    }
  }

  /** Begins a change that lasts over several turns; nothing else may write meanwhile. */
  begin(): void {
    tried(() => this.#database.exec('BEGIN IMMEDIATE'));
    this.#isChanging = true;
  }

  commit(): void {
    tried(() => this.#database.exec('COMMIT'));
    this.#isChanging = false;
  }

  rollback(): void {
    this.#isChanging = false;
    try {
      this.#database.exec('ROLLBACK');
    } catch {
      // The engine has rolled back already; what went wrong is being told.
    }
  }

  close(): void {
    this.#statements.clear();
    try {
      // Closing lets go of the file only when no statement is left that waits for the garbage collector; this does at once.
      for (const pragma of ['journal_mode = DELETE', 'locking_mode = NORMAL']) this.#database.pragma(pragma);
      this.#database.prepare('SELECT count(*) FROM meta').all();
    } catch {
      // The file was taken away, and with it what could be locked.
    } finally {
      this.#database.close();
    }
  }

  #prepared(sql: string): Database.Statement {
    const known = this.#statements.get(sql);
    if (known) return known;
    const made = this.#database.prepare(sql);
    this.#statements.set(sql, made);
    return made;
  }
}

function tried<T>(work: () => T): T {
  try {
    return work();
  } catch (cause) {
    if (cause instanceof HuilianError) throw cause;
    throw new HuilianError('HL-9231', { reason: reasonOf(cause) }, { cause });
  }
}

function reasonOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
