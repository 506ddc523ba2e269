import { readFile } from 'node:fs/promises';
import { HuilianError, parseTrustBundle, type Json, type TrustBundle } from '@huilian/core';
import { Home } from '@huilian/network';
import { initKey, loadKey, type StoredKey } from '@huilian/scanner-cli';

async function trustOf(home: string): Promise<TrustBundle> {
  return parseTrustBundle(JSON.parse(await readFile(new Home(home).trust, 'utf8')) as Json);
}

/**
 * The trial's own key of a name, made on first use. A key is pinned to the ledger that it was made for: when the ledger of
 * this home is another by now, the old key stays and one named after the new ledger takes its place.
 *
 * @param options `laneElsewhere` when the trial signs with it on its own and not through the queue of the device
 */
export async function keyNamed(
  home: string,
  name: string,
  owner: string,
  options: Pick<StoredKey, 'laneElsewhere'> = {},
): Promise<StoredKey> {
  const trust = await trustOf(home);
  const known = await storedKey(home, name);
  if (known?.trust.ledger === trust.ledger) return known;
  if (known === undefined) return initKey(home, name, owner, trust, options);
  const anew = `${name}-${trust.ledger.slice(0, 8)}`;
  return (await storedKey(home, anew)) ?? initKey(home, anew, owner, trust, options);
}

async function storedKey(home: string, name: string): Promise<StoredKey | undefined> {
  try {
    return await loadKey(home, name);
  } catch (error) {
    if (error instanceof HuilianError && error.code === 'HL-7020') return undefined;
    throw error;
  }
}
