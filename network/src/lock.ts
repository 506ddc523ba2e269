import { randomBytes } from 'node:crypto';
import { link, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { HuilianError } from '@huilian/core';
import type { Home } from './home.js';
import { startOf } from './native/system.js';

const pollMs = 100;
const commandTimeoutMs = 120_000;

export interface LockOptions {
  /** How long to wait for the holder. */
  readonly timeoutMs: number;
  readonly signal?: AbortSignal | undefined;
}

/** One command at a time works on a network. */
export async function exclusively<T>(home: Home, work: () => Promise<T>): Promise<T> {
  return withLock(path.join(home.root, 'network.lock'), { timeoutMs: commandTimeoutMs }, work);
}

/**
 * Does the work while holding the lock file. The file names its holder, so that the lock of a killed process is free at
 * once.
 * @throws HL-8019 when the holder did not finish in time
 */
export async function withLock<T>(file: string, options: LockOptions, work: () => Promise<T>): Promise<T> {
  await mkdir(path.dirname(file), { recursive: true });
  const own = `${process.pid} ${(await startOf(process.pid)) ?? ''} ${randomBytes(4).toString('hex')}`;
  const deadline = Date.now() + options.timeoutMs;
  while (!(await take(file, own))) {
    options.signal?.throwIfAborted();
    if (Date.now() > deadline) throw new HuilianError('HL-8019', { lock: file });
    await sleep(pollMs);
  }
  try {
    return await work();
  } finally {
    await rm(file, { force: true });
  }
}

/** Takes the lock if nobody lives who holds it. */
async function take(file: string, own: string): Promise<boolean> {
  const holder = await readFile(file, 'utf8').catch(() => undefined);
  if (holder !== undefined) {
    if (await isAlive(holder)) return false;
    if (!(await removeDead(file, holder))) return false;
  }
  return linkNew(file, own);
}

/** Creates the file with its content in one step, or says that somebody else was first. */
async function linkNew(file: string, content: string): Promise<boolean> {
  const temporary = `${file}.${randomBytes(4).toString('hex')}`;
  await writeFile(temporary, content);
  try {
    await link(temporary, file);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  } finally {
    await rm(temporary, { force: true });
  }
}

/** Moves a dead holder's file away. If another was quicker and the file is already a living one's, it is put back. */
async function removeDead(file: string, holder: string): Promise<boolean> {
  const aside = `${file}.${randomBytes(4).toString('hex')}`;
  try {
    await rename(file, aside);
  } catch {
    return false;
  }
  const removed = await readFile(aside, 'utf8');
  if (removed !== holder) await link(aside, file).catch(() => undefined);
  await rm(aside, { force: true });
  return removed === holder;
}

async function isAlive(holder: string): Promise<boolean> {
  const [pid = '', start = ''] = holder.split(' ');
  return (await startOf(Number(pid))) === start;
}
