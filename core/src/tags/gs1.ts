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
const KEYS: Readonly<Record<string, Ai>> = {
  '00': { pattern: /^[0-9]{18}$/, checked: 18 },
  '01': { pattern: /^[0-9]{14}$/, checked: 14 },
  '8003': { pattern: new RegExp(`^0[0-9]{13}${TEXT}{0,16}$`), checked: 14 },
  '8004': { pattern: new RegExp(`^${TEXT}{1,30}$`) },
  '8010': { pattern: /^[#\-/0-9A-Z]{1,30}$/ },
};
const QUALIFIERS: Readonly<Record<string, Readonly<Record<string, RegExp>>>> = {
  '01': { '10': new RegExp(`^${TEXT}{1,20}$`), '21': new RegExp(`^${TEXT}{1,20}$`) },
  '8010': { '8011': /^[0-9]{1,12}$/ },
};

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
  const ai = key && KEYS[key[0]];
  if (!key || !ai?.pattern.test(key[1])) throw new HuilianError('HL-1044', { ai: key?.[0] ?? '' });
  if (ai.checked !== undefined && gs1CheckDigit(key[1].slice(0, ai.checked - 1)) !== key[1][ai.checked - 1]) {
    throw new HuilianError('HL-1043', { key: key[1] });
  }
  for (const [name, value] of qualifiers) {
    if (!QUALIFIERS[key[0]]?.[name]?.test(value)) throw new HuilianError('HL-1044', { ai: name });
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
  let segments: string[];
  try {
    segments = url.pathname.split('/').slice(1).map(decodeURIComponent);
  } catch (cause) {
    throw new HuilianError('HL-1044', {}, { cause });
  }
  const start = segments.findIndex((segment, i) => segment in KEYS && i + 1 < segments.length);
  if (start < 0) return undefined;
  const pairs: [string, string][] = [];
  for (let i = start; i < segments.length; i += 2) {
    const value = segments[i + 1] ?? '';
    const ai = segments[i] ?? '';
    pairs.push([
      ai,
      ai === '01' && /^([0-9]{8}|[0-9]{12,13})$/.test(value) ? value.padStart(14, '0') : value,
    ]);
  }
  return gs1Value(pairs);
}
