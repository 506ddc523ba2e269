import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, rmSync } from 'node:fs';
import { chown, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { sha256 } from '@huilian/core';
import pg from 'pg';

const DEBIAN = '/usr/lib/postgresql';
const READY_TRIES = 100;

/** A PostgreSQL server to compare with. */
export interface Postgres {
  readonly connection: pg.ClientConfig;
  /** How it came to be there, for the table. */
  readonly about: string;
  stop(): Promise<void>;
}

/**
 * The server that `DATABASE_URL` names, or one of our own in a temporary folder; undefined when there is no server here.
 *
 * @param signal ends our own server at once
 */
export async function openPostgres(signal: AbortSignal): Promise<Postgres | undefined> {
  const url = process.env['DATABASE_URL'];
  if (url)
    return { connection: { connectionString: url }, about: 'DATABASE_URL', stop: async () => undefined };
  const programs = await findPrograms();
  return programs === undefined ? undefined : startServer(programs, signal);
}

/** The folder with `initdb` and `postgres`: on the PATH, or where Debian puts them. */
async function findPrograms(): Promise<string | undefined> {
  const versions = existsSync(DEBIAN) ? await readdir(DEBIAN) : [];
  const folders = [
    ...(process.env['PATH'] ?? '').split(':'),
    ...versions
      .sort()
      .reverse()
      .map((version) => join(DEBIAN, version, 'bin')),
  ];
  return folders.find((folder) => ['initdb', 'postgres'].every((name) => existsSync(join(folder, name))));
}

/** PostgreSQL refuses to run as root; its Debian package makes the user `postgres`. */
function userOfServer(): { uid?: number; gid?: number } {
  if (process.getuid?.() !== 0) return {};
  const idOf = (flag: string): number => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
  return { uid: idOf('-u'), gid: idOf('-g') };
}

async function startServer(programs: string, signal: AbortSignal): Promise<Postgres> {
  const folder = await mkdtemp(join(tmpdir(), 'huilian-postgres-'));
  const user = userOfServer();
  if (user.uid !== undefined && user.gid !== undefined) await chown(folder, user.uid, user.gid);
  const data = join(folder, 'data');
  const options = { ...user, cwd: folder, stdio: 'ignore', detached: true } as const;
  const made = spawn(
    join(programs, 'initdb'),
    ['-D', data, '-U', 'bench', '-A', 'trust', '-E', 'UTF8'],
    options,
  );
  const [code] = (await once(made, 'exit')) as [number | null];
  if (code !== 0) throw new Error(`initdb ended with ${code}`);
  const durable = ['-c', 'fsync=on', '-c', 'synchronous_commit=on', '-c', 'full_page_writes=on'];
  const place = ['-k', folder, '-c', 'listen_addresses='];
  const server = spawn(join(programs, 'postgres'), ['-D', data, ...place, ...durable], options);
  const connection = { host: folder, user: 'bench', database: 'postgres' };
  signal.addEventListener('abort', () => {
    server.kill('SIGQUIT');
    process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  });
  const stop = async (): Promise<void> => {
    await stopServer(server);
    await rm(folder, { recursive: true, force: true });
  };
  try {
    await untilReady(connection);
  } catch (error) {
    await stop();
    throw error;
  }
  return { connection, about: `${programs}, fsync on, default settings`, stop };
}

async function untilReady(connection: pg.ClientConfig): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    const client = new pg.Client(connection);
    try {
      await client.connect();
      await client.end();
      return;
    } catch (error) {
      if (attempt === READY_TRIES) throw error;
      await sleep(100);
    }
  }
}

async function stopServer(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const ended = once(server, 'exit');
  server.kill('SIGINT'); // the fast shutdown: no client is waited for
  await ended;
}

const TABLE = `
  CREATE TABLE IF NOT EXISTS huilian_bench
    (id bigint PRIMARY KEY, item text NOT NULL, event bytea NOT NULL, previous bytea NOT NULL, hash bytea NOT NULL);
  TRUNCATE huilian_bench`;
const INSERT = `INSERT INTO huilian_bench
  SELECT * FROM unnest($1::bigint[], $2::text[], $3::bytea[], $4::bytea[], $5::bytea[])`;

interface Entry {
  readonly item: string;
  readonly bytes: Uint8Array;
}

/** One writer of a table whose rows are chained by hashes: nobody endorses, nobody validates. */
export class ChainedTable {
  #id = 0;
  #head: Buffer = Buffer.alloc(32);

  private constructor(private readonly client: pg.Client) {}

  static async open(connection: pg.ClientConfig): Promise<ChainedTable> {
    const client = new pg.Client(connection);
    await client.connect();
    await client.query(TABLE);
    return new ChainedTable(client);
  }

  /** Events per second when so many are written in each commit, one commit after another. */
  async rate(entries: readonly Entry[], perCommit: number): Promise<number> {
    const began = performance.now();
    for (let from = 0; from < entries.length; from += perCommit)
      await this.#commit(entries.slice(from, from + perCommit));
    return entries.length / ((performance.now() - began) / 1000);
  }

  async close(): Promise<void> {
    await this.client.query('DROP TABLE huilian_bench');
    await this.client.end();
  }

  async #commit(entries: readonly Entry[]): Promise<void> {
    const rows = entries.map(({ item, bytes }) => {
      const previous = this.#head;
      this.#head = Buffer.from(sha256(previous, bytes));
      this.#id += 1;
      return { id: this.#id, item, event: Buffer.from(bytes), previous, hash: this.#head };
    });
    await this.client.query({
      name: 'huilian-insert',
      text: INSERT,
      values: [
        rows.map(({ id }) => id),
        rows.map(({ item }) => item),
        rows.map(({ event }) => event),
        rows.map(({ previous }) => previous),
        rows.map(({ hash }) => hash),
      ],
    });
  }
}
