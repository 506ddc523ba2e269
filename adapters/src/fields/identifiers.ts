import { isCreditCode, parseVin } from '@huilian/core';
import type { Cell } from '../tables/cell.js';
import { attempt, fault, type Reading } from './reading.js';
import { readText } from './text.js';

/** A column of vehicle identification numbers (GB 16735). */
export interface VinField {
  readonly type: 'vin';
}

/** A column of unified social credit codes (GB 32100). */
export interface CreditCodeField {
  readonly type: 'creditCode';
}

const CODE = { type: 'text', longest: 40, isCode: true } as const;

/** @returns the VIN, with a notice where a wrong check digit is no error; or a fault: HL-1041, HL-1042, HL-9106 to HL-9109 */
export function readVin(cell: Cell): Reading<string> {
  const text = readText(cell, CODE);
  if (text.fault) return text;
  return attempt(() => {
    const { vin, checkDigitWrong } = parseVin(text.value);
    return checkDigitWrong ? { value: vin, notice: { code: 'HL-9161' } } : { value: vin };
  });
}

/** @returns the code in capital letters; or a fault: HL-1031, HL-9106 to HL-9109 */
export function readCreditCode(cell: Cell): Reading<string> {
  const text = readText(cell, CODE);
  if (text.fault) return text;
  const value = text.value.toUpperCase();
  return isCreditCode(value) ? { value } : fault('HL-1031');
}
