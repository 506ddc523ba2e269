import { HuilianError } from '@huilian/core';
import { readIfThere } from './files.js';
import { chaincodeName } from './chaincode/process.js';
import { Home } from './home.js';
import { pidOf } from './native/processes.js';
import { planOf, readSettings, type Settings } from './settings.js';
import type { Ordering } from './topology.js';

export interface ProcessStatus {
  readonly name: string;
  /** Undefined when it does not run. */
  readonly pid?: number;
  readonly ports: readonly number[];
  readonly log: string;
  /** Where it tells its health and metrics, for the nodes of Fabric. */
  readonly operations?: string;
}

export interface NetworkStatus {
  readonly home: string;
  readonly state: 'absent' | 'down' | 'partly' | 'up';
  readonly ordering?: Ordering;
  readonly basePort?: number;
  readonly chaincodeVersion?: string;
  readonly processes: readonly ProcessStatus[];
}

/** What of the network runs. Looks at processes only: whether they answer is for `doctor` and for the check of `up`. */
export async function status(options: { readonly home?: string } = {}): Promise<NetworkStatus> {
  const home = options.home === undefined ? Home.fromEnvironment() : new Home(options.home);
  const settings = await readSettings(home);
  if (settings === undefined) return { home: home.root, state: 'absent', processes: [] };
  const processes = await Promise.all(
    expectedProcesses(settings).map(async ({ name, ports, operations }): Promise<ProcessStatus> => {
      const pid = await pidOf(home, name);
      const known = { name, ports, log: home.log(name), ...(operations === undefined ? {} : { operations }) };
      return pid === undefined ? known : { ...known, pid };
    }),
  );
  const running = processes.filter(({ pid }) => pid !== undefined).length;
  return {
    home: home.root,
    state: running === 0 ? 'down' : running === processes.length ? 'up' : 'partly',
    ordering: settings.ordering,
    basePort: settings.basePort,
    ...(settings.deployed === undefined ? {} : { chaincodeVersion: settings.deployed.version }),
    processes,
  };
}

/**
 * The last lines of the logs, by process name; of one process when it is named.
 * @throws HL-8017 when there is no network, HL-8030 when it has no such process
 */
export async function logs(
  options: { readonly home?: string; readonly process?: string; readonly lines?: number } = {},
): Promise<Map<string, string[]>> {
  const home = options.home === undefined ? Home.fromEnvironment() : new Home(options.home);
  const { processes } = await status({ home: home.root });
  if (processes.length === 0) throw new HuilianError('HL-8017', { home: home.root });
  const names = processes.map(({ name }) => name);
  if (options.process !== undefined && !names.includes(options.process))
    throw new HuilianError('HL-8030', { process: options.process, known: names.join(' ') });
  const tails = new Map<string, string[]>();
  for (const { name, log } of processes) {
    if (options.process !== undefined && options.process !== name) continue;
    const lines = ((await readIfThere(log)) ?? '').split('\n').filter((line) => line !== '');
    tails.set(name, lines.slice(-(options.lines ?? 20)));
  }
  return tails;
}

interface Expected {
  readonly name: string;
  readonly ports: readonly number[];
  readonly operations?: string;
}

function expectedProcesses(settings: Settings): Expected[] {
  const plan = planOf(settings);
  const { deployed } = settings;
  return [
    ...plan.orderers.map(({ id, port, adminPort, operationsPort }) => ({
      name: id,
      ports: [port, adminPort, operationsPort],
      operations: `http://127.0.0.1:${operationsPort}`,
    })),
    ...plan.organisations.map(({ peer }) => ({
      name: peer.id,
      ports: [peer.port, peer.chaincodePort, peer.operationsPort],
      operations: `http://127.0.0.1:${peer.operationsPort}`,
    })),
    ...(deployed === undefined ? [] : [{ name: chaincodeName(plan, deployed.port), ports: [deployed.port] }]),
  ];
}
