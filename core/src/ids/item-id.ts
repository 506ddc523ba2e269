import { bech32m } from '@scure/base';
import { fromBase64url, toBase64url, utf8 } from '../bytes/encode.js';
import { sha256 } from '../bytes/digest.js';

const PREFIX = 'hl';
const DOMAIN = utf8('huilian/item/v1');
const ZERO = Uint8Array.of(0);
/** Bytes of a nonce that hold its time, and how many words of five bits of them stand in front of an id. */
const TIME_BYTES = 4;
const TIME_WORDS = 5;
const ALPHABET = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l';
/** The words of bech32 in the order of their characters, which is another: 0, 2, 3, … as ASCII has them. */
const ASCENDING = Array.from(ALPHABET)
  .sort()
  .map((character) => ALPHABET.indexOf(character));
const NONCE_BYTES = 16;

/**
 * Id of a new item: bech32m (BIP-350) over the first 25 bits of the nonce and 10 bytes of a digest of the registering key and
 * the nonce, so that nobody can take the id first and a person can type it: 30 characters, `hl1…`, the last six find
 * typing errors. A nonce begins with the time, and those 25 bits are written so that ids sort by it: items that are registered
 * in the same two minutes are neighbours in the world state, and new ones come last. Nothing else depends on that time.
 */
export function itemIdOf(keyId: string, nonce: string): string {
  const digest = sha256(DOMAIN, ZERO, utf8(keyId), ZERO, utf8(nonce));
  const bits = bech32m.toWords(fromBase64url(nonce).subarray(0, TIME_BYTES)).slice(0, TIME_WORDS);
  const time = bits.map((word) => ASCENDING[word] ?? 0);
  return bech32m.encode(PREFIX, [...time, ...bech32m.toWords(digest.subarray(0, 10))]);
}

/** True for a well-formed id in lower case with right check characters. */
export function isItemId(text: string): boolean {
  if (text.length !== 30 || !text.startsWith(`${PREFIX}1`) || text !== text.toLowerCase()) return false;
  return bech32m.decodeUnsafe(text) !== undefined;
}

/**
 * A nonce for a new item: its time, then random bytes, in base64url.
 *
 * @param time seconds since 1970; a wrong one costs nothing but the neighbourhood
 * @param random 12 bytes
 */
export function nonceAt(time: number, random: Uint8Array): string {
  if (random.length !== NONCE_BYTES - TIME_BYTES) throw new RangeError('12 random bytes make a nonce');
  const bytes = new Uint8Array(NONCE_BYTES);
  new DataView(bytes.buffer).setUint32(0, time);
  bytes.set(random, TIME_BYTES);
  return toBase64url(bytes);
}

/** True for 16 bytes in base64url without padding, in their one spelling. */
export function isNonce(text: string): boolean {
  if (text.length !== 22) return false;
  const bytes = fromBase64url(text);
  return bytes.length === NONCE_BYTES && toBase64url(bytes) === text;
}
