import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { connect } from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { HuilianError } from '@huilian/core';
import { readIfThere, writeJson } from '../files.js';
import type { Home } from '../home.js';
import { lastinglyBusy } from '../ports.js';
import { lastLines } from '../run.js';
import { loopback } from '../topology.js';
import { describeListener, listenerOf, startOf } from './system.js';

/** How one process of the network is started. */
export interface ProcessSpec {
  readonly name: string;
  readonly program: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  /** It is up when all of these are open. */
  readonly ports: readonly number[];
}

/** What a pid file holds. `start` tells the process from a later one with the same number. */
interface PidRecord {
  readonly pid: number;
  readonly start: string;
}

const pollMs = 25;
const startTimeoutMs = 60_000;
const stopTimeoutMs = 15_000;
const largestLog = 32 * 1024 * 1024;

/** The pid of a process of this network, or undefined when it does not run. */
export async function pidOf(home: Home, name: string): Promise<number | undefined> {
  const text = await readIfThere(home.pidFile(name));
  if (text === undefined) return undefined;
  const record = parseRecord(text);
  return record !== undefined && (await startOf(record.pid)) === record.start ? record.pid : undefined;
}

/** The names of all processes that this network has ever started and not stopped. */
export async function recordedProcesses(home: Home): Promise<string[]> {
  const files = await readdir(home.runs).catch(() => []);
  return files.filter((file) => file.endsWith('.json')).map((file) => file.slice(0, -'.json'.length));
}

export interface EnsureOptions {
  /** Called when something is down and is about to be started. */
  readonly onStart?: () => void;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Starts what is not running, detached and in a group of its own, and waits until the ports are open.
 * @throws HL-8006 when somebody else has a port, HL-8008 when a process ends at once
 */
export async function ensureRunning(
  home: Home,
  specs: readonly ProcessSpec[],
  options: EnsureOptions = {},
): Promise<void> {
  const running = await Promise.all(specs.map(async (spec) => pidOf(home, spec.name)));
  const down = specs.filter((_, index) => running[index] === undefined);
  if (down.length > 0) options.onStart?.();
  await refuseBusyPorts(down.flatMap((spec) => spec.ports));
  options.signal?.throwIfAborted();
  await Promise.all(down.map(async (spec) => start(home, spec)));
  await Promise.all(specs.map(async (spec) => untilOpen(home, spec, options.signal)));
}

/** Stops processes of this network: asks, waits, and at last insists. Others are never touched. */
export async function stop(home: Home, names: readonly string[]): Promise<void> {
  await Promise.all(
    names.map(async (name) => {
      const pid = await pidOf(home, name);
      if (pid !== undefined) {
        signal(pid, 'SIGTERM');
        if (!(await gone(home, name, stopTimeoutMs))) signal(pid, 'SIGKILL');
        await gone(home, name, stopTimeoutMs);
      }
      await rm(home.pidFile(name), { force: true });
    }),
  );
}

/** The last lines of a process's log. */
export async function tailOfLog(home: Home, name: string, count: number): Promise<string> {
  return lastLines((await readIfThere(home.log(name))) ?? '', count);
}

async function start(home: Home, spec: ProcessSpec): Promise<void> {
  const log = home.log(spec.name);
  await mkdir(path.dirname(log), { recursive: true });
  await mkdir(spec.cwd, { recursive: true });
  await rotate(log);
  const output = openSync(log, 'a');
  try {
    const child = spawn(spec.program, spec.args, {
      cwd: spec.cwd,
      env: { ...inherited(), ...spec.env },
      detached: true,
      stdio: ['ignore', output, output],
    });
    // The pid is there at once, or the program could not be started at all.
    const pid = child.pid;
    if (pid === undefined) {
      const reason = await new Promise<string>((resolve) =>
        child.once('error', (error) => {
          resolve(error.message);
        }),
      );
      throw new HuilianError('HL-8008', { process: spec.name, output: reason });
    }
    child.unref();
    const record: PidRecord = { pid, start: (await startOf(pid)) ?? '' };
    await writeJson(home.pidFile(spec.name), record);
  } finally {
    closeSync(output);
  }
}

/** Only what every program needs: what a process does must not depend on whose shell started it. */
function inherited(): Record<string, string> {
  const kept: Record<string, string> = { TZ: 'UTC' };
  for (const name of ['PATH', 'HOME', 'LD_LIBRARY_PATH']) {
    const value = process.env[name];
    if (value !== undefined) kept[name] = value;
  }
  return kept;
}

async function untilOpen(home: Home, spec: ProcessSpec, signal: AbortSignal | undefined): Promise<void> {
  const deadline = Date.now() + startTimeoutMs;
  for (const port of spec.ports) {
    while (!(await isOpen(port))) {
      signal?.throwIfAborted();
      if ((await pidOf(home, spec.name)) === undefined || Date.now() > deadline) {
        throw new HuilianError('HL-8008', {
          process: spec.name,
          output: await tailOfLog(home, spec.name, 3),
        });
      }
      await sleep(pollMs);
    }
  }
}

async function refuseBusyPorts(ports: readonly number[]): Promise<void> {
  const [port] = await lastinglyBusy(ports);
  if (port === undefined) return;
  throw new HuilianError('HL-8006', { port, process: describeListener(await listenerOf(port)) });
}

/** True when somebody accepts connections on the port. */
export async function isOpen(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: loopback });
    const answer = (open: boolean) => (): void => {
      socket.destroy();
      resolve(open);
    };
    socket.once('connect', answer(true)).once('error', answer(false)).setTimeout(1_000, answer(false));
  });
}

async function gone(home: Home, name: string, withinMs: number): Promise<boolean> {
  const deadline = Date.now() + withinMs;
  while ((await pidOf(home, name)) !== undefined) {
    if (Date.now() > deadline) return false;
    await sleep(pollMs);
  }
  return true;
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    // It ended by itself in the meantime.
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}

async function rotate(log: string): Promise<void> {
  const size = await stat(log).then(
    (found) => found.size,
    () => 0,
  );
  if (size > largestLog) await rename(log, `${log}.1`);
}

function parseRecord(text: string): PidRecord | undefined {
  try {
    const value = JSON.parse(text) as Partial<PidRecord>;
    return typeof value.pid === 'number' && typeof value.start === 'string'
      ? { pid: value.pid, start: value.start }
      : undefined;
  } catch {
    // A torn file names nobody.
    return undefined;
  }
}
