import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { createServer } from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { HuilianError } from '@huilian/core';
import { readIfThere, writeJson } from './files.js';
import { type Home, sharedCache } from './home.js';
import { withLock } from './lock.js';
import { describeListener, listenerOf } from './native/system.js';
import { defaultBasePort, loopback, portsOf, portsPerNetwork, topology } from './topology.js';

/** Below the range that the operating system hands out to clients. */
const lastBasePort = 32_000;

/**
 * The first port of a new network: the one asked for, or the first free range that no other network has taken. The range is
 * remembered for all checkouts of this user, so a stopped network finds its ports free again.
 * @throws HL-8006 when the range asked for is busy, HL-8007 when no range is free.
 */
export async function takePorts(home: Home, asked: number | undefined): Promise<number> {
  const register = path.join(sharedCache(), 'ports.json');
  // A range counts as taken as long as this folder is there.
  await mkdir(home.network, { recursive: true });
  return withLock(`${register}.lock`, { timeoutMs: 30_000 }, async () => {
    const taken = await takenRanges(register);
    taken.delete(home.root);
    const base = asked === undefined ? await freeRange(new Set(taken.values())) : await requireFree(asked);
    await writeJson(register, Object.fromEntries([...taken, [home.root, base]]));
    return base;
  });
}

/** True when nobody listens on the port of the loopback interface. */
export async function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => {
      resolve(false);
    });
    server.listen({ port, host: loopback, exclusive: true }, () => {
      server.close(() => {
        resolve(true);
      });
    });
  });
}

/** How far a gateway looks for a port of its own. */
const portsTried = 50;

/**
 * The port asked for, or the first free one after it, so that two clones run beside each other.
 * @throws HL-8006 when all of the next ones are taken
 */
export async function freePort(first: number): Promise<number> {
  for (let port = first; port < first + portsTried; port += 1) if (await isFree(port)) return port;
  throw new HuilianError('HL-8006', { port: first, process: describeListener(await listenerOf(first)) });
}

/** The ports among these that somebody listens on. */
export async function busyPorts(ports: readonly number[]): Promise<number[]> {
  const free = await Promise.all(ports.map(isFree));
  return ports.filter((_, index) => free[index] === false);
}

/** Ports that are busy and stay so for a second: the threads of a killed process hold its ports a moment longer. */
export async function lastinglyBusy(ports: readonly number[]): Promise<number[]> {
  let busy = await busyPorts(ports);
  for (let tries = 0; busy.length > 0 && tries < 20; tries += 1) {
    await sleep(50);
    busy = await busyPorts(busy);
  }
  return busy;
}

async function freeRange(taken: ReadonlySet<number>): Promise<number> {
  for (let base = defaultBasePort; base < lastBasePort; base += portsPerNetwork) {
    const overlaps = [...taken].some((other) => Math.abs(other - base) < portsPerNetwork);
    if (!overlaps && (await busyPorts(everyPort(base))).length === 0) return base;
  }
  throw new HuilianError('HL-8007');
}

async function requireFree(base: number): Promise<number> {
  const [busy] = await busyPorts(everyPort(base));
  if (busy === undefined) return base;
  throw new HuilianError('HL-8006', { port: busy, process: describeListener(await listenerOf(busy)) });
}

function everyPort(basePort: number): number[] {
  return portsOf(topology({ ordering: 'bft', basePort }));
}

async function takenRanges(register: string): Promise<Map<string, number>> {
  const text = await readIfThere(register);
  const all: unknown = text === undefined ? {} : JSON.parse(text);
  const taken = new Map<string, number>();
  for (const [root, base] of Object.entries(all ?? {})) {
    if (typeof base === 'number' && existsSync(path.join(root, 'network'))) taken.set(root, base);
  }
  return taken;
}
