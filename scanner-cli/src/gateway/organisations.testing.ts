import { createSign, webcrypto } from 'node:crypto';
import 'reflect-metadata';
import { msp, peer } from '@hyperledger/fabric-protos';
import { canonical, type Attestation, type Receipt, type TrustBundle } from '@huilian/core';
import { BasicConstraintsExtension, cryptoProvider, X509CertificateGenerator } from '@peculiar/x509';

cryptoProvider.set(webcrypto);

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
const YEAR_MS = 365 * 86_400_000;
const HALF_ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n >> 1n;

/** A peer that endorses, with the certificate of its organisation. */
export interface Endorser {
  readonly mspId: string;
  readonly root: string;
  readonly certificate: string;
  /** PKCS 8 in PEM. */
  readonly key: string;
}

/** An organisation of a test: a root and one peer. */
export async function organisation(mspId: string): Promise<Endorser> {
  const rootKeys = await newKeys();
  const root = await certificate(`CN=root of ${mspId}`, `CN=root of ${mspId}`, rootKeys, rootKeys, true);
  const keys = await newKeys();
  const own = await certificate(`CN=peer, OU=peer`, root.subject, keys, rootKeys, false);
  const pkcs8 = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', keys.privateKey)).toString('base64');
  const key = `-----BEGIN PRIVATE KEY-----\n${pkcs8}\n-----END PRIVATE KEY-----\n`;
  return { mspId, root: root.toString('pem'), certificate: own.toString('pem'), key };
}

/** What a device takes as given about these organisations. */
export function trustIn(endorsers: readonly Endorser[], ledger: string): TrustBundle {
  return {
    kind: 'huilian.trust',
    version: 1,
    ledger,
    channel: 'lifecycle',
    chaincode: 'huilian',
    required: 'OversightMSP',
    organisations: endorsers.map(({ mspId, root }) => ({ mspId, roots: [root], intermediates: [] })),
  };
}

/** The answer of the chaincode, signed by peers as Fabric does. */
export function attest(receipt: Receipt, endorsers: readonly Endorser[]): Attestation {
  const response = new peer.Response();
  response.setStatus(200);
  response.setPayload(canonical(receipt));
  const chaincode = new peer.ChaincodeID();
  chaincode.setName('huilian');
  chaincode.setVersion('1.0.0');
  const action = new peer.ChaincodeAction();
  action.setResponse(response);
  action.setChaincodeId(chaincode);
  const bytes = new peer.ProposalResponsePayload();
  bytes.setProposalHash(Buffer.alloc(32));
  bytes.setExtension$(action.serializeBinary());
  const payload = bytes.serializeBinary();
  return {
    payload: base64(payload),
    endorsements: endorsers.map((endorser) => {
      const identity = identityOf(endorser);
      return {
        endorser: base64(identity),
        signature: base64(signLowS(Buffer.concat([payload, identity]), endorser.key)),
      };
    }),
  };
}

function identityOf({ mspId, certificate: pem }: Endorser): Uint8Array {
  const identity = new msp.SerializedIdentity();
  identity.setMspid(mspId);
  identity.setIdBytes(Buffer.from(pem));
  return identity.serializeBinary();
}

/** ECDSA is random: it is signed until s lies in the lower half, as Fabric asks. */
function signLowS(bytes: Uint8Array, key: string): Uint8Array {
  for (;;) {
    const der = createSign('sha256').update(bytes).sign(key);
    const s = der.subarray(4 + (der[3] ?? 0) + 2);
    if (BigInt(`0x${s.toString('hex')}`) <= HALF_ORDER) return der;
  }
}

async function newKeys(): Promise<webcrypto.CryptoKeyPair> {
  return webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
}

function certificate(
  subject: string,
  issuer: string,
  keys: webcrypto.CryptoKeyPair,
  signer: webcrypto.CryptoKeyPair,
  isAuthority: boolean,
) {
  return X509CertificateGenerator.create({
    serialNumber: Buffer.from(webcrypto.getRandomValues(new Uint8Array(8))).toString('hex'),
    subject,
    issuer,
    notBefore: new Date(Date.now() - YEAR_MS),
    notAfter: new Date(Date.now() + YEAR_MS),
    signingAlgorithm: algorithm,
    publicKey: keys.publicKey,
    signingKey: signer.privateKey,
    extensions: [new BasicConstraintsExtension(isAuthority, undefined, true)],
  });
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64');
}
