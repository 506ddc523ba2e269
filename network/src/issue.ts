// The polyfill must be loaded before the library.
import 'reflect-metadata';
import { randomBytes, webcrypto } from 'node:crypto';
import * as x509 from '@peculiar/x509';

x509.cryptoProvider.set(webcrypto);

const p256 = { name: 'ECDSA', namedCurve: 'P-256' } as const;
const signing = { name: 'ECDSA', hash: 'SHA-256' } as const;
const dayMs = 86_400_000;
/** As long as what cryptogen issues. */
const validDays = 3_650;

/** Fabric reads an identity's attributes from this extension (fabric-ca, `lib/attrmgr`). */
const attributesOid = '1.2.3.4.5.6.7.8.1';

/** Half the order of P-256. Fabric takes only signatures with an s up to this. */
const halfOrder = 0x7fffffff800000007fffffffffffffffde737d56d38bcf4279dce5617e3192a8n;

/** A certificate and its key, both PEM; the key is PKCS #8. */
export interface Credential {
  readonly certificate: string;
  readonly privateKey: string;
}

/** A new authority of its own, for TLS between the peers and the chaincode. */
export async function newAuthority(name: string): Promise<Credential> {
  const keys = await newKeys();
  const certificate = await lowS(() =>
    x509.X509CertificateGenerator.createSelfSigned({
      ...validity(),
      serialNumber: serialNumber(),
      name: [{ CN: [name] }],
      keys,
      signingAlgorithm: signing,
      extensions: [
        new x509.BasicConstraintsExtension(true, 0, true),
        new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
      ],
    }),
  );
  return { certificate: pem(certificate.toString('pem')), privateKey: await exportKey(keys.privateKey) };
}

/** A client identity of an organisation, with the attributes that the chaincode reads. */
export async function issueClient(
  authority: Credential,
  name: string,
  attributes: Readonly<Record<string, string>>,
): Promise<Credential> {
  const attrs = new TextEncoder().encode(JSON.stringify({ attrs: attributes }));
  // OU=client is what makes Fabric see a client (NodeOUs).
  return issue(
    authority,
    [{ OU: ['client'] }, { CN: [name] }],
    [
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.Extension(attributesOid, false, attrs),
    ],
  );
}

/** One end of a TLS connection on this machine. */
export async function issueTls(
  authority: Credential,
  name: string,
  use: 'server' | 'client',
): Promise<Credential> {
  const usage = use === 'server' ? x509.ExtendedKeyUsage.serverAuth : x509.ExtendedKeyUsage.clientAuth;
  return issue(
    authority,
    [{ CN: [name] }],
    [
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([usage]),
      new x509.SubjectAlternativeNameExtension([
        { type: 'dns', value: 'localhost' },
        { type: 'ip', value: '127.0.0.1' },
      ]),
    ],
  );
}

async function issue(
  authority: Credential,
  subject: x509.JsonName,
  extensions: x509.Extension[],
): Promise<Credential> {
  const issuer = new x509.X509Certificate(authority.certificate);
  const signingKey = await importKey(authority.privateKey);
  const keys = await newKeys();
  const common = [
    new x509.BasicConstraintsExtension(false, undefined, true),
    await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    authorityKeyId(issuer) ?? (await x509.AuthorityKeyIdentifierExtension.create(issuer.publicKey)),
  ];
  const certificate = await lowS(() =>
    x509.X509CertificateGenerator.create({
      ...validity(issuer),
      serialNumber: serialNumber(),
      subject,
      issuer: issuer.subjectName,
      publicKey: keys.publicKey,
      signingKey,
      signingAlgorithm: signing,
      extensions: [...common, ...extensions],
    }),
  );
  return { certificate: pem(certificate.toString('pem')), privateKey: await exportKey(keys.privateKey) };
}

/** cryptogen makes key ids its own way (SHA-256), so the issuer's own id is copied. */
function authorityKeyId(issuer: x509.X509Certificate): x509.Extension | undefined {
  const own = issuer.getExtension(x509.SubjectKeyIdentifierExtension);
  return own ? new x509.AuthorityKeyIdentifierExtension(own.keyId) : undefined;
}

/** Signs until s is low: Fabric rewrites other certificates, and then the bytes of an identity are not the same everywhere. */
async function lowS(create: () => Promise<x509.X509Certificate>): Promise<x509.X509Certificate> {
  for (;;) {
    const certificate = await create();
    if (sOf(new Uint8Array(certificate.signature)) <= halfOrder) return certificate;
  }
}

/** The s of a DER signature: SEQUENCE { INTEGER r, INTEGER s }. */
function sOf(der: Uint8Array): bigint {
  const start = 4 + (der[3] ?? 0);
  return BigInt(`0x${Buffer.from(der.subarray(start + 2)).toString('hex')}`);
}

/** Five minutes back, since clocks differ a little, but never longer than the issuer's own time: Fabric checks both ends. */
function validity(issuer?: x509.X509Certificate): { notBefore: Date; notAfter: Date } {
  const now = Date.now();
  const notBefore = Math.max(now - 300_000, issuer?.notBefore.getTime() ?? 0);
  const notAfter = Math.min(now + validDays * dayMs, issuer?.notAfter.getTime() ?? Number.MAX_SAFE_INTEGER);
  return { notBefore: new Date(notBefore), notAfter: new Date(notAfter) };
}

function serialNumber(): string {
  const bytes = randomBytes(16);
  bytes[0] = ((bytes[0] ?? 0) & 0x7f) | 0x40;
  return bytes.toString('hex');
}

async function newKeys(): Promise<webcrypto.CryptoKeyPair> {
  return webcrypto.subtle.generateKey(p256, true, ['sign', 'verify']);
}

async function exportKey(key: webcrypto.CryptoKey): Promise<string> {
  return pem(x509.PemConverter.encode(await webcrypto.subtle.exportKey('pkcs8', key), 'PRIVATE KEY'));
}

async function importKey(text: string): Promise<webcrypto.CryptoKey> {
  const [der] = x509.PemConverter.decode(text);
  if (der === undefined) throw new TypeError('no PEM block in the key of the authority');
  return webcrypto.subtle.importKey('pkcs8', der, p256, false, ['sign']);
}

function pem(text: string): string {
  return text.endsWith('\n') ? text : `${text}\n`;
}
