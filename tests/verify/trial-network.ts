import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseTrustBundle, type Json, type TrustBundle } from '@huilian/core';
import { connect, type LedgerConnection } from '@huilian/fabric';
import { Home, purge, up, type NetworkDescription, type Ordering } from '@huilian/network';

/** A network of its own for one file of tests. */
export interface TrialNetwork {
  /** The folder that it lives in. */
  readonly home: string;
  readonly description: NetworkDescription;
  readonly trust: TrustBundle;
  /** A connection with one organisation's identity, its own peer first. */
  connect(mspId: string, identity?: string): Promise<LedgerConnection>;
  stop(): Promise<void>;
}

/** Brings up a network in a temporary home. */
export async function startTrialNetwork(ordering: Ordering = 'raft'): Promise<TrialNetwork> {
  const root = await mkdtemp(join(tmpdir(), 'huilian-verify-'));
  const description = await up({ home: root, ordering });
  const trust = parseTrustBundle(JSON.parse(await readFile(new Home(root).trust, 'utf8')) as Json);
  const open: LedgerConnection[] = [];
  return {
    home: root,
    description,
    trust,
    async connect(mspId, identity = 'gateway') {
      const connection = await connectAs(description, mspId, identity);
      open.push(connection);
      return connection;
    },
    async stop() {
      for (const connection of open) connection.close();
      await purge({ home: root });
      await rm(root, { recursive: true, force: true });
    },
  };
}

async function connectAs(
  network: NetworkDescription,
  mspId: string,
  identity: string,
): Promise<LedgerConnection> {
  const own = network.organisations.find((organisation) => organisation.mspId === mspId);
  const files = own?.identities[identity];
  if (own === undefined || files === undefined) throw new Error(`${mspId} has no identity ${identity}`);
  const inOrder = [own, ...network.organisations.filter((organisation) => organisation !== own)];
  const peers = await Promise.all(
    inOrder.map(async ({ peer: { address, hostOverride, tlsCa } }) => ({
      address,
      hostOverride,
      tlsCa: await readFile(tlsCa, 'utf8'),
    })),
  );
  return connect({
    peers,
    identity: { mspId, cert: await readFile(files.cert, 'utf8') },
    key: await readFile(files.key, 'utf8'),
    channel: network.channel,
    chaincode: network.chaincode,
  });
}
