import { isUtf8 } from 'node:buffer';
import { HuilianError } from '@huilian/core';
import type { Encoding } from './cell.js';

const CHUNK = 64 * 1024;
/** In UTF-16 this share of the bytes at least is NUL, and nearly all of them are the upper half of a character. */
const NULS_OF_UTF16 = 1 / 16;
const ON_ONE_SIDE = 9 / 10;

/**
 * How the bytes of a text are encoded. A byte order mark decides. Without one, bytes that are valid UTF-8 are UTF-8: text in GB 18030
 * that happens to be, as a famous two-character word is, is never a whole table. What is left has to be valid GB 18030, which
 * contains GBK and GB 2312.
 *
 * @param declared what the sender says; then nothing is guessed, and the bytes have to be valid in it
 * @throws HuilianError HL-9002
 */
export function encodingOf(bytes: Uint8Array, declared?: Encoding): Encoding {
  const found = declared ?? markOf(bytes) ?? utf16Of(bytes) ?? (isUtf8(bytes) ? 'utf-8' : 'gb18030');
  for (const _text of decoded(bytes, found));
  return found;
}

function markOf([first, second, third]: Uint8Array): Encoding | undefined {
  if (first === 0xef && second === 0xbb && third === 0xbf) return 'utf-8';
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  return undefined;
}

/** UTF-16 without a mark: delimiters, digits and line ends have a NUL as their upper byte. */
function utf16Of(bytes: Uint8Array): Encoding | undefined {
  const nuls = [0, 0];
  const sample = bytes.subarray(0, CHUNK);
  sample.forEach((byte, at) => {
    if (byte === 0) nuls[at % 2] = (nuls[at % 2] ?? 0) + 1;
  });
  const [even = 0, odd = 0] = nuls;
  const all = even + odd;
  const isUtf16 = all >= sample.length * NULS_OF_UTF16 && Math.max(even, odd) >= all * ON_ONE_SIDE;
  if (!isUtf16 || bytes.length % 2 === 1) return undefined;
  return odd > even ? 'utf-16le' : 'utf-16be';
}

/**
 * The text in pieces, without its byte order mark.
 *
 * @throws HuilianError HL-9002 where the bytes are not valid
 */
export function* decoded(bytes: Uint8Array, encoding: Encoding): Generator<string, void, undefined> {
  const decoder = new TextDecoder(encoding, { fatal: true });
  try {
    for (let at = 0; at < bytes.length; at += CHUNK) {
      yield decoder.decode(bytes.subarray(at, at + CHUNK), { stream: true });
    }
    yield decoder.decode();
  } catch (cause) {
    if (cause instanceof TypeError) throw new HuilianError('HL-9002', { encoding }, { cause });
    throw cause;
  }
}
