import { cut } from '../messages/details.js';
import { HuilianError } from '../messages/error.js';

/** A GS1 key and what qualifies it, in the order of GS1 Digital Link: `[["01", "09506000134352"], ["21", "ABC"]]`. */
export type Gs1Path = readonly (readonly [ai: string, value: string])[];

interface Ai {
  readonly pattern: RegExp;
  /** Length of the digits in front that end in a check digit. */
  readonly checked?: number;
}

const TEXT = String.raw`[!"%&'()*+,\-./0-9:;<=>?A-Z_a-z]`;

/** Primary keys this product reads (GS1 General Specifications, section 3), and their qualifiers. */
const KEYS: ReadonlyMap<string, Ai> = new Map([
  ['00', { pattern: /^[0-9]{18}$/, checked: 18 }],
  ['01', { pattern: /^[0-9]{14}$/, checked: 14 }],
  ['8003', { pattern: new RegExp(`^0[0-9]{13}${TEXT}{0,16}$`), checked: 14 }],
  ['8004', { pattern: new RegExp(`^${TEXT}{1,30}$`) }],
  ['8010', { pattern: /^[#\-/0-9A-Z]{1,30}$/ }],
]);
/** The qualifier that makes of a key the name of one object; without it the key names a class of them. */
const SERIALS: ReadonlyMap<string, readonly [ai: string, pattern: RegExp]> = new Map([
  ['01', ['21', new RegExp(`^${TEXT}{1,20}$`)]],
  ['8010', ['8011', /^(0|[1-9][0-9]{0,11})$/]],
]);

/** GS1 check digit over digits, the check digit itself left out (GS1 General Specifications, section 7.9). */
export function gs1CheckDigit(digits: string): string {
  let sum = 0;
  for (let i = 0; i < digits.length; i++)
    sum += Number(digits.charAt(digits.length - 1 - i)) * (i % 2 === 0 ? 3 : 1);
  return String((10 - (sum % 10)) % 10);
}

/**
 * Checks a key with its qualifiers and gives it as one text, `01/09506000134352/21/ABC`, values percent-encoded.
 *
 * @throws HuilianError HL-1043 wrong check digit, HL-1044 malformed
 */
export function gs1Value(path: Gs1Path): string {
  const [key, ...qualifiers] = path;
  const ai = key && KEYS.get(key[0]);
  if (!key || !ai?.pattern.test(key[1])) throw new HuilianError('HL-1044', { ai: cut(key?.[0] ?? '', 10) });
  if (ai.checked !== undefined && gs1CheckDigit(key[1].slice(0, ai.checked - 1)) !== key[1][ai.checked - 1]) {
    throw new HuilianError('HL-1043', { key: key[1] });
  }
  const serial = SERIALS.get(key[0]);
  for (const [name, value] of qualifiers) {
    if (serial?.[0] !== name || !serial[1].test(value) || qualifiers.length > 1)
      throw new HuilianError('HL-1044', { ai: cut(name, 10) });
  }
  return path.map(([name, value]) => `${name}/${encodeURIComponent(value)}`).join('/');
}

/**
 * Reads an uncompressed GS1 Digital Link URI (GS1 Digital Link: URI Syntax 1.4, section 4). Query and host say
 * nothing about identity and are left out. A GTIN of 8, 12 or 13 digits is padded to 14.
 *
 * @returns the key with its qualifiers, or undefined when the path names no known key
 * @throws HuilianError HL-1043, HL-1044
 */
export function parseDigitalLink(url: URL): string | undefined {
  const segments = segmentsOf(url.pathname.slice(1));
  const start = segments.findIndex((segment, i) => KEYS.has(segment) && i + 1 < segments.length);
  if (start < 0) return undefined;
  const [[key, value] = ['', ''], ...qualifiers] = pairs(segments.slice(start));
  const padded = key === '01' && /^([0-9]{8}|[0-9]{12,13})$/.test(value) ? value.padStart(14, '0') : value;
  // A lot or a variant beside a serial says nothing more about identity, and an RFID tag does not bear it.
  const serial = qualifiers.find(([ai]) => ai === SERIALS.get(key)?.[0]);
  return gs1Value([[key, padded], ...(serial ? [serial] : [])]);
}

/** True for a text that {@link gs1Value} gives for one object. A class of objects cannot be bound to an item. */
export function isObjectKey(text: string): boolean {
  const path = pairs(segmentsOf(text));
  const [[key, value] = ['', '']] = path;
  const one = SERIALS.has(key) ? path.length === 2 : key !== '8003' || value.length > 14;
  return one && gs1Value(path) === text;
}

function segmentsOf(path: string): string[] {
  try {
    return path.split('/').map(decodeURIComponent);
  } catch (cause) {
    throw new HuilianError('HL-1044', {}, { cause });
  }
}

function pairs(segments: readonly string[]): [string, string][] {
  const path: [string, string][] = [];
  for (let i = 0; i < segments.length; i += 2) path.push([segments[i] ?? '', segments[i + 1] ?? '']);
  return path;
}
