import { HuilianError } from '@huilian/core';
import { fabricBinaries, type FabricBinaries } from './binaries.js';
import { builtBundle, readBundle, restoreBundle } from './chaincode/bundle.js';
import { chaincodeProcess, writeConnections } from './chaincode/process.js';
import { makeGenesisBlock } from './channel.js';
import { FabricCommands } from './commands.js';
import { deployBundle, keepDeployed } from './deploy.js';
import { describeNetwork, type NetworkDescription } from './description.js';
import { Home } from './home.js';
import { makeIdentities } from './identities.js';
import { exclusively } from './lock.js';
import { nodeProcesses } from './native/nodes.js';
import { ensureRunning, type ProcessSpec } from './native/processes.js';
import { takePorts } from './ports.js';
import type { OnProgress } from './progress.js';
import { committed, type ReadyCheck } from './ready.js';
import { planOf, readSettings, type Settings, writeSettings } from './settings.js';
import { type Ordering, portsPerNetwork, type Topology } from './topology.js';

export interface UpOptions {
  /** Where the network lives. Default: `HUILIAN_HOME`, else `.huilian` in the checkout. */
  readonly home?: string;
  /** For a new network only. */
  readonly ordering?: Ordering;
  /** First port of a new network. Default: `HUILIAN_NETWORK_PORT`, else the first free range. */
  readonly basePort?: number;
  /** The folder of a built chaincode. Default: the one of this checkout. */
  readonly chaincodeBundle?: string;
  /** Deploy the built chaincode if the channel runs another. Default: say so and leave it; that is for `deploy`. */
  readonly deployBuilt?: boolean;
  readonly onProgress?: OnProgress;
  /** What "ready" means. Default: a transaction was committed. */
  readonly ready?: ReadyCheck;
  /** Ends the wait; what was started so far keeps running until `down`. */
  readonly signal?: AbortSignal;
}

/**
 * Brings the network up: makes what is missing, starts what is down, deploys the chaincode if the channel has none, and
 * returns when a transaction has been committed. On a running network it only checks that.
 * @throws HuilianError HL-8xxx
 */
export async function up(options: UpOptions = {}): Promise<NetworkDescription> {
  const home = options.home === undefined ? Home.fromEnvironment() : new Home(options.home);
  return exclusively(home, async () => bringUp(home, options));
}

async function bringUp(home: Home, options: UpOptions): Promise<NetworkDescription> {
  const onProgress = options.onProgress ?? ((): void => undefined);
  const bundle = options.chaincodeBundle ?? builtBundle;
  let settings = await readSettings(home);
  // A channel that has its chaincode can be brought back without a build.
  if (settings?.deployed === undefined) await readBundle(bundle);
  const binaries = await fabricBinaries(onProgress, options.signal);
  settings ??= await newSettings(home, options);
  if (options.ordering !== undefined && options.ordering !== settings.ordering) {
    throw new HuilianError('HL-8020', { here: settings.ordering, asked: options.ordering });
  }
  const plan = planOf(settings);
  await makeMaterial(home, plan, binaries, onProgress);
  const specs = await processes(home, settings, binaries, bundle);
  const onStart = (): void => {
    onProgress('processes', '1 – 3 s');
  };
  await ensureRunning(home, specs, { onStart, signal: options.signal });
  if (!settings.joined) {
    onProgress('channel', '');
    await join(home, plan, binaries);
    settings = { ...settings, joined: true };
    await writeSettings(home, settings);
  }
  options.signal?.throwIfAborted();
  if (options.deployBuilt === true || settings.deployed === undefined)
    settings = await deployBundle(home, settings, bundle, binaries, onProgress);
  else settings = await keepDeployed(home, settings, bundle, binaries, onProgress);
  const description = await describeNetwork(home, settings);
  onProgress('ready', '1 – 5 s');
  await (options.ready ?? committed)(description, options.signal);
  return description;
}

async function newSettings(home: Home, options: UpOptions): Promise<Settings> {
  const basePort = await takePorts(home, options.basePort ?? portFromEnvironment());
  const settings: Settings = { version: 1, ordering: options.ordering ?? 'raft', basePort, joined: false };
  await writeSettings(home, settings);
  return settings;
}

function portFromEnvironment(): number | undefined {
  const text = process.env['HUILIAN_NETWORK_PORT'];
  if (!text) return undefined;
  const port = Number(text);
  if (Number.isInteger(port) && port >= 1_024 && port <= 65_535 - portsPerNetwork) return port;
  throw new HuilianError('HL-8023', { HUILIAN_NETWORK_PORT: text });
}

async function makeMaterial(
  home: Home,
  plan: Topology,
  binaries: FabricBinaries,
  onProgress: OnProgress,
): Promise<void> {
  await makeIdentities(home, plan, binaries, () => {
    onProgress('identities', '');
  });
  await makeGenesisBlock(home, plan, binaries, () => {
    onProgress('genesis', '');
  });
}

/** Nodes and, when one is deployed already, the chaincode. */
async function processes(
  home: Home,
  settings: Settings,
  binaries: FabricBinaries,
  bundle: string,
): Promise<ProcessSpec[]> {
  const plan = planOf(settings);
  const { deployed } = settings;
  const nodes = await nodeProcesses(home, plan, binaries);
  if (deployed === undefined) return nodes;
  await restoreBundle(home, plan.chaincode, deployed.version, bundle);
  await writeConnections(home, plan, deployed.label, deployed.port);
  return [...nodes, chaincodeProcess(home, plan, deployed)];
}

async function join(home: Home, plan: Topology, binaries: FabricBinaries): Promise<void> {
  const commands = new FabricCommands(home, plan, binaries);
  await Promise.all(
    plan.orderers.map(async (orderer) => {
      if (!(await commands.ordererChannels(orderer)).includes(`"${plan.channel}"`))
        await commands.joinOrderer(orderer);
    }),
  );
  await Promise.all(
    plan.organisations.map(async (organisation) => {
      const channels = (await commands.peerChannels(organisation)).split('\n');
      if (!channels.includes(plan.channel)) await commands.joinPeer(organisation);
    }),
  );
}
