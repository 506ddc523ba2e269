import {
  createPrivateKey,
  createPublicKey,
  sign as signWith,
  verify as verifyWith,
  type KeyObject,
} from 'node:crypto';
import { HuilianError } from '../messages/error.js';
import { fromBase64url, toBase64url, utf8 } from './encode.js';
import { sha256 } from './digest.js';

/** The public half of a P-256 key, as the ledger keeps it: coordinates in base64url, 43 characters each. */
export interface PublicKey {
  readonly x: string;
  readonly y: string;
}

/** A private P-256 key as a JWK (RFC 7517). */
export interface PrivateKey extends PublicKey {
  readonly d: string;
}

/** Order of P-256 (FIPS 186-4, D.1.2.3). */
const N = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;
const HALF_N = N >> 1n;

/**
 * RFC 7638 thumbprint of a public key: SHA-256 over the required members in order, base64url, 43 characters.
 */
export function keyIdOf(key: PublicKey): string {
  return toBase64url(sha256(utf8(`{"crv":"P-256","kty":"EC","x":"${key.x}","y":"${key.y}"}`)));
}

const cache = new Map<string, KeyObject>();
const CACHE_SIZE = 4096;

/** True when the text is the one base64url spelling of 32 bytes. */
function isCoordinate(text: string): boolean {
  return text.length === 43 && toBase64url(fromBase64url(text)) === text;
}

/**
 * Reads a public key. Parsed keys are remembered by their coordinates, because parsing costs more than a check.
 *
 * @throws HuilianError HL-1032 when the coordinates are not a point of P-256
 */
export function readPublicKey(key: PublicKey): KeyObject {
  const name = `${key.x}.${key.y}`;
  const known = cache.get(name);
  if (known) return known;
  if (!isCoordinate(key.x) || !isCoordinate(key.y)) throw new HuilianError('HL-1032');
  let parsed: KeyObject;
  try {
    parsed = createPublicKey({ key: { kty: 'EC', crv: 'P-256', x: key.x, y: key.y }, format: 'jwk' });
  } catch (cause) {
    throw new HuilianError('HL-1032', {}, { cause });
  }
  if (cache.size >= CACHE_SIZE) cache.clear();
  cache.set(name, parsed);
  return parsed;
}

/**
 * Signs bytes: ECDSA P-256 over SHA-256, raw r‖s in low-s form, base64url, 86 characters.
 */
export function signBytes(key: PrivateKey, bytes: Uint8Array): string {
  const object = createPrivateKey({
    key: { kty: 'EC', crv: 'P-256', x: key.x, y: key.y, d: key.d },
    format: 'jwk',
  });
  const raw = signWith('sha256', bytes, { key: object, dsaEncoding: 'ieee-p1363' });
  return toBase64url(lowS(raw));
}

/**
 * Checks a signature. Only the one form that {@link signBytes} makes is accepted: 64 bytes, low-s, so that a signature
 * cannot be altered and stay valid.
 */
export function verifySignature(key: PublicKey, bytes: Uint8Array, signature: string): boolean {
  const raw = fromBase64url(signature);
  if (raw.length !== 64 || toBase64url(raw) !== signature || sOf(raw) > HALF_N) return false;
  return verifyWith('sha256', bytes, { key: readPublicKey(key), dsaEncoding: 'ieee-p1363' }, raw);
}

function sOf(raw: Uint8Array): bigint {
  return BigInt(`0x${Buffer.from(raw.subarray(32)).toString('hex')}`);
}

function lowS(raw: Uint8Array): Uint8Array {
  const s = sOf(raw);
  if (s <= HALF_N) return raw;
  const mended = Buffer.from(raw);
  mended.write((N - s).toString(16).padStart(64, '0'), 32, 'hex');
  return mended;
}
