import { readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Home } from './home.js';
import { exclusively } from './lock.js';
import { recordedProcesses, stop } from './native/processes.js';
import { busyPorts } from './ports.js';
import type { OnProgress } from './progress.js';
import { status } from './status.js';

/** Two seconds at most: a stranger on one of the ports is not waited for. */
const attempts = 40;
const pauseMs = 50;

export interface DownOptions {
  readonly home?: string;
  readonly onProgress?: OnProgress;
}

/** Stops every process of this network and nothing else. Data stays. */
export async function down(options: DownOptions = {}): Promise<void> {
  const home = options.home === undefined ? Home.fromEnvironment() : new Home(options.home);
  await exclusively(home, async () => stopAll(home, options.onProgress));
}

/**
 * Stops the network and removes its data, certificates and logs, and the read model that a gateway in this home made of
 * its blocks: the next network here is another ledger. Keys of devices and everything else of the home stay.
 */
export async function purge(options: DownOptions = {}): Promise<void> {
  const home = options.home === undefined ? Home.fromEnvironment() : new Home(options.home);
  await exclusively(home, async () => {
    await stopAll(home, options.onProgress);
    await rm(home.network, { recursive: true, force: true });
    await Promise.all((await readModelFiles(home)).map(async (file) => rm(file, { force: true })));
  });
}

/** The file of SQLite, and those that it keeps beside it while it is open. */
async function readModelFiles(home: Home): Promise<string[]> {
  const names = await readdir(home.gateway).catch(() => []);
  return names
    .filter((name) => name.startsWith('read-model.sqlite'))
    .map((name) => path.join(home.gateway, name));
}

async function stopAll(home: Home, onProgress: OnProgress | undefined): Promise<void> {
  const names = await recordedProcesses(home);
  if (names.length === 0) return;
  onProgress?.('stopping', '');
  const { processes } = await status({ home: home.root });
  await stop(home, names);
  await released(processes.flatMap(({ ports }) => ports));
}

/** Waits until nobody listens on the ports any more; the system lets go of them a moment after a process has ended. */
async function released(ports: readonly number[]): Promise<void> {
  for (let attempt = 0; attempt < attempts && (await busyPorts(ports)).length > 0; attempt++)
    await sleep(pauseMs);
}
