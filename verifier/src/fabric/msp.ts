import { X509Certificate } from 'node:crypto';
import { msp as mspProtos } from '@hyperledger/fabric-protos';
import { X509Crl } from './x509.js';
import { type Identity, type NodeRole } from './identity.js';

/** An organisation's certificate authorities and how it marks roles. */
export interface Msp {
  readonly mspId: string;
  readonly roots: readonly X509Certificate[];
  readonly intermediates: readonly X509Certificate[];
  /** Organisational units that stand for roles, `unit → role`. Empty: roles are not told apart. */
  readonly nodeUnits: ReadonlyMap<string, NodeRole>;
  /** SHA-256 fingerprints of certificates named as administrators. */
  readonly admins: ReadonlySet<string>;
  readonly revocations: readonly Revocation[];
}

interface Revocation {
  readonly issuerName: string;
  readonly serialNumbers: ReadonlySet<string>;
}

const defaultNodeUnits: ReadonlyMap<string, NodeRole> = new Map([
  ['client', 'client'],
  ['peer', 'peer'],
  ['admin', 'admin'],
  ['orderer', 'orderer'],
]);

/** Longest chain from a certificate to its root. */
const maxDepth = 5;

/** An organisation of a trust bundle: authorities in PEM, roles by the usual organisational units. */
export function mspOfCertificates(
  mspId: string,
  roots: readonly string[],
  intermediates: readonly string[] = [],
): Msp {
  return {
    mspId,
    roots: roots.map((pem) => new X509Certificate(pem)),
    intermediates: intermediates.map((pem) => new X509Certificate(pem)),
    nodeUnits: defaultNodeUnits,
    admins: new Set(),
    revocations: [],
  };
}

/**
 * An organisation as a channel's configuration describes it.
 *
 * @param bytes of an msp.MSPConfig.
 */
export function mspOfConfiguration(bytes: Uint8Array): Msp {
  const config = mspProtos.FabricMSPConfig.deserializeBinary(
    mspProtos.MSPConfig.deserializeBinary(bytes).getConfig_asU8(),
  );
  return {
    mspId: config.getName(),
    roots: config.getRootCertsList_asU8().map((pem) => new X509Certificate(pem)),
    intermediates: config.getIntermediateCertsList_asU8().map((pem) => new X509Certificate(pem)),
    nodeUnits: nodeUnits(config.getFabricNodeOus()),
    admins: new Set(config.getAdminsList_asU8().map((pem) => new X509Certificate(pem).fingerprint256)),
    revocations: config.getRevocationListList_asU8().map(readRevocation),
  };
}

/**
 * The identity of a certificate, or undefined if it does not chain to the organisation's roots, is revoked, or does not
 * bear exactly one role where roles are marked. Validity in time is left to the caller, who knows the time.
 */
export function identify(msp: Msp, pem: Uint8Array): Identity | undefined {
  const certificate = readCertificate(pem);
  if (certificate === undefined || certificate.ca) return undefined;
  const chain = chainOf(certificate, msp, maxDepth);
  if (chain === undefined || isRevoked(certificate, msp)) return undefined;
  const organisationalUnits = unitsOf(certificate);
  const roles = rolesOf(certificate, organisationalUnits, msp);
  if (msp.nodeUnits.size > 0 && roles.size !== 1) return undefined;
  return {
    mspId: msp.mspId,
    certificate,
    publicKey: certificate.publicKey,
    roles,
    organisationalUnits,
    notBefore: Math.max(...chain.map((link) => seconds(link.validFrom))),
    notAfter: Math.min(...chain.map((link) => seconds(link.validTo))),
  };
}

function readCertificate(pem: Uint8Array): X509Certificate | undefined {
  try {
    return new X509Certificate(pem);
  } catch {
    return undefined;
  }
}

/** The certificate and its issuers up to a root, or undefined. */
function chainOf(certificate: X509Certificate, msp: Msp, depth: number): X509Certificate[] | undefined {
  if (depth === 0) return undefined;
  const issued = (authority: X509Certificate): boolean =>
    authority.ca && certificate.checkIssued(authority) && certificate.verify(authority.publicKey);
  const root = msp.roots.find(issued);
  if (root !== undefined) return [certificate, root];
  for (const intermediate of msp.intermediates.filter(issued)) {
    const rest = chainOf(intermediate, msp, depth - 1);
    if (rest !== undefined) return [certificate, ...rest];
  }
  return undefined;
}

function isRevoked(certificate: X509Certificate, msp: Msp): boolean {
  return msp.revocations.some((list) => list.serialNumbers.has(certificate.serialNumber.toLowerCase()));
}

function rolesOf(certificate: X509Certificate, units: readonly string[], msp: Msp): Set<NodeRole> {
  const roles = new Set<NodeRole>();
  for (const unit of units) {
    const role = msp.nodeUnits.get(unit);
    if (role !== undefined) roles.add(role);
  }
  if (msp.admins.has(certificate.fingerprint256)) roles.add('admin');
  return roles;
}

function unitsOf(certificate: X509Certificate): string[] {
  return certificate.subject
    .split('\n')
    .filter((line) => line.startsWith('OU='))
    .map((line) => line.slice('OU='.length));
}

function nodeUnits(units: mspProtos.FabricNodeOUs | undefined): ReadonlyMap<string, NodeRole> {
  const map = new Map<string, NodeRole>();
  if (units?.getEnable() !== true) return map;
  const entries: readonly (readonly [mspProtos.FabricOUIdentifier | undefined, NodeRole])[] = [
    [units.getClientOuIdentifier(), 'client'],
    [units.getPeerOuIdentifier(), 'peer'],
    [units.getAdminOuIdentifier(), 'admin'],
    [units.getOrdererOuIdentifier(), 'orderer'],
  ];
  for (const [identifier, role] of entries) {
    if (identifier !== undefined) map.set(identifier.getOrganizationalUnitIdentifier(), role);
  }
  return map;
}

function readRevocation(bytes: Uint8Array): Revocation {
  const list = new X509Crl(Buffer.from(bytes));
  return {
    issuerName: list.issuer,
    serialNumbers: new Set(list.entries.map((entry) => entry.serialNumber.toLowerCase())),
  };
}

function seconds(date: string): number {
  return Math.floor(Date.parse(date) / 1000);
}
