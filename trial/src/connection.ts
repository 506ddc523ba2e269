import { readFile } from 'node:fs/promises';
import { connect, type LedgerConnection } from '@huilian/fabric';
import type { NetworkDescription, OrganisationDescription } from '@huilian/network';

/** A connection to an organisation's peer with one of its identities. */
export async function connectionOf(
  network: NetworkDescription,
  organisation: OrganisationDescription,
  name: string,
): Promise<LedgerConnection> {
  const identity = organisation.identities[name];
  if (!identity) throw new Error(`${organisation.mspId} has no identity ${name}`);
  const { address, hostOverride, tlsCa } = organisation.peer;
  return connect({
    peers: [{ address, hostOverride, tlsCa: await readFile(tlsCa, 'utf8') }],
    identity: { mspId: organisation.mspId, cert: await readFile(identity.cert, 'utf8') },
    key: await readFile(identity.key, 'utf8'),
    channel: network.channel,
    chaincode: network.chaincode,
  });
}

/** A connection that relays batches, as a gateway of the first organisation does. */
export async function relayOf(network: NetworkDescription): Promise<LedgerConnection> {
  const [organisation] = network.organisations;
  if (!organisation) throw new Error('the network has no organisations');
  return connectionOf(network, organisation, 'gateway');
}
