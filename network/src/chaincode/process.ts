import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { readIfThere, writeJson } from '../files.js';
import type { Home } from '../home.js';
import { keptBundle } from './bundle.js';
import { Paths } from '../identities.js';
import type { ProcessSpec } from '../native/processes.js';
import type { Deployed } from '../settings.js';
import { localhost, loopback, type PeerPlan, type Topology } from '../topology.js';

/**
 * A group of a thousand events is some megabytes of short-lived objects: with the default 16 MiB many of them would be copied
 * before they are garbage.
 */
const YOUNG_SPACE = '--max-semi-space-size=64';

/** How the process of a deployed chaincode is started. Its name tells the two ports apart. */
export function chaincodeProcess(home: Home, plan: Topology, deployed: Deployed): ProcessSpec {
  const tls = new Paths(home, plan);
  const bundle = keptBundle(home, deployed.label);
  return {
    name: chaincodeName(plan, deployed.port),
    program: process.execPath,
    args: [YOUNG_SPACE, path.join(bundle, 'main.js')],
    cwd: bundle,
    env: {
      NODE_ENV: 'production',
      CHAINCODE_ID: deployed.packageId,
      CHAINCODE_SERVER_ADDRESS: `${loopback}:${deployed.port}`,
      CHAINCODE_VERSION: deployed.version,
      CHAINCODE_TLS_KEY_FILE: tls.chaincodeTls('server').key,
      CHAINCODE_TLS_CERT_FILE: tls.chaincodeTls('server').cert,
      CHAINCODE_CLIENT_CA_FILE: tls.chaincodeTls('authority').cert,
    },
    ports: [deployed.port],
  };
}

/** `chaincode-a` or `chaincode-b`: a new version runs on the other port before the old one stops. */
export function chaincodeName(plan: Topology, port: number): string {
  return port === plan.chaincodePorts[0] ? 'chaincode-a' : 'chaincode-b';
}

/** Tells each peer how to reach the process of a label: for packages yet to be installed and for those already built. */
export async function writeConnections(
  home: Home,
  plan: Topology,
  label: string,
  port: number,
): Promise<void> {
  const paths = new Paths(home, plan);
  const rootCert = await readFile(paths.chaincodeTls('authority').cert, 'utf8');
  for (const { peer } of plan.organisations) {
    const tls = paths.chaincodeTls(peer.id);
    const connection = {
      address: `${localhost}:${port}`,
      domain: localhost,
      dial_timeout: '10s',
      tls_required: true,
      client_auth_required: true,
      client_key: await readFile(tls.key, 'utf8'),
      client_cert: await readFile(tls.cert, 'utf8'),
      root_cert: rootCert,
    };
    await writeJson(path.join(home.connections(peer.id), `${label}.json`), connection);
    await refreshBuilt(home, peer, label, connection);
  }
}

/** A peer keeps what its builder released; after a move of the home or of the ports it would be stale. */
async function refreshBuilt(home: Home, peer: PeerPlan, label: string, connection: unknown): Promise<void> {
  const builds = path.join(home.data(peer.id), 'externalbuilder', 'builds');
  for (const build of await readdir(builds).catch(() => [])) {
    const file = path.join(builds, build, 'release', 'chaincode', 'server', 'connection.json');
    if (build.startsWith(label) && (await readIfThere(file)) !== undefined) await writeJson(file, connection);
  }
}
