import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { nonceAt, type PrivateKey } from '@huilian/core';

/** A fresh P-256 key. */
export function newKey(): PrivateKey {
  const { x, y, d } = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' });
  return { x: x ?? '', y: y ?? '', d: d ?? '' };
}

/** 16 random bytes in base64url, for seeds. */
export function random16(): string {
  return randomBytes(16).toString('base64url');
}

/** A nonce for a new item. @param time seconds since 1970 */
export function newNonce(time: number): string {
  return nonceAt(time, randomBytes(12));
}
