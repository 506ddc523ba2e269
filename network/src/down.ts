import { rm } from 'node:fs/promises';
import { Home } from './home.js';
import { exclusively } from './lock.js';
import { recordedProcesses, stop } from './native/processes.js';
import type { OnProgress } from './progress.js';

export interface DownOptions {
  readonly home?: string;
  readonly onProgress?: OnProgress;
}

/** Stops every process of this network and nothing else. Data stays. */
export async function down(options: DownOptions = {}): Promise<void> {
  const home = options.home === undefined ? Home.fromEnvironment() : new Home(options.home);
  await exclusively(home, async () => stopAll(home, options.onProgress));
}

/** Stops the network and removes its data, certificates and logs. Other folders of the home stay. */
export async function purge(options: DownOptions = {}): Promise<void> {
  const home = options.home === undefined ? Home.fromEnvironment() : new Home(options.home);
  await exclusively(home, async () => {
    await stopAll(home, options.onProgress);
    await rm(home.network, { recursive: true, force: true });
  });
}

async function stopAll(home: Home, onProgress: OnProgress | undefined): Promise<void> {
  const names = await recordedProcesses(home);
  if (names.length === 0) return;
  onProgress?.('stopping', '');
  await stop(home, names);
}
