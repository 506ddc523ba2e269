import { HuilianError } from '../messages/error.js';
import { hasDuplicateKeys } from './duplicate-keys.js';

/** A JSON value whose numbers are integers. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };

/** Objects and arrays of a JSON value may nest this deep, the outermost counted. */
export const MAX_JSON_DEPTH = 16;

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * Canonical bytes of a value: RFC 8785, numbers restricted to safe integers. Members that are `undefined` are left out.
 *
 * @throws HuilianError HL-1002 to HL-1005, HL-1007
 */
export function canonical(value: unknown): Uint8Array {
  return Buffer.from(canonicalText(value), 'utf8');
}

/** The canonical text of a value. @throws as {@link canonical} */
export function canonicalText(value: unknown): string {
  return isOrdered(value, 0) ? JSON.stringify(value) : write(value, 0);
}

/**
 * Reads bytes and accepts them only if they are the canonical form of what they say. One comparison so finds duplicate
 * keys, blanks, other orders of members, other spellings of numbers and texts.
 *
 * @throws HuilianError HL-1001 to HL-1007
 */
export function parseCanonical(bytes: Uint8Array): Json {
  const { text, value } = parse(bytes);
  requireCanonical(text, canonicalText(value));
  return value;
}

/**
 * Compares a text that was read with the canonical text of what it says.
 *
 * @throws HuilianError HL-1006 when an object holds a name twice, HL-1001 for any other difference
 */
export function requireCanonical(text: string, canonicalForm: string): void {
  if (text !== canonicalForm) throw new HuilianError(hasDuplicateKeys(text) ? 'HL-1006' : 'HL-1001');
}

/**
 * Reads JSON that need not be canonical, with the same bounds.
 *
 * @throws HuilianError HL-1002 when it is not JSON or not UTF-8, HL-1003 when nested too deeply, HL-1006 when an object
 *   holds a name twice
 */
export function parseBounded(bytes: Uint8Array): Json {
  const { text, value } = parse(bytes);
  if (hasDuplicateKeys(text)) throw new HuilianError('HL-1006');
  return value;
}

/** Reads JSON that is bounded in depth, with its text. @throws HuilianError HL-1002, HL-1003 */
export function parse(bytes: Uint8Array): { text: string; value: Json } {
  checkDepth(bytes);
  try {
    const text = decoder.decode(bytes);
    return { text, value: JSON.parse(text) as Json };
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
      if (++depth > MAX_JSON_DEPTH) throw new HuilianError('HL-1003', { limit: MAX_JSON_DEPTH });
    } else if (byte === 0x7d || byte === 0x5d) depth--;
  }
}

/**
 * True when the engine's own writer makes the canonical text of a value: members in order, integers, well-formed texts,
 * nothing that JSON cannot say. It writes several times faster than {@link write}, and nearly all values of ours are so,
 * because they were read from canonical bytes.
 */
function isOrdered(value: unknown, depth: number): boolean {
  switch (typeof value) {
    case 'string':
      return value.isWellFormed();
    case 'number':
      return Number.isSafeInteger(value);
    case 'boolean':
      return true;
    case 'object':
      if (value === null) return true;
      if (depth >= MAX_JSON_DEPTH) return false;
      return Array.isArray(value) ? isOrderedArray(value, depth) : isOrderedObject(value, depth);
    default:
      return false;
  }
}

function isOrderedArray(values: readonly unknown[], depth: number): boolean {
  // Not `every`, which passes over holes.
  for (const value of values) if (!isOrdered(value, depth + 1)) return false;
  return true;
}

function isOrderedObject(value: object, depth: number): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) return false;
  let previous = '';
  for (const name of Object.keys(value)) {
    // The first name may be empty; the others must follow it.
    if (name <= previous && previous !== '') return false;
    if (name === '__proto__' || !name.isWellFormed()) return false;
    previous = name;
    const member = (value as Record<string, unknown>)[name];
    if (member !== undefined && !isOrdered(member, depth + 1)) return false;
  }
  return true;
}

/** Checks and writes in one pass, in the order of RFC 8785. */
function write(value: unknown, depth: number): string {
  switch (typeof value) {
    case 'string':
      return writeText(value);
    case 'number':
      if (!Number.isSafeInteger(value)) throw new HuilianError('HL-1004', { value: String(value) });
      return String(value); // -0 is written 0 (RFC 8785, section 3.2.2.3)
    case 'boolean':
      return value ? 'true' : 'false';
    case 'object':
      if (value === null) return 'null';
      if (depth >= MAX_JSON_DEPTH) throw new HuilianError('HL-1003', { limit: MAX_JSON_DEPTH });
      return Array.isArray(value) ? writeArray(value, depth) : writeObject(value, depth);
    default:
      throw new HuilianError('HL-1002', { type: typeof value });
  }
}

function writeText(text: string): string {
  if (!text.isWellFormed()) throw new HuilianError('HL-1005');
  return JSON.stringify(text); // escapes exactly what RFC 8785, section 3.2.2.2, asks for
}

function writeArray(values: readonly unknown[], depth: number): string {
  let text = '';
  for (const value of values) text += `${text === '' ? '' : ','}${write(value, depth + 1)}`;
  return `[${text}]`;
}

function writeObject(value: object, depth: number): string {
  const prototype: unknown = Object.getPrototypeOf(value);
  // A Map, a Buffer or a Date would silently become `{}` or an object of bytes.
  if (prototype !== Object.prototype && prototype !== null)
    throw new HuilianError('HL-1002', { type: 'class' });
  let text = '';
  // The default sort compares UTF-16 code units, as RFC 8785, section 3.2.3, does.
  for (const name of Object.keys(value).sort()) {
    const member = (value as Record<string, unknown>)[name];
    if (member === undefined) continue;
    // Libraries treat this name as they please, some drop it: bytes and meaning would part.
    if (name === '__proto__') throw new HuilianError('HL-1007', { name });
    text += `${text === '' ? '' : ','}${writeText(name)}:${write(member, depth + 1)}`;
  }
  return `{${text}}`;
}
