import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { HuilianError, type Details } from '@huilian/core';
import { checkout } from '@huilian/network';

export { freePort } from '@huilian/network';

const program = join(checkout, 'gateway-api', 'dist', 'main.js');
/** Requests and blocks are megabytes of short-lived objects: more room, fewer copies before they are garbage. */
const YOUNG_SPACE = '--max-semi-space-size=64';
const READY_MS = 60_000;
const STOP_MS = 20_000;

/** What whoever waits for a gateway says and wants to hear. */
export interface Waiting {
  readonly signal?: AbortSignal;
  /** Told now and then how many blocks the read model is still behind. */
  readonly onBehind?: (blocks: number) => void;
}

/** A gateway that this process started. */
export interface GatewayProcess {
  readonly url: string;
  readonly log: string;
  readonly process: ChildProcess;
  /** Asks it to end, and waits until it has. */
  stop(): Promise<void>;
}

/**
 * Starts a gateway and waits until it is ready, for as long as its read model takes to be filled.
 *
 * @param home folder of the network and of the gateway's own files
 * @throws HuilianError HL-5020 at once when its store is another ledger's, HL-8028 with what is not ready, HL-8029 when
 * the process ended; the signal's reason
 */
export async function startGateway(
  home: string,
  port: number,
  environment: NodeJS.ProcessEnv = {},
  waiting: Waiting = {},
): Promise<GatewayProcess> {
  const folder = join(home, 'gateway');
  mkdirSync(folder, { recursive: true });
  const log = join(folder, 'gateway.log');
  const file = openSync(log, 'a');
  const child = spawn(process.execPath, [YOUNG_SPACE, program], {
    env: { ...process.env, HUILIAN_HOME: home, HOST: '127.0.0.1', PORT: String(port), ...environment },
    stdio: ['ignore', file, file],
    detached: true, // Ctrl-C reaches the parent, which stops it in order
  });
  closeSync(file);
  const url = `http://127.0.0.1:${port}`;
  const stop = async (): Promise<void> => stopProcess(child);
  try {
    await untilReady(url, { child, log, patienceMs: READY_MS, ...waiting });
  } catch (error) {
    await stop();
    throw error;
  }
  return { url, log, process: child, stop };
}

/** What `/readyz` says, as far as it is read here. */
interface Readiness {
  readonly ready: boolean;
  readonly checks: readonly {
    readonly name: string;
    readonly ready: boolean;
    readonly code?: string;
    readonly facts?: Details;
  }[];
}

/**
 * Waits for a gateway. Each block that its read model comes nearer renews the patience: after a change of the fold a long ledger takes
 * minutes.
 *
 * @throws HuilianError as {@link startGateway}
 */
export async function untilReady(
  url: string,
  { child, log, patienceMs, signal, onBehind }: Waiting & Watched,
): Promise<void> {
  let deadline = Date.now() + patienceMs;
  let missing = 'no answer';
  let least = Infinity;
  while (Date.now() < deadline) {
    signal?.throwIfAborted();
    if (child.exitCode !== null || child.signalCode !== null) throw new HuilianError('HL-8029', { log });
    const readiness = await readinessOf(url);
    if (readiness?.ready === true) return;
    const waiting = readiness?.checks.filter(({ ready }) => !ready) ?? [];
    // Waiting does not mend this one: the store is another ledger's.
    const other = waiting.find(({ code }) => code === 'HL-5020');
    if (other) throw new HuilianError('HL-5020', { ...other.facts, log });
    if (waiting.length > 0) missing = waiting.map(({ name, code }) => `${name} ${code ?? ''}`).join(', ');
    const behind = waiting.find(({ code }) => code === 'HL-5023')?.facts?.['blocks'];
    if (typeof behind === 'number' && behind < least) {
      least = behind;
      deadline = Date.now() + patienceMs;
      onBehind?.(behind);
    }
    await sleep(100);
  }
  throw new HuilianError('HL-8028', { missing, log });
}

/** The process of a gateway, and how long it may stand still. */
interface Watched {
  readonly child: Pick<ChildProcess, 'exitCode' | 'signalCode'>;
  readonly log: string;
  readonly patienceMs: number;
}

/** Undefined while it does not listen yet. */
async function readinessOf(url: string): Promise<Readiness | undefined> {
  try {
    return (await (await fetch(`${url}/readyz`)).json()) as Readiness;
  } catch {
    return undefined;
  }
}

async function stopProcess(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
  await ended;
  clearTimeout(timer);
}
