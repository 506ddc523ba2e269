import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { stringify } from 'yaml';
import type { FabricBinaries } from '../binaries.js';
import { writeWhole } from '../files.js';
import type { Home } from '../home.js';
import { Paths } from '../identities.js';
import type { Topology } from '../topology.js';
import { ordererConfig } from './orderer.js';
import { peerConfig } from './peer.js';
import type { ProcessSpec } from './processes.js';

const logging = {
  // Without a line for every call and every endorsement: under load that is what a node would mostly do.
  FABRIC_LOGGING_SPEC:
    'info:gossip=warning:grpc=error:comm.grpc.server=warning:endorser=warning:orderer.common.broadcast=error',
  FABRIC_LOGGING_FORMAT: '%{time:2006-01-02T15:04:05.000Z07:00} %{level:.4s} [%{module}] %{message}',
};

/** Writes the configuration of every node and says how each is started. */
export async function nodeProcesses(
  home: Home,
  plan: Topology,
  binaries: FabricBinaries,
): Promise<ProcessSpec[]> {
  const paths = new Paths(home, plan);
  const specs: ProcessSpec[] = [];
  for (const orderer of plan.orderers) {
    const config = home.config(orderer.id);
    await writeWhole(path.join(config, 'orderer.yaml'), stringify(ordererConfig(home, paths, plan, orderer)));
    await mkdir(home.data(orderer.id), { recursive: true });
    specs.push({
      name: orderer.id,
      program: binaries('orderer'),
      args: [],
      cwd: home.data(orderer.id),
      env: { ...logging, FABRIC_CFG_PATH: config },
      ports: [orderer.port, orderer.adminPort, orderer.operationsPort],
    });
  }
  for (const organisation of plan.organisations) {
    const { peer } = organisation;
    const config = home.config(peer.id);
    const temporary = path.join(home.data(peer.id), 'tmp');
    await writeWhole(path.join(config, 'core.yaml'), stringify(peerConfig(home, paths, organisation)));
    await mkdir(temporary, { recursive: true });
    specs.push({
      name: peer.id,
      program: binaries('peer'),
      args: ['node', 'start'],
      cwd: home.data(peer.id),
      env: {
        ...logging,
        FABRIC_CFG_PATH: config,
        HUILIAN_CONNECTIONS: home.connections(peer.id),
        TMPDIR: temporary,
      },
      ports: [peer.port, peer.chaincodePort, peer.operationsPort],
    });
  }
  return specs;
}
