import type { LedgerConnection } from '@huilian/fabric';
import { connectionOf, type NetworkDescription } from '@huilian/network';

/** A connection that relays batches, as a gateway of the first organisation does. */
export async function relayOf(network: NetworkDescription): Promise<LedgerConnection> {
  const [organisation] = network.organisations;
  if (!organisation) throw new Error('the network has no organisations');
  return connectionOf(network, organisation, 'gateway');
}
