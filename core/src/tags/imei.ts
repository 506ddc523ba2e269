import { createHmac } from 'node:crypto';
import { HuilianError } from '../messages/error.js';
import { halfWidth } from './letters.js';

/** The HMAC of a telephone's IMEI, which alone stands on the ledger. */
export interface ImeiTag {
  readonly scheme: 'imei';
  readonly value: string;
}

/** Bytes that a pepper has at least: whoever could guess it would find the IMEI of every tag, there are only 10^14. */
const PEPPER_BYTES = 32;
/** Two digits of the bodies that ever gave out type codes, with which an IMEI begins (GSMA TS.06). */
const REPORTING_BODY = /^(?:01|10|30|33|35|44|45|49|5[0-4]|86|91|9[789])/;

/** The last of the 15 digits of an IMEI, over the first 14 (Luhn; 3GPP TS 23.003, annex B). */
export function imeiCheckDigit(digits: string): string {
  let sum = 0;
  for (let i = 0; i < 14; i++) {
    const weighed = Number(digits.charAt(i)) * (i % 2 === 0 ? 1 : 2);
    sum += weighed > 9 ? weighed - 9 : weighed;
  }
  return String((10 - (sum % 10)) % 10);
}

/**
 * The 15 digits of an IMEI, as scanned or as typed with hyphens or blanks. The IMEISV of 16 digits, whose end is the version of
 * the software and changes, is none. The errors do not repeat what was typed, because it is personal.
 *
 * @throws HuilianError HL-1046 not 15 digits, or all of them zero; HL-1047 wrong check digit
 */
export function parseImei(text: string): string {
  const digits = withoutSeparators(halfWidth(text));
  if (!/^[0-9]{15}$/.test(digits) || /^0+$/.test(digits))
    throw new HuilianError('HL-1046', { digits: digits.replace(/[^0-9]/g, '').length });
  if (imeiCheckDigit(digits) !== digits[14]) throw new HuilianError('HL-1047');
  return digits;
}

/**
 * The tag of a telephone: HMAC-SHA-256 under the pepper of the channel, lower-case hex, over `huilian/imei/v1` 0x00 and the 15
 * digits. A telephone is tied to a person, so the IMEI stays off the ledger; the same telephone still gives the same tag
 * everywhere on the channel.
 *
 * @param pepper at least 32 random bytes that the members of the channel share and nobody else has
 * @throws HuilianError HL-1046, HL-1047 for the IMEI, HL-1049 for the pepper
 */
export function imeiTag(imei: string, pepper: Uint8Array): ImeiTag {
  const digits = parseImei(imei);
  if (pepper.length < PEPPER_BYTES) throw new HuilianError('HL-1049', { bytes: pepper.length });
  const value = createHmac('sha256', pepper).update(`huilian/imei/v1\0${digits}`).digest('hex');
  return { scheme: 'imei', value };
}

/** True for what must be taken for an IMEI where nothing says so: right length, reporting body and check digit. */
export function looksLikeImei(text: string): boolean {
  const digits = withoutSeparators(text);
  return /^[0-9]{15}$/.test(digits) && REPORTING_BODY.test(digits) && imeiCheckDigit(digits) === digits[14];
}

function withoutSeparators(text: string): string {
  return text.replace(/[\s/-]/g, '');
}
