import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'libsql';
import { HuilianError } from '@huilian/core';
import type { Change, Expected, NewWebhook, WebhookStore } from './store.js';
import type { Progress, Settings, Webhook } from './webhook.js';

const table = `CREATE TABLE IF NOT EXISTS webhook (
  id TEXT PRIMARY KEY,
  ledger TEXT NOT NULL,
  owner TEXT NOT NULL,
  revision INTEGER NOT NULL,
  settings TEXT NOT NULL,
  progress TEXT NOT NULL
) WITHOUT ROWID`;

interface Row {
  readonly id: string;
  readonly owner: string;
  readonly revision: number;
  readonly settings: string;
  readonly progress: string;
}

/** Webhooks in one SQLite file beside the read model. The process that opens it keeps all others out, and its end lets go. */
export class SqliteWebhooks implements WebhookStore {
  readonly exclusive = true;
  readonly #database: Database.Database;

  private constructor(
    database: Database.Database,
    private readonly ledger: string,
  ) {
    this.#database = database;
    database.pragma('locking_mode = EXCLUSIVE');
    database.pragma('journal_mode = WAL');
    // Whoever writes takes the lock, and in this mode keeps it.
    this.#durably(() => database.exec(table));
  }

  /** Opens the file and makes it when it is missing. @throws HL-5022 when it cannot be opened, or another gateway has it */
  static open(path: string, ledger: string): SqliteWebhooks {
    return tried(() => {
      mkdirSync(dirname(path), { recursive: true });
      // It does not wait for the lock: a wait would hold up everything else in this process.
      const database = new Database(path, { timeout: 0 });
      try {
        return new SqliteWebhooks(database, ledger);
      } catch (error) {
        database.close();
        throw error;
      }
    });
  }

  list(owner?: string): Promise<readonly Webhook[]> {
    return guarded(() => {
      const rows =
        owner === undefined
          ? this.#database.prepare('SELECT * FROM webhook WHERE ledger = ? ORDER BY id').all(this.ledger)
          : this.#database
              .prepare('SELECT * FROM webhook WHERE ledger = ? AND owner = ? ORDER BY id')
              .all(this.ledger, owner);
      return (rows as Row[]).map(read);
    });
  }

  get(id: string): Promise<Webhook | undefined> {
    return guarded(() => this.#get(id));
  }

  insert({ id, owner, settings, progress }: NewWebhook): Promise<void> {
    return guarded(() => {
      this.#durably(() =>
        this.#database
          .prepare('INSERT INTO webhook VALUES (?, ?, ?, 1, ?, ?)')
          .run(id, this.ledger, owner, JSON.stringify(settings), JSON.stringify(progress)),
      );
    });
  }

  change(id: string, expected: Expected, change: Change): Promise<boolean> {
    return guarded(() => {
      const { settings, progress, revision } = change;
      const write = (): boolean => {
        const { changes } = this.#database
          .prepare(
            'UPDATE webhook SET settings = coalesce(?, settings), progress = coalesce(?, progress), revision = ? WHERE id = ? AND ledger = ? AND revision = ?',
          )
          .run(textOf(settings), textOf(progress), revision, id, this.ledger, expected.revision);
        return changes > 0;
      };
      // A position that a power cut takes back is delivered again, which receivers are told to expect.
      return settings === undefined ? write() : this.#durably(write);
    });
  }

  claim(id: string): Promise<boolean> {
    return guarded(() => this.#get(id) !== undefined);
  }

  remove(id: string): Promise<boolean> {
    return guarded(() =>
      this.#durably(() => {
        const { changes } = this.#database
          .prepare('DELETE FROM webhook WHERE id = ? AND ledger = ?')
          .run(id, this.ledger);
        return changes > 0;
      }),
    );
  }

  close(): Promise<void> {
    return guarded(() => {
      try {
        // Closing lets go of the file only when no statement is left that waits for the garbage collector; this does at once.
        for (const pragma of ['journal_mode = DELETE', 'locking_mode = NORMAL'])
          this.#database.pragma(pragma);
        this.#database.prepare('SELECT count(*) FROM webhook').all();
      } catch {
        // The file was taken away, and with it what could be locked.
      } finally {
        this.#database.close();
      }
    });
  }

  #get(id: string): Webhook | undefined {
    const row = this.#database
      .prepare('SELECT * FROM webhook WHERE id = ? AND ledger = ?')
      .get(id, this.ledger) as Row | undefined;
    return row === undefined ? undefined : read(row);
  }

  #durably<T>(work: () => T): T {
    this.#synchronous('FULL');
    try {
      return work();
    } finally {
      this.#synchronous('NORMAL');
    }
  }

  #synchronous(mode: 'FULL' | 'NORMAL'): void {
    this.#database.pragma(`synchronous = ${mode}`);
  }
}

function read({ id, owner, revision, settings, progress }: Row): Webhook {
  return {
    id,
    owner,
    revision,
    settings: JSON.parse(settings) as Settings,
    progress: JSON.parse(progress) as Progress,
    holder: '',
    beat: 0,
  };
}

function textOf(value: unknown): string | null {
  return value === undefined ? null : JSON.stringify(value);
}

/** Every fault of the database is HL-5022. */
function tried<T>(work: () => T): T {
  try {
    return work();
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new HuilianError('HL-5022', { store: 'sqlite', reason }, { cause });
  }
}

function guarded<T>(work: () => T): Promise<T> {
  return new Promise((resolve) => {
    resolve(tried(work));
  });
}
