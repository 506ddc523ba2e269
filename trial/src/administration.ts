import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { canonicalText, keyIdOf, makeKeyRequest, type PrivateKey } from '@huilian/core';
import { connect, type LedgerConnection } from '@huilian/fabric';
import type { NetworkDescription, OrganisationDescription } from '@huilian/network';
import { keyIn } from './key-store.js';

/** Administrator keys of the trial: one an organisation, and a second for Oversight, because two must agree there. */
const NAMES: Readonly<Record<string, readonly string[]>> = {
  RecyclingMSP: ['recycling'],
  AftermarketMSP: ['aftermarket'],
  OversightMSP: ['oversight-1', 'oversight-2'],
};

/** A connection with the organisation's administrator certificate. */
async function administratorOf(network: NetworkDescription, organisation: OrganisationDescription): Promise<LedgerConnection> {
  const identity = organisation.identities['administrator'];
  if (!identity) throw new Error(`${organisation.mspId} has no administrator`);
  const { address, hostOverride, tlsCa } = organisation.peer;
  return connect({
    peers: [{ address, hostOverride, tlsCa: await readFile(tlsCa, 'utf8') }],
    identity: { mspId: organisation.mspId, cert: await readFile(identity.cert, 'utf8') },
    key: await readFile(identity.key, 'utf8'),
    channel: network.channel,
    chaincode: network.chaincode,
  });
}

/**
 * The administrator keys, registered on the ledger by each organisation's Fabric administrator if they are not yet.
 *
 * @param folder where the keys are kept
 * @returns keys by name
 */
export async function administrators(network: NetworkDescription, folder: string): Promise<ReadonlyMap<string, PrivateKey>> {
  const keys = new Map<string, PrivateKey>();
  for (const organisation of network.organisations) {
    const ledger = await administratorOf(network, organisation);
    try {
      for (const name of NAMES[organisation.mspId] ?? []) {
        const key = await keyIn(join(folder, `administrator-${name}.json`));
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
  await ledger.submit('Administration:registerAdministrator', [canonicalText(makeKeyRequest(id, mspId, key))]);
}
