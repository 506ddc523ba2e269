import type { X509Certificate } from 'node:crypto';
import { verify, type KeyObject } from 'node:crypto';

export type NodeRole = 'client' | 'peer' | 'admin' | 'orderer';

/** A certificate that chains to its organisation's roots, and what it may act as. */
export interface Identity {
  readonly mspId: string;
  readonly certificate: X509Certificate;
  readonly publicKey: KeyObject;
  readonly roles: ReadonlySet<NodeRole>;
  readonly organisationalUnits: readonly string[];
  /** Seconds since 1970, of this certificate and every one above it. */
  readonly notBefore: number;
  readonly notAfter: number;
}

/** Order of P-256. A signature is only accepted with s in the lower half, so that it cannot be altered and stay valid. */
const halfOrder = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n >> 1n;

/**
 * Checks an ECDSA signature (DER, low-s) over SHA-256 of the message.
 *
 * Curves other than P-256 are not in use on this ledger and not accepted.
 */
export function verifiesSignature(publicKey: KeyObject, message: Uint8Array, signature: Uint8Array): boolean {
  if (publicKey.asymmetricKeyDetails?.namedCurve !== 'prime256v1' || !isLowS(signature)) return false;
  return verify('sha256', message, publicKey, signature);
}

/** True when the certificate was valid at a time in seconds. */
export function isValidAt(identity: Identity, time: number): boolean {
  return identity.notBefore <= time && time <= identity.notAfter;
}

/** SEQUENCE { INTEGER r, INTEGER s }, short lengths only, as signatures on P-256 have. */
function isLowS(signature: Uint8Array): boolean {
  const start = 4 + (signature[3] ?? 0);
  if (signature[0] !== 0x30 || signature[2] !== 0x02 || signature[start] !== 0x02) return false;
  const s = signature.subarray(start + 2);
  if (signature[start + 1] !== s.length || s.length === 0) return false;
  return BigInt(`0x${Buffer.from(s).toString('hex')}`) <= halfOrder;
}
