import { createHash, hash } from 'node:crypto';
import { toHex } from './encode.js';

/** SHA-256 over the parts one after another. */
export function sha256(...parts: readonly Uint8Array[]): Uint8Array {
  // In one call: for the short inputs here, making a hash object costs more than hashing.
  return hash('sha256', Buffer.concat(parts), 'buffer');
}

/** SHA-256 in lower-case hex. */
export function sha256Hex(...parts: readonly Uint8Array[]): string {
  return toHex(sha256(...parts));
}

/** The first bytes of SHAKE128 (FIPS 202, section 6.2) over a message. */
export function shake128(message: Uint8Array, bytes: number): Uint8Array {
  return createHash('shake128', { outputLength: bytes }).update(message).digest();
}
