import { existsSync } from 'node:fs';
import { mkdir, readFile, rename } from 'node:fs/promises';
import path from 'node:path';
import { decodeBlock } from '@huilian/fabric';
import { stringify } from 'yaml';
import type { FabricBinaries } from './binaries.js';
import { writeWhole } from './files.js';
import type { Home } from './home.js';
import { Paths } from './identities.js';
import { run } from './run.js';
import { localhost, oversightAndOneOther, type Topology } from './topology.js';

const profile = 'Huilian';

/**
 * Writes the genesis block of the channel. Does nothing when it is there.
 * @param onStart called when there is something to write
 */
export async function makeGenesisBlock(
  home: Home,
  plan: Topology,
  binaries: FabricBinaries,
  onStart: () => void,
): Promise<void> {
  if (existsSync(home.genesisBlock)) return;
  onStart();
  await mkdir(path.dirname(home.genesisBlock), { recursive: true });
  const config = home.config('channel');
  await writeWhole(
    path.join(config, 'configtx.yaml'),
    stringify({ Profiles: { [profile]: channelConfig(home, plan) } }),
  );
  const temporary = `${home.genesisBlock}.tmp`;
  const args = [
    '-profile',
    profile,
    '-channelID',
    plan.channel,
    '-outputBlock',
    temporary,
    '-configPath',
    config,
  ];
  await run(binaries('configtxgen'), args, { env: { ...process.env, FABRIC_CFG_PATH: config } });
  await rename(temporary, home.genesisBlock);
}

/** The name of the ledger: SHA-256, in hex, of the genesis block's header as Fabric hashes it. */
export async function ledgerOf(genesisBlock: string): Promise<string> {
  return decodeBlock(await readFile(genesisBlock)).hash;
}

function channelConfig(home: Home, plan: Topology): unknown {
  const paths = new Paths(home, plan);
  return {
    Policies: {
      Readers: implicitMeta('ANY Readers'),
      Writers: implicitMeta('ANY Writers'),
      Admins: implicitMeta('ALL Admins'),
    },
    // V3_0 is needed for SmartBFT and for reading many keys in one message.
    Capabilities: { V3_0: true },
    Orderer: ordererConfig(paths, plan),
    Application: applicationConfig(paths, plan),
  };
}

function applicationConfig(paths: Paths, plan: Topology): unknown {
  return {
    Organizations: plan.organisations.map(({ mspId, domain, peer }) => ({
      Name: mspId,
      ID: mspId,
      MSPDir: paths.msp(domain),
      Policies: {
        Readers: signature(`OR('${mspId}.admin', '${mspId}.peer', '${mspId}.client')`),
        Writers: signature(`OR('${mspId}.admin', '${mspId}.client')`),
        Admins: signature(`OR('${mspId}.admin')`),
        Endorsement: signature(`OR('${mspId}.peer')`),
      },
      AnchorPeers: [{ Host: localhost, Port: peer.port }],
    })),
    Policies: {
      Readers: implicitMeta('ANY Readers'),
      Writers: implicitMeta('ANY Writers'),
      // Not a majority: the two paid parties would be one.
      Admins: signature(oversightAndOneOther('admin')),
      LifecycleEndorsement: signature(oversightAndOneOther('peer')),
      Endorsement: signature(oversightAndOneOther('peer')),
    },
    Capabilities: { V2_5: true },
  };
}

function ordererConfig(paths: Paths, plan: Topology): unknown {
  const { mspId, domain } = plan.orderingOrganisation;
  return {
    OrdererType: plan.ordering === 'bft' ? 'BFT' : 'etcdraft',
    // Short, because one scan waits for it; under load blocks are cut by size.
    BatchTimeout: '50ms',
    // A block is cut by its bytes or after 50 ms, see docs/performance.md: a few groups of a thousand events, or one lone event.
    BatchSize: { MaxMessageCount: 500, AbsoluteMaxBytes: '10 MB', PreferredMaxBytes: '1 MB' },
    Organizations: [
      {
        Name: mspId,
        ID: mspId,
        MSPDir: paths.msp(domain),
        Policies: {
          Readers: signature(`OR('${mspId}.member')`),
          Writers: signature(`OR('${mspId}.member')`),
          Admins: signature(`OR('${mspId}.admin')`),
        },
        OrdererEndpoints: plan.orderers.map((orderer) => `${localhost}:${orderer.port}`),
      },
    ],
    Policies: {
      Readers: implicitMeta('ANY Readers'),
      Writers: implicitMeta('ANY Writers'),
      Admins: implicitMeta('MAJORITY Admins'),
      BlockValidation: implicitMeta('ANY Writers'),
    },
    Capabilities: { V2_0: true },
    ...(plan.ordering === 'bft' ? smartBft(paths, plan) : raft(paths, plan)),
  };
}

function raft(paths: Paths, plan: Topology): object {
  return {
    EtcdRaft: {
      Consenters: plan.orderers.map((orderer) => ({
        Host: localhost,
        Port: orderer.port,
        ...tlsOf(paths, orderer),
      })),
      // A single orderer waits ElectionTick × TickInterval after each start.
      Options: {
        TickInterval: '100ms',
        ElectionTick: 5,
        HeartbeatTick: 1,
        MaxInflightBlocks: 5,
        SnapshotIntervalSize: '16 MB',
      },
    },
  };
}

function smartBft(paths: Paths, plan: Topology): object {
  return {
    ConsenterMapping: plan.orderers.map((orderer, index) => ({
      ID: index + 1,
      Host: localhost,
      Port: orderer.port,
      MSPID: plan.orderingOrganisation.mspId,
      Identity: paths.ordererCertificate(orderer),
      ...tlsOf(paths, orderer),
    })),
    // The sample's heartbeat of a minute would stop everybody for a minute when a leader dies.
    SmartBFT: {
      RequestBatchMaxInterval: '50ms',
      RequestForwardTimeout: '2s',
      RequestComplainTimeout: '5s',
      RequestAutoRemoveTimeout: '3m0s',
      ViewChangeResendInterval: '2s',
      ViewChangeTimeout: '5s',
      LeaderHeartbeatTimeout: '5s',
      CollectTimeout: '1s',
      IncomingMessageBufferSize: 200,
      RequestPoolSize: 100_000,
      LeaderHeartbeatCount: 10,
    },
  };
}

function tlsOf(
  paths: Paths,
  orderer: Topology['orderers'][number],
): { ClientTLSCert: string; ServerTLSCert: string } {
  const certificate = path.join(paths.orderer(orderer), 'tls', 'server.crt');
  return { ClientTLSCert: certificate, ServerTLSCert: certificate };
}

function signature(rule: string): unknown {
  return { Type: 'Signature', Rule: rule };
}

function implicitMeta(rule: string): unknown {
  return { Type: 'ImplicitMeta', Rule: rule };
}
