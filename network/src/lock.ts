import { mkdir } from 'node:fs/promises';
import { HuilianError } from '@huilian/core';
import lockfile from 'proper-lockfile';
import type { Home } from './home.js';

/** One command at a time works on a network. A lock whose holder was killed is free again after ten seconds. */
export async function exclusively<T>(home: Home, work: () => Promise<T>): Promise<T> {
  await mkdir(home.root, { recursive: true });
  let release: () => Promise<void>;
  try {
    release = await lockfile.lock(home.root, {
      lockfilePath: `${home.root}/network.lock`,
      stale: 10_000,
      retries: { retries: 240, factor: 1, minTimeout: 500, maxTimeout: 500 },
    });
  } catch (cause) {
    throw new HuilianError('HL-8019', { home: home.root }, { cause });
  }
  try {
    return await work();
  } finally {
    await release();
  }
}
