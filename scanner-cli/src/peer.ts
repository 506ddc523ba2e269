import { readFile } from 'node:fs/promises';
import type { LedgerConnection } from '@huilian/fabric';
import { expected, usage, type Context } from './context.js';

/** A connection of the auditor, or of whoever the network's description names, to an organisation's peer. */
export async function peerOf({ config }: Context, mspId: string | undefined): Promise<LedgerConnection> {
  const { connect } = await import('@huilian/fabric');
  const { Home, readDescription } = await import('@huilian/network');
  const network = await readDescription(new Home(config.HUILIAN_HOME));
  const wanted = mspId ?? 'OversightMSP';
  const organisation = network.organisations.find((each) => each.mspId === wanted);
  if (!organisation)
    throw expected('--organisation', network.organisations.map((each) => each.mspId).join(', '));
  const identity = organisation.identities['auditor'] ?? Object.values(organisation.identities)[0];
  if (!identity) throw usage('--organisation', wanted);
  const { address, hostOverride, tlsCa } = organisation.peer;
  return connect({
    peers: [{ address, hostOverride, tlsCa: await readFile(tlsCa, 'utf8') }],
    identity: { mspId: wanted, cert: await readFile(identity.cert, 'utf8') },
    key: await readFile(identity.key, 'utf8'),
    channel: network.channel,
    chaincode: network.chaincode,
  });
}
