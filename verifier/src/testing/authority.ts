import { KeyObject, webcrypto } from 'node:crypto';
import 'reflect-metadata';
import {
  BasicConstraintsExtension,
  cryptoProvider,
  Extension,
  X509CertificateGenerator,
  type X509Certificate,
} from '@peculiar/x509';

cryptoProvider.set(webcrypto);

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
const year = 365 * 86_400_000;
/** Fabric reads an identity's attributes from this extension. */
const attributesOid = '1.2.3.4.5.6.7.8.1';

/** A certificate with its key, for tests. */
export interface Issued {
  readonly certificate: X509Certificate;
  readonly pem: string;
  readonly keys: webcrypto.CryptoKeyPair;
  readonly privateKey: KeyObject;
}

export interface IssueOptions {
  readonly subject: string;
  readonly authority?: Issued;
  readonly isAuthority?: boolean;
  /** The attribute `role`, which the chaincode reads. */
  readonly role?: string;
  readonly notBefore?: Date;
  readonly notAfter?: Date;
}

/** Issues a certificate; without an authority it signs itself. */
export async function issue(options: IssueOptions): Promise<Issued> {
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const signer = options.authority?.keys ?? keys;
  const certificate = await X509CertificateGenerator.create({
    serialNumber: Buffer.from(webcrypto.getRandomValues(new Uint8Array(8))).toString('hex'),
    subject: options.subject,
    issuer: options.authority?.certificate.subject ?? options.subject,
    notBefore: options.notBefore ?? new Date(Date.now() - year),
    notAfter: options.notAfter ?? new Date(Date.now() + year),
    signingAlgorithm: algorithm,
    publicKey: keys.publicKey,
    signingKey: signer.privateKey,
    extensions: [
      new BasicConstraintsExtension(options.isAuthority ?? false, undefined, true),
      ...(options.role === undefined ? [] : [attributes({ role: options.role })]),
    ],
  });
  return {
    certificate,
    pem: certificate.toString('pem'),
    keys,
    privateKey: KeyObject.from(keys.privateKey),
  };
}

function attributes(attrs: Readonly<Record<string, string>>): Extension {
  return new Extension(attributesOid, false, Buffer.from(JSON.stringify({ attrs })));
}
