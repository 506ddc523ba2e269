import { createHmac, hash } from 'node:crypto';
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

/** HMAC-SHA256 (RFC 2104). */
export function hmacSha256(key: Uint8Array, message: Uint8Array): Uint8Array {
  return createHmac('sha256', key).update(message).digest();
}
