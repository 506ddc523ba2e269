import { bech32m } from '@scure/base';
import { fromBase64url, toBase64url, utf8 } from '../bytes/encode.js';
import { sha256 } from '../bytes/digest.js';

const PREFIX = 'hl';
const DOMAIN = utf8('huilian/item/v1');
const ZERO = Uint8Array.of(0);

/**
 * Id of a new item: bech32m (BIP-350) over 10 bytes of a digest of the registering key and a nonce, so that nobody can
 * take the id first and a person can type it: 25 characters, `hl1…`, the last six find typing errors.
 */
export function itemIdOf(keyId: string, nonce: string): string {
  const digest = sha256(DOMAIN, ZERO, utf8(keyId), ZERO, utf8(nonce));
  return bech32m.encode(PREFIX, bech32m.toWords(digest.subarray(0, 10)));
}

/** True for a well-formed id in lower case with right check characters. */
export function isItemId(text: string): boolean {
  if (text.length !== 25 || !text.startsWith(`${PREFIX}1`) || text !== text.toLowerCase()) return false;
  return bech32m.decodeUnsafe(text) !== undefined;
}

/** True for 16 bytes in base64url without padding, in their one spelling. */
export function isNonce(text: string): boolean {
  if (text.length !== 22) return false;
  const bytes = fromBase64url(text);
  return bytes.length === 16 && toBase64url(bytes) === text;
}
