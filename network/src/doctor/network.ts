import { HuilianError } from '@huilian/core';
import { LedgerError } from '@huilian/fabric';
import { builtBundle, keptBundle, readBundle } from '../chaincode/bundle.js';
import { connectionOf } from '../connection.js';
import { readDescription } from '../description.js';
import type { Home } from '../home.js';
import { describeListener, listenerOf } from '../native/system.js';
import { lastinglyBusy } from '../ports.js';
import { probeDeadlines } from '../ready.js';
import type { Settings } from '../settings.js';
import type { NetworkStatus, ProcessStatus } from '../status.js';
import { fault, type Finding, good, warning } from './finding.js';

const healthTimeoutMs = 2_000;
const longestReason = 160;

/** Every process runs and says that it is well; what does not run would find its ports free. */
export async function checkProcesses(network: NetworkStatus): Promise<Finding[]> {
  if (network.state === 'down')
    return [warning('network', 'HL-8024'), ...(await foreignListeners(network.processes))];
  const findings = await Promise.all(network.processes.map(checkProcess));
  return findings.flat();
}

async function checkProcess(process: ProcessStatus): Promise<Finding[]> {
  const { name, pid, operations } = process;
  if (pid === undefined)
    return [fault('process', 'HL-8009', { process: name }), ...(await foreignListeners([process]))];
  if (operations !== undefined && !(await isHealthy(operations))) {
    return [fault('process', 'HL-8025', { process: name, log: process.log })];
  }
  return [good('process', { name, pid })];
}

/** Ports of processes that are down, and who has taken them. */
async function foreignListeners(processes: readonly ProcessStatus[]): Promise<Finding[]> {
  const busy = await lastinglyBusy(processes.flatMap(({ ports }) => ports));
  return Promise.all(
    busy.map(async (port) =>
      fault('ports', 'HL-8006', { port, process: describeListener(await listenerOf(port)) }),
    ),
  );
}

/** The chaincode answers through every organisation's peer. */
export async function checkChaincode(home: Home): Promise<Finding[]> {
  const network = await readDescription(home);
  return Promise.all(
    network.organisations.map(async (organisation): Promise<Finding> => {
      const peer = organisation.peer.id;
      const connection = await connectionOf(network, organisation, 'gateway', probeDeadlines);
      try {
        await connection.evaluate('State:ledger', []);
        return good('chaincode', { peer, version: network.chaincodeVersion });
      } catch (error) {
        if (!(error instanceof LedgerError)) throw error;
        // Fabric wraps the cause many times; when the process is away that says it all.
        const reason =
          error.kind === 'noChaincode'
            ? {}
            : { reason: short(String(error.details['reason'] ?? error.kind)) };
        return fault('chaincode', 'HL-8012', { peer, ...reason });
      } finally {
        connection.close();
      }
    }),
  );
}

/** The process runs what the channel has agreed on, and that is what was built. */
export async function checkBundle(
  home: Home,
  settings: Settings,
  directory = builtBundle,
): Promise<Finding[]> {
  const { deployed } = settings;
  if (deployed === undefined) return [];
  const kept = await versionOrFinding(keptBundle(home, deployed.label), fault);
  const built = await versionOrFinding(directory, warning);
  const findings = [kept, built].filter((found) => typeof found !== 'string');
  if (typeof built === 'string' && built !== deployed.version) {
    findings.push(warning('chaincode', 'HL-8013', { built, deployed: deployed.version }));
  }
  return findings;
}

async function versionOrFinding(directory: string, bad: typeof fault): Promise<string | Finding> {
  try {
    return (await readBundle(directory)).version;
  } catch (error) {
    if (!(error instanceof HuilianError)) throw error;
    return bad('chaincode', error.code, error.details);
  }
}

function short(text: string): string {
  return text.length <= longestReason ? text : `${text.slice(0, longestReason)}…`;
}

async function isHealthy(operations: string): Promise<boolean> {
  try {
    const answer = await fetch(`${operations}/healthz`, { signal: AbortSignal.timeout(healthTimeoutMs) });
    return answer.ok;
  } catch {
    return false;
  }
}
