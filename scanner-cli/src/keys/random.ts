import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { itemIdOf, nonceAt, type PrivateKey } from '@huilian/core';

/** 16 random bytes in base64url, 22 characters: for seeds. */
export function random16(): string {
  return randomBytes(16).toString('base64url');
}

/** A fresh P-256 key. */
export function newPrivateKey(): PrivateKey {
  const { x, y, d } = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' });
  if (x === undefined || y === undefined || d === undefined) throw new TypeError('a key without coordinates');
  return { x, y, d };
}

/** The id of an item that this key will register, and the nonce that goes into the event. */
export function newItem(key: { readonly keyId: string }): { readonly item: string; readonly nonce: string } {
  const nonce = nonceAt(Math.floor(Date.now() / 1000), randomBytes(12));
  return { item: itemIdOf(key.keyId, nonce), nonce };
}
