import canonicalize from 'canonicalize';
import { HuilianError } from '../messages/error.js';

/** A JSON value whose numbers are integers. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };

/** Objects and arrays may nest this deep, the outermost counted. */
export const MAX_DEPTH = 16;

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * Canonical bytes of a value: RFC 8785, numbers restricted to safe integers. Members that are `undefined` are left out.
 *
 * @throws HuilianError HL-1003, HL-1004, HL-1005
 */
export function canonical(value: unknown): Uint8Array {
  check(value, 0);
  return encoder.encode(canonicalize(value));
}

/** The canonical text of a value. @throws as {@link canonical} */
export function canonicalText(value: unknown): string {
  check(value, 0);
  return canonicalize(value) ?? 'null';
}

/**
 * Reads bytes and accepts them only if they are the canonical form of what they say. One comparison so finds duplicate
 * keys, blanks, other orders of members, other spellings of numbers and texts.
 *
 * @throws HuilianError HL-1001 to HL-1006
 */
export function parseCanonical(bytes: Uint8Array): Json {
  const value = parseBounded(bytes);
  const again = canonical(value);
  if (again.length !== bytes.length || Buffer.compare(again, bytes) !== 0) throw new HuilianError('HL-1001');
  return value;
}

/**
 * Reads JSON that need not be canonical, with the same bounds.
 *
 * @throws HuilianError HL-1002 when it is not JSON or not UTF-8, HL-1003 when nested too deeply
 */
export function parseBounded(bytes: Uint8Array): Json {
  checkDepth(bytes);
  try {
    return JSON.parse(decoder.decode(bytes)) as Json;
  } catch (cause) {
    throw new HuilianError('HL-1002', {}, { cause });
  }
}

/** Counts brackets outside strings, before the parser recurses. */
function checkDepth(bytes: Uint8Array): void {
  let depth = 0;
  let inString = false;
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i];
    if (inString) {
      if (byte === 0x5c) i++;
      else if (byte === 0x22) inString = false;
    } else if (byte === 0x22) inString = true;
    else if (byte === 0x7b || byte === 0x5b) {
      if (++depth > MAX_DEPTH) throw new HuilianError('HL-1003', { limit: MAX_DEPTH });
    } else if (byte === 0x7d || byte === 0x5d) depth--;
  }
}

function check(value: unknown, depth: number): void {
  switch (typeof value) {
    case 'string':
      if (!value.isWellFormed()) throw new HuilianError('HL-1005');
      return;
    case 'number':
      if (!Number.isSafeInteger(value)) throw new HuilianError('HL-1004', { value: String(value) });
      return;
    case 'boolean':
    case 'undefined':
      return;
    case 'object':
      break;
    default:
      throw new HuilianError('HL-1002', { type: typeof value });
  }
  if (value === null) return;
  if (depth >= MAX_DEPTH) throw new HuilianError('HL-1003', { limit: MAX_DEPTH });
  for (const [name, member] of Object.entries(value)) {
    if (!name.isWellFormed()) throw new HuilianError('HL-1005');
    check(member, depth + 1);
  }
}
