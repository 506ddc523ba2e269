import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const sources = fileURLToPath(new URL('../docstore/', import.meta.url));

/** A running server that speaks MongoDB's wire protocol, for tests alone. */
export interface Docstore {
  /** With a trailing slash and without a database. */
  readonly uri: string;
  stop(): Promise<void>;
}

/**
 * The server that tests of the mongoose store use: the one that `MONGODB_URI` names, else FerretDB on a directory of SQLite
 * files, built by Go once into the cache. FerretDB is right on little data and far too slow for use.
 */
export async function startDocstore(): Promise<Docstore> {
  const given = process.env['MONGODB_URI'];
  if (given !== undefined && given !== '') return { uri: withoutDatabase(given), stop: async () => {} };
  const directory = mkdtempSync(join(tmpdir(), 'huilian-docstore-'));
  const child = spawn(buildDocstore(), ['127.0.0.1:0', directory], { stdio: ['ignore', 'pipe', 'ignore'] });
  const uri = await firstLine(child);
  return {
    uri,
    async stop() {
      const gone = once(child, 'exit');
      child.kill('SIGKILL');
      await gone;
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

/** Builds the server unless it is in the cache. About a minute the first time. @returns the program's path */
export function buildDocstore(): string {
  const cache = join(process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'huilian');
  const directory = join(cache, `docstore-${digestOfSources()}`);
  const program = join(directory, 'docstore');
  if (existsSync(program)) return program;
  mkdirSync(directory, { recursive: true });
  const unfinished = join(directory, `docstore.${process.pid}`);
  const built = spawnSync('go', ['build', '-trimpath', '-o', unfinished, '.'], {
    cwd: sources,
    env: { ...process.env, CGO_ENABLED: '0' },
    encoding: 'utf8',
  });
  if (built.status !== 0)
    throw new Error(`The test server was not built: ${built.error?.message ?? built.stderr}`);
  // Another process may build it at the same time: the program appears whole or not at all.
  renameSync(unfinished, program);
  return program;
}

function digestOfSources(): string {
  const hash = createHash('sha256');
  for (const name of ['main.go', 'go.mod', 'go.sum']) hash.update(readFileSync(join(sources, name)));
  return hash.digest('hex').slice(0, 16);
}

async function firstLine(child: ChildProcess): Promise<string> {
  if (child.stdout === null) throw new Error('The test server has no output.');
  for await (const line of createInterface({ input: child.stdout })) {
    if (line.startsWith('mongodb://')) return line;
  }
  throw new Error('The test server ended before it was ready.');
}

function withoutDatabase(uri: string): string {
  const url = new URL(uri);
  url.pathname = '/';
  return url.href;
}
