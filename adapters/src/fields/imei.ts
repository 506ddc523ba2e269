import { HuilianError, imeiTag, looksLikeImei, parseImei } from '@huilian/core';
import type { Cell } from '../tables/cell.js';
import { attempt, fault, type Reading } from './reading.js';
import { readText } from './text.js';

/** A column of IMEI of telephones. What is read is not the IMEI but its digest under the pepper of the channel. */
export interface ImeiField {
  readonly type: 'imei';
}

/** @returns the value of the tag, 64 hex digits; or a fault: HL-1046, HL-1047, HL-1049, HL-9106 to HL-9109 */
export function readImei(cell: Cell, pepper: Uint8Array | undefined): Reading<string> {
  const text = readText(cell, { type: 'text', longest: 40, isCode: true });
  if (text.fault) return text;
  return attempt(() => ({ value: hashedImei(text.value, pepper) }));
}

/** The value of the tag of a telephone. @throws HuilianError HL-1046, HL-1047; HL-1049 without a pepper */
export function hashedImei(imei: string, pepper: Uint8Array | undefined): string {
  parseImei(imei);
  if (pepper === undefined) throw new HuilianError('HL-1049', { variable: 'HUILIAN_IMEI_PEPPER_FILE' });
  return imeiTag(imei, pepper).value;
}

/** A serial that was read, unless it is an IMEI in clear. @returns or a fault: HL-1048 */
export function noImei(read: Reading<string>): Reading<string> {
  return read.fault === undefined && looksLikeImei(read.value) ? fault('HL-1048') : read;
}

/** Whether something that is to be shown or kept as it stands has an IMEI in it, whatever stands around. */
export function holdsImei(text: string): boolean {
  const runs = [text, text.replace(/[\s/-]/g, '')].flatMap((each) => each.match(/\d{15,}/g) ?? []);
  return runs.some((digits) => looksLikeImei(digits));
}
