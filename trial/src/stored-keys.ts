import { readFile } from 'node:fs/promises';
import { HuilianError, parseTrustBundle, type Json, type TrustBundle } from '@huilian/core';
import { Home } from '@huilian/network';
import { initKey, loadKey, type StoredKey } from '@huilian/scanner-cli';

async function trustOf(home: string): Promise<TrustBundle> {
  return parseTrustBundle(JSON.parse(await readFile(new Home(home).trust, 'utf8')) as Json);
}

/**
 * The key of a name on this machine, made on first use.
 *
 * @param options `laneElsewhere` when the trial signs with it on its own and not through the queue of the device
 */
export async function keyNamed(
  home: string,
  name: string,
  owner: string,
  options: Pick<StoredKey, 'laneElsewhere'> = {},
): Promise<StoredKey> {
  try {
    return await loadKey(home, name);
  } catch (error) {
    if (!(error instanceof HuilianError) || error.code !== 'HL-7020') throw error;
    return initKey(home, name, owner, await trustOf(home), options);
  }
}
