import { readFile } from 'node:fs/promises';
import { HuilianError } from '@huilian/core';
import { connect, type Deadlines, type LedgerConnection } from '@huilian/fabric';
import type { NetworkDescription, OrganisationDescription } from './description.js';

/**
 * A connection to an organisation's own peer with one of its identities.
 *
 * @param name of the identity, such as `gateway`, `auditor` or `administrator`
 * @param deadlines milliseconds that calls may take, where the usual ones do not fit
 * @throws HuilianError HL-8017 when the organisation has no identity of this name
 */
export async function connectionOf(
  network: NetworkDescription,
  organisation: OrganisationDescription,
  name: string,
  deadlines: Partial<Deadlines> = {},
): Promise<LedgerConnection> {
  const identity = organisation.identities[name];
  if (identity === undefined) throw new HuilianError('HL-8017', { identity: name });
  const { address, hostOverride, tlsCa } = organisation.peer;
  return connect({
    peers: [{ address, hostOverride, tlsCa: await readFile(tlsCa, 'utf8') }],
    identity: { mspId: organisation.mspId, cert: await readFile(identity.cert, 'utf8') },
    key: await readFile(identity.key, 'utf8'),
    channel: network.channel,
    chaincode: network.chaincode,
    deadlines,
  });
}
