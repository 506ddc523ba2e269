import { readFileSync } from 'node:fs';
import type { ConnectionOptions } from '@huilian/fabric';
import type { NetworkDescription } from '@huilian/network';

/** What a process needs to read the blocks of a network, as plain JSON. */
export function connectionOptions(
  network: NetworkDescription,
  mspId: string,
  identity = 'gateway',
): ConnectionOptions {
  const own = network.organisations.find((organisation) => organisation.mspId === mspId);
  const files = own?.identities[identity];
  if (own === undefined || files === undefined) throw new Error(`${mspId} has no identity ${identity}.`);
  const ownFirst = [own, ...network.organisations.filter((organisation) => organisation !== own)];
  return {
    peers: ownFirst.map(({ peer }) => ({ ...peer, tlsCa: readFileSync(peer.tlsCa, 'utf8') })),
    identity: { mspId, cert: readFileSync(files.cert, 'utf8') },
    key: readFileSync(files.key, 'utf8'),
    channel: network.channel,
    chaincode: network.chaincode,
  };
}
