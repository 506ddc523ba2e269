import { existsSync } from 'node:fs';
import { Home } from '../home.js';
import { planOf, readSettings } from '../settings.js';
import { status } from '../status.js';
import { checkCertificates } from './certificates.js';
import { type Finding, warning } from './finding.js';
import { checkGatewayPort } from './gateway-port.js';
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
  const machine = [checkNode(), await checkFabric(), await checkDisk(home), await checkGatewayPort()];
  const settings = await readSettings(home);
  if (settings === undefined || !existsSync(home.description)) {
    return [...machine, warning('network', 'HL-8017', { home: home.root })];
  }
  const network = await status({ home: home.root });
  const findings = [
    ...machine,
    ...(await checkProcesses(network)),
    ...(await checkCertificates(home, planOf(settings))),
  ];
  if (network.state !== 'down') findings.push(...(await checkChaincode(home)));
  findings.push(...(await checkBundle(home, settings, options.chaincodeBundle)));
  return findings;
}
