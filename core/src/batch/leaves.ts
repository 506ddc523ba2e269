import { canonicalText } from '../bytes/canonical.js';
import { sha256Of, shake128 } from '../bytes/digest.js';
import { fromBase64url } from '../bytes/encode.js';
import { leafHash } from '../bytes/merkle.js';
import { HuilianError } from '../messages/error.js';
import { MAX_EVENT_BYTES } from '../model/event.js';
import type { LedgerEvent } from '../model/events.js';

const SALT_BYTES = 16;
/** Longest UTF-8 form of a UTF-16 code unit. */
const UTF8_BYTES = 3;

/** The input of a leaf's hash, filled anew each time: 0x00, the salt, the event's canonical text in UTF-8. */
const input = Buffer.alloc(1 + SALT_BYTES + UTF8_BYTES * MAX_EVENT_BYTES);

/** Salt of the event at an index: bytes 16i to 16i + 15 of SHAKE128(seed), the 16 bytes of the seed being its message. */
export function saltOf(seed: string, index: number): Uint8Array {
  return salts(seed, index + 1).subarray(SALT_BYTES * index);
}

function salts(seed: string, count: number): Uint8Array {
  return shake128(fromBase64url(seed), SALT_BYTES * count);
}

/** Leaf hash of one salted event. */
export function eventLeaf(salt: Uint8Array, bytes: Uint8Array): Uint8Array {
  return leafHash(Buffer.concat([salt, bytes]));
}

/** Leaf hashes of a batch's events, in order. */
export function eventLeaves(batch: {
  readonly seed: string;
  readonly events: readonly LedgerEvent[];
}): Uint8Array[] {
  return leavesOfTexts(batch.seed, batch.events.map(canonicalText));
}

/**
 * Leaf hashes of events by their canonical texts, in order.
 *
 * @throws HuilianError HL-1011 when an event is longer than 4 096 bytes
 */
export function leavesOfTexts(seed: string, texts: readonly string[]): Uint8Array[] {
  const salt = salts(seed, texts.length);
  return texts.map((text, index) => {
    const bytes = writeEvent(text);
    // Byte by byte: a view of so few costs more.
    for (let i = 0; i < SALT_BYTES; i++) input[1 + i] = salt[SALT_BYTES * index + i] ?? 0;
    return sha256Of(input.subarray(0, 1 + SALT_BYTES + bytes));
  });
}

/** Puts an event into the input and says how many bytes it has. */
function writeEvent(text: string): number {
  // A text of more units than bytes are allowed would not fit the input.
  const bytes =
    text.length > MAX_EVENT_BYTES ? Buffer.byteLength(text) : input.write(text, 1 + SALT_BYTES, 'utf8');
  if (bytes > MAX_EVENT_BYTES) throw new HuilianError('HL-1011', { bytes });
  return bytes;
}
