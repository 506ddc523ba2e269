import { BOUNDS } from '../tables/bounds.js';
import type { Cell, DateSystem } from '../tables/cell.js';
import { readCode, type CodeListField } from './code-list.js';
import { readDate, type DateField } from './date.js';
import type { NumberStyle } from './decimal.js';
import { readCreditCode, readVin, type CreditCodeField, type VinField } from './identifiers.js';
import { readImei, noImei, type ImeiField } from './imei.js';
import { readInteger, readQuantity, type IntegerField, type QuantityField } from './quantity.js';
import { fault, type Reading } from './reading.js';
import { readSeveral } from './several.js';
import { readText, textOf, type TextField } from './text.js';
import { readTime, type TimeField } from './time.js';

/** What a column holds, as data. */
export type Field =
  | TextField
  | IntegerField
  | QuantityField
  | DateField
  | TimeField
  | VinField
  | CreditCodeField
  | ImeiField
  | CodeListField;

/** Texts, codes and days as text; whole numbers, grams, fen and seconds since 1970 as numbers. */
export type FieldValue = string | number;

/** What goes for a whole column or file. */
export interface FieldSurroundings {
  /** Name of the unit in the header. */
  readonly unit?: string;
  readonly dateSystem?: DateSystem;
  readonly numbers?: NumberStyle;
  /** No later day is taken, such as `2026-03-02`. */
  readonly today?: string;
  /** Of the channel, for the IMEI of telephones. */
  readonly imeiPepper?: Uint8Array;
}

/**
 * Reads one cell that holds something. Never throws, whatever the cell holds.
 *
 * @returns or a fault: HL-1031, HL-1041, HL-1042, HL-1046 to HL-1049, HL-9102 to HL-9140
 */
export function readField(
  given: Cell,
  field: Field,
  surroundings: FieldSurroundings = {},
): Reading<FieldValue> {
  const cell = withoutApostrophe(given, field);
  if (cell.kind === 'formula') return fault('HL-9102');
  if (cell.kind === 'error') return fault('HL-9103');
  if (cell.kind === 'merged') return fault('HL-9104');
  // A formula that a spreadsheet program made text, or a text that it would make a formula: both are text.
  if (textOf(cell).length > BOUNDS.cellCharacters) return fault('HL-9106', { limit: BOUNDS.cellCharacters });
  const { unit, dateSystem, numbers, today, imeiPepper } = surroundings;
  switch (field.type) {
    case 'text':
      if (field.several !== undefined) return readSeveral(cell, field, field.several);
      return field.isSerial ? noImei(readText(cell, field)) : readNamed(cell, field);
    case 'integer':
      return readInteger(cell, field, numbers);
    case 'quantity':
      return readQuantity(cell, field, unit, numbers);
    case 'date':
      return readDate(cell, field, dateSystem, today);
    case 'time':
      return readTime(cell, field, dateSystem, today);
    case 'vin':
      return readVin(cell);
    case 'creditCode':
      return readCreditCode(cell);
    case 'imei':
      return readImei(cell, imeiPepper);
    case 'codeList':
      return readCode(cell, field);
  }
}

/** An apostrophe before a code, a number or a day only tells a spreadsheet program that it is a text. */
function withoutApostrophe(cell: Cell, field: Field): Cell {
  if (cell.kind !== 'text' || (field.type === 'text' && field.isCode !== true)) return cell;
  const text = cell.text.replace(/^\s*['’‘＇`]/, '');
  return text === cell.text ? cell : { kind: 'text', text };
}

/** A text, or what people write in place of it. */
function readNamed(cell: Cell, field: TextField): Reading<string> {
  const text = readText(cell, field);
  if (text.fault === undefined || field.words === undefined) return text;
  const named = readCode(cell, { type: 'codeList', codes: field.words });
  return named.fault === undefined ? named : text;
}
