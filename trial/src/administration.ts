import { canonicalText, keyIdOf, makeKeyRequest, type PrivateKey } from '@huilian/core';
import type { LedgerConnection } from '@huilian/fabric';
import { connectionOf, type NetworkDescription } from '@huilian/network';
import { keyNamed } from './stored-keys.js';

/** Administrator keys of the trial: one an organisation, and a second for Oversight, because two must agree there. */
const NAMES: Readonly<Record<string, readonly string[]>> = {
  RecyclingMSP: ['recycling'],
  AftermarketMSP: ['aftermarket'],
  OversightMSP: ['oversight-1', 'oversight-2'],
};

/**
 * The administrator keys, registered on the ledger by each organisation's Fabric administrator if they are not yet.
 *
 * @param home folder of the device that keeps the keys
 * @returns keys by name
 */
export async function administrators(
  network: NetworkDescription,
  home: string,
): Promise<ReadonlyMap<string, PrivateKey>> {
  const keys = new Map<string, PrivateKey>();
  for (const organisation of network.organisations) {
    const ledger = await connectionOf(network, organisation, 'administrator');
    try {
      for (const name of NAMES[organisation.mspId] ?? []) {
        const { key } = await keyNamed(home, name, organisation.mspId, { laneElsewhere: true });
        await register(ledger, network.ledger, organisation.mspId, key);
        keys.set(name, key);
      }
    } finally {
      ledger.close();
    }
  }
  return keys;
}

async function register(ledger: LedgerConnection, id: string, mspId: string, key: PrivateKey): Promise<void> {
  const known = Buffer.from(await ledger.evaluate('Keys:get', [keyIdOf(key)])).toString();
  if (known !== 'null') return;
  await ledger.submit('Administration:registerAdministrator', [
    canonicalText(makeKeyRequest(id, mspId, key)),
  ]);
}
