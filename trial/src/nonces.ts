import { randomBytes } from 'node:crypto';
import { nonceAt } from '@huilian/core';

/** 16 random bytes in base64url, for seeds. */
export function random16(): string {
  return randomBytes(16).toString('base64url');
}

/** A nonce for a new item. @param time seconds since 1970 */
export function newNonce(time: number): string {
  return nonceAt(time, randomBytes(12));
}
