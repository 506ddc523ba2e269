import type { Cell } from '../tables/cell.js';
import { readDecimal, wholeNumber, type NumberStyle } from './decimal.js';
import { fault, type Reading } from './reading.js';
import { folded, textOf, visibleText } from './text.js';
import { unitNamed, type Measure } from './units.js';

/** A column of masses in grams or of money in fen. */
export interface QuantityField {
  readonly type: 'quantity';
  readonly measure: Measure;
  /** Least and most, in grams or fen. */
  readonly least: number;
  readonly most: number;
}

/** A column of whole numbers: pieces, years. */
export interface IntegerField {
  readonly type: 'integer';
  readonly least: number;
  readonly most: number;
  /** It tells something from others, as the version of a table does, and is no count. */
  readonly isName?: true;
}

/**
 * Reads a mass or a sum of money. The unit stands in the cell or in the header; when it stands in both, they have to agree.
 *
 * @param headerUnit name of the unit in the header
 * @returns whole grams or fen; or a fault: HL-9107, HL-9120 to HL-9126
 */
export function readQuantity(
  cell: Cell,
  field: QuantityField,
  headerUnit: string | undefined,
  style: NumberStyle | undefined,
): Reading<number> {
  const parts = partsOf(cell);
  if (parts.fault) return parts;
  const { number, unit } = parts.value;
  const name = unit ?? headerUnit;
  if (name === undefined) return fault('HL-9122');
  const known = unitNamed(name);
  if (known?.measure !== field.measure) return fault('HL-9123', { unit: name.slice(0, 20) });
  if (unit !== undefined && headerUnit !== undefined && unitNamed(headerUnit)?.factor !== known.factor)
    return fault('HL-9124', { unit: `${unit} | ${headerUnit}`.slice(0, 40) });
  return inRange(number, known.factor, field, styleOf(cell, style));
}

/** @returns or a fault: HL-9107, HL-9120, HL-9121, HL-9125, HL-9126 */
export function readInteger(
  cell: Cell,
  field: IntegerField,
  style: NumberStyle | undefined,
): Reading<number> {
  const parts = partsOf(cell);
  if (parts.fault) return parts;
  if (parts.value.unit !== undefined) return fault('HL-9120');
  return inRange(parts.value.number, 1n, field, styleOf(cell, style));
}

/** A cell that is a number in the file is written in one way. */
function styleOf(cell: Cell, style: NumberStyle | undefined): NumberStyle | undefined {
  return cell.kind === 'number' ? 'point' : style;
}

function inRange(
  number: string,
  factor: bigint,
  { least, most }: { readonly least: number; readonly most: number },
  style: NumberStyle | undefined,
): Reading<number> {
  const decimal = readDecimal(number, style);
  if (decimal.fault) return decimal;
  const whole = wholeNumber(decimal.value, factor);
  if (whole.fault) return whole;
  return whole.value < least || whole.value > most ? fault('HL-9126', { found: whole.value }) : whole;
}

/** Number and unit of `1,234.5 kg`, `¥12`, `12元` or `¥12元`. */
function partsOf(cell: Cell): Reading<{ number: string; unit?: string }> {
  if (cell.kind === 'number') return cell.isDate ? fault('HL-9120') : { value: { number: cell.digits } };
  if (cell.kind !== 'text') return fault('HL-9120');
  const text = visibleText(textOf(cell));
  if (text.fault) return text;
  const [, before, number, after] =
    /^(¥|cny|rmb)?\s*([+\-\u2212]?\s*[0-9.,]+)\s*([^0-9.,\s].*)?$/i.exec(folded(text.value).trim()) ?? [];
  if (number === undefined) return fault('HL-9120');
  // `¥12元` says twice that it is money; what stands behind says how much of it.
  if (before !== undefined && after !== undefined && unitNamed(after)?.measure !== 'money')
    return fault('HL-9120');
  const unit = after ?? before;
  return { value: unit === undefined ? { number } : { number, unit } };
}
