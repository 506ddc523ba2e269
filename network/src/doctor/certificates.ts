import { X509Certificate } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Home } from '../home.js';
import { Paths } from '../identities.js';
import type { Topology } from '../topology.js';
import { fault, type Finding, good, warning } from './finding.js';

const dayMs = 86_400_000;
const warnDays = 30;

/** Every certificate of the network is valid today and next month, and each client's was issued by its organisation. */
export async function checkCertificates(
  home: Home,
  plan: Topology,
  now: number = Date.now(),
): Promise<Finding[]> {
  const files = (await readdir(home.crypto, { recursive: true })).filter((name) => /\.(pem|crt)$/.test(name));
  const findings: Finding[] = [];
  for (const name of files) {
    const certificate = await read(path.join(home.crypto, name));
    findings.push(...(certificate === undefined ? [] : checkTime(name, certificate, now)));
  }
  findings.push(...(await checkIssuers(home, plan)));
  return findings.length > 0 ? findings : [good('certificates', { count: files.length })];
}

function checkTime(file: string, certificate: X509Certificate, now: number): Finding[] {
  const until = Date.parse(certificate.validTo);
  const details = { file, validTo: new Date(until).toISOString().slice(0, 10) };
  if (until < now || Date.parse(certificate.validFrom) > now)
    return [fault('certificates', 'HL-8014', details)];
  return until < now + warnDays * dayMs ? [warning('certificates', 'HL-8014', details)] : [];
}

async function checkIssuers(home: Home, plan: Topology): Promise<Finding[]> {
  const paths = new Paths(home, plan);
  const findings: Finding[] = [];
  for (const { mspId, domain } of plan.organisations) {
    const authority = await read(paths.ca(domain));
    for (const name of await readdir(paths.clients(mspId)).catch(() => [])) {
      const file = paths.client(mspId, name).cert;
      const certificate = await read(file);
      const issued =
        certificate !== undefined && authority !== undefined && certificate.verify(authority.publicKey);
      if (!issued)
        findings.push(fault('certificates', 'HL-8015', { file: path.relative(home.crypto, file) }));
    }
  }
  return findings;
}

/** The certificate in a file, or undefined when there is none that can be read. */
async function read(file: string): Promise<X509Certificate | undefined> {
  try {
    return new X509Certificate(await readFile(file));
  } catch {
    return undefined;
  }
}
