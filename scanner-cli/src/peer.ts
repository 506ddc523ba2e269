import type { LedgerConnection } from '@huilian/fabric';
import { expected, usage, type Context } from './context.js';

/** A connection of the auditor, or of whoever the network's description names, to an organisation's peer. */
export async function peerOf({ config }: Context, mspId: string | undefined): Promise<LedgerConnection> {
  const { connectionOf, Home, readDescription } = await import('@huilian/network');
  const network = await readDescription(new Home(config.HUILIAN_HOME));
  const wanted = mspId ?? 'OversightMSP';
  const organisation = network.organisations.find((each) => each.mspId === wanted);
  if (!organisation)
    throw expected('--organisation', network.organisations.map((each) => each.mspId).join(', '));
  const names = Object.keys(organisation.identities);
  const name = names.find((each) => each === 'auditor') ?? names[0];
  if (name === undefined) throw usage('--organisation', wanted);
  return connectionOf(network, organisation, name);
}
