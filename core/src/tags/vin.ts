import { cut } from '../messages/details.js';
import { HuilianError } from '../messages/error.js';
import { capitals } from './letters.js';

const LENGTH = 17;
const PATTERN = /^[A-HJ-NPR-Z0-9]{17}$/;
const VALUES = '0123456789.ABCDEFGH..JKLMN.P.R..STUVWXYZ';
const WEIGHTS = [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2];

/** Check digit of a VIN, `0` to `9` or `X` (GB 16735, annex; 49 CFR 565.15). */
export function vinCheckDigit(vin: string): string {
  let sum = 0;
  for (let i = 0; i < 17; i++) sum += (VALUES.indexOf(vin.charAt(i)) % 10) * (WEIGHTS[i] ?? 0);
  return '0123456789X'.charAt(sum % 11);
}

/** China (L) and North America (1 to 5) enforce the check digit; elsewhere position 9 is the maker's. */
function enforcesCheckDigit(vin: string): boolean {
  return /^[L1-5]/.test(vin);
}

/**
 * A VIN in capital letters (ISO 3779, GB 16735).
 *
 * @returns the VIN, and a warning where a wrong check digit is no error
 * @throws HuilianError HL-1041 malformed, HL-1042 wrong check digit where it is enforced
 */
export function parseVin(text: string): { vin: string; checkDigitWrong: boolean } {
  const vin = capitals(text.trim());
  if (!PATTERN.test(vin)) throw new HuilianError('HL-1041', { text: cut(text, 40) });
  const expected = vinCheckDigit(vin);
  const wrong = expected !== vin[8];
  if (wrong && enforcesCheckDigit(vin)) throw new HuilianError('HL-1042', { vin, expected });
  return { vin, checkDigitWrong: wrong };
}

/** The first VIN that stands in a text in capital letters, with a check digit that fits where it is enforced. */
export function findVin(text: string): string | undefined {
  for (let at = 0; at + LENGTH <= text.length; at++) {
    const part = text.slice(at, at + LENGTH);
    const isVin = PATTERN.test(part) && (!enforcesCheckDigit(part) || vinCheckDigit(part) === part[8]);
    if (isVin) return part;
  }
  return undefined;
}
