import { p256 } from '@noble/curves/nist.js';
import { sha256 } from '../bytes/digest.js';
import { toBase64url, utf8 } from '../bytes/encode.js';
import type { PrivateKey } from '../bytes/signature.js';
import { creditCodeCheck } from '../ids/credit-code.js';
import { itemIdOf } from '../ids/item-id.js';

/** A private key that depends on its name alone. Anybody can make it: for tests and vectors only. */
export function keyNamed(name: string): PrivateKey {
  const d = sha256(utf8(`huilian test key ${name}`));
  const point = p256.getPublicKey(d, false);
  return { d: toBase64url(d), x: toBase64url(point.subarray(1, 33)), y: toBase64url(point.subarray(33)) };
}

/** Signs as `signBytes` does, but by RFC 6979 and with another implementation: the same bytes each time. */
export function signSteadily(key: PrivateKey, bytes: Uint8Array): string {
  return toBase64url(
    p256.sign(sha256(bytes), Buffer.from(key.d, 'base64url'), { lowS: true }).toBytes('compact'),
  );
}

/** 16 bytes in base64url that depend on the name alone. */
export function nonceNamed(name: string): string {
  return toBase64url(sha256(utf8(`huilian test nonce ${name}`)).subarray(0, 16));
}

/** A credit code that is valid and belongs to nobody: district 000000. */
export function creditCodeNumbered(number: number): string {
  const body = `91000000${String(number).padStart(9, '0')}`;
  return body + creditCodeCheck(body);
}

/** Id and nonce of a new item of a key. */
export function itemNamed(keyId: string, name: string): { item: string; nonce: string } {
  const nonce = nonceNamed(name);
  return { item: itemIdOf(keyId, nonce), nonce };
}
