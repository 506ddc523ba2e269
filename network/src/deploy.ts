import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { HuilianError } from '@huilian/core';
import { fabricBinaries, type FabricBinaries } from './binaries.js';
import {
  builtBundle,
  forgetOtherBundles,
  keepBundle,
  keptBundle,
  labelOf,
  readBundle,
} from './chaincode/bundle.js';
import { writePackage } from './chaincode/package.js';
import { chaincodeName, chaincodeProcess, writeConnections } from './chaincode/process.js';
import { type Definition, FabricCommands } from './commands.js';
import { describeNetwork, type NetworkDescription } from './description.js';
import { Home } from './home.js';
import { exclusively } from './lock.js';
import { ensureRunning, stop } from './native/processes.js';
import type { OnProgress } from './progress.js';
import { committed, type ReadyCheck } from './ready.js';
import { type Deployed, planOf, readSettings, type Settings, writeSettings } from './settings.js';
import type { Topology } from './topology.js';

const agreeTimeoutMs = 20_000;
const agreePauseMs = 300;

export interface DeployOptions {
  readonly home?: string;
  readonly chaincodeBundle?: string;
  readonly onProgress?: OnProgress;
  readonly ready?: ReadyCheck;
}

/**
 * Deploys a bundle on a running network. Data is kept; transactions go on while it happens, because the new process
 * runs beside the old one until the channel has switched.
 * @throws HL-8017 when there is no network here, HL-8011 when there is no bundle
 */
export async function deploy(options: DeployOptions = {}): Promise<NetworkDescription> {
  const home = options.home === undefined ? Home.fromEnvironment() : new Home(options.home);
  const onProgress = options.onProgress ?? ((): void => undefined);
  return exclusively(home, async () => {
    const settings = await readSettings(home);
    if (settings?.joined !== true) throw new HuilianError('HL-8017', { home: home.root });
    const bundle = options.chaincodeBundle ?? builtBundle;
    const deployed = await deployBundle(home, settings, bundle, await fabricBinaries(onProgress), onProgress);
    const description = await describeNetwork(home, deployed);
    await (options.ready ?? committed)(description);
    return description;
  });
}

/**
 * Makes the channel run the bundle in a folder: install, start, approve, commit, stop the former. Nothing to do when it
 * does already.
 */
export async function deployBundle(
  home: Home,
  settings: Settings,
  bundle: string,
  binaries: FabricBinaries,
  onProgress: OnProgress,
): Promise<Settings> {
  const built = await readBundle(bundle);
  if (settings.deployed?.version === built.version && settings.deploying !== true) return settings;
  onProgress(settings.deployed === undefined ? 'chaincode' : 'newChaincode', '1 – 3 s');
  const plan = planOf(settings);
  const commands = new FabricCommands(home, plan, binaries);
  const next = await prepare(home, settings, bundle, commands);
  await writeSettings(home, { ...settings, deploying: true });
  await writeConnections(home, plan, next.label, next.port);
  await Promise.all([
    ensureRunning(home, [chaincodeProcess(home, plan, next)]),
    ...plan.organisations.map(async (organisation) => {
      const installed = await commands.installed(organisation);
      if (!installed.includes(next.packageId))
        await commands.install(organisation, packageFile(home, next.label));
    }),
  ]);
  await agree(plan, commands, next);
  const { version, ordering, basePort, joined } = settings;
  const changed: Settings = { version, ordering, basePort, joined, deployed: next };
  await writeSettings(home, changed);
  if (settings.deployed !== undefined) await stop(home, [chaincodeName(plan, settings.deployed.port)]);
  await forgetOtherBundles(home, next.label);
  return changed;
}

/**
 * Leaves the channel the chaincode that it has, and says so when another was built. A deployment that was cut off is
 * brought to the end that the channel has agreed on.
 */
export async function keepDeployed(
  home: Home,
  settings: Settings,
  bundle: string,
  binaries: FabricBinaries,
  onProgress: OnProgress,
): Promise<Settings> {
  const plan = planOf(settings);
  let kept = settings;
  if (settings.deploying === true) {
    const agreed = await new FabricCommands(home, plan, binaries).committed();
    const version = agreed?.version ?? settings.deployed?.version ?? '';
    const copy = keptBundle(home, labelOf(plan.chaincode, version));
    kept = await deployBundle(home, settings, copy, binaries, onProgress);
  }
  const built = await readBundle(bundle).catch(() => undefined);
  if (built !== undefined && built.version !== kept.deployed?.version) onProgress('otherChaincode', '');
  return kept;
}

/** Keeps bundle and package, and chooses sequence and port. */
async function prepare(
  home: Home,
  settings: Settings,
  bundle: string,
  commands: FabricCommands,
): Promise<Deployed> {
  const plan = planOf(settings);
  const { version } = await keepBundle(home, plan.chaincode, bundle);
  const label = labelOf(plan.chaincode, version);
  await writePackage(packageFile(home, label), label);
  const [packageId, current] = await Promise.all([
    commands.packageId(packageFile(home, label)),
    commands.committed(),
  ]);
  const [first, second] = plan.chaincodePorts;
  const port = settings.deployed?.port === first ? second : first;
  // A process of an attempt that was cut off may still hold the port.
  await stop(home, [chaincodeName(plan, port)]);
  return { version, sequence: nextSequence(current, version), label, packageId, port };
}

/** The channel may have the version already, when the last attempt was cut off after its commit. */
function nextSequence(current: Definition | undefined, version: string): number {
  if (current === undefined) return 1;
  return current.version === version ? current.sequence : current.sequence + 1;
}

/** Approves and commits. After a start the orderers may not have a leader yet, so what fails is tried again for a while. */
async function agree(plan: Topology, commands: FabricCommands, next: Deployed): Promise<void> {
  const deadline = Date.now() + agreeTimeoutMs;
  for (;;) {
    try {
      await approveAndCommit(plan, commands, next);
      return;
    } catch (error) {
      if (!(error instanceof HuilianError) || Date.now() > deadline) throw error;
      await sleep(agreePauseMs);
    }
  }
}

/** Does what is still missing: Fabric refuses to approve the same definition twice. */
async function approveAndCommit(plan: Topology, commands: FabricCommands, next: Deployed): Promise<void> {
  if ((await commands.committed())?.sequence === next.sequence) return;
  const approvals = await commands.approvals(next);
  const missing = plan.organisations.filter(({ mspId }) => approvals[mspId] !== true);
  await Promise.all(
    missing.map(async (organisation) => commands.approve(organisation, next, next.packageId)),
  );
  await commands.commit(next);
}

function packageFile(home: Home, label: string): string {
  return path.join(home.chaincode(label), 'package.tgz');
}
