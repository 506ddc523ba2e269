import { existsSync } from 'node:fs';
import { readDescription } from '../description.js';
import { Home } from '../home.js';
import { planOf, readSettings } from '../settings.js';
import { status } from '../status.js';
import { checkCertificates } from './certificates.js';
import { type Finding, warning } from './finding.js';
import { checkGateway } from './gateway.js';
import { checkDisk, checkFabric, checkNode } from './machine.js';
import { checkBundle, checkChaincode, checkProcesses } from './network.js';

export interface DoctorOptions {
  readonly home?: string;
  readonly chaincodeBundle?: string;
}

/**
 * Looks at everything that the network needs and says what is wrong and how to mend it. Changes nothing and writes
 * nothing to the ledger.
 */
export async function doctor(options: DoctorOptions = {}): Promise<Finding[]> {
  const home = options.home === undefined ? Home.fromEnvironment() : new Home(options.home);
  const machine = [checkNode(), await checkFabric(), await checkDisk(home)];
  const settings = await readSettings(home);
  if (settings === undefined || !existsSync(home.description)) {
    return [
      ...machine,
      ...(await checkGateway(home, undefined)),
      warning('network', 'HL-8017', { home: home.root }),
    ];
  }
  const network = await status({ home: home.root });
  const findings = [
    ...machine,
    ...(await checkProcesses(network)),
    ...(await checkCertificates(home, planOf(settings))),
  ];
  const runs = network.state !== 'down';
  if (runs) findings.push(...(await checkChaincode(home)));
  findings.push(...(await checkGateway(home, runs ? (await readDescription(home)).ledger : undefined)));
  findings.push(...(await checkBundle(home, settings, options.chaincodeBundle)));
  return findings;
}
