/**
 * What a cell holds. Numbers keep their decimal digits as text: a sum of money never passes through floating point.
 *
 * - `number`: only in XLSX. `isDate` says that the file shows it as a date or a time; `leastDigits` that it shows zeros before it up to so
 *   many digits.
 * - `formula`: a formula, whatever result is stored beside it. The result is not read.
 * - `merged`: part of merged cells. What they hold stands in their first cell alone in the file; here it stands in the first column of
 *   them in each row.
 */
export type Cell = PlainCell | MergedCell;

export type PlainCell =
  | { readonly kind: 'text'; readonly text: string }
  | {
      readonly kind: 'number';
      readonly digits: string;
      readonly isDate: boolean;
      readonly leastDigits?: number;
    }
  | { readonly kind: 'boolean'; readonly value: boolean }
  | { readonly kind: 'error'; readonly text: string }
  | { readonly kind: 'formula' };

export interface MergedCell {
  readonly kind: 'merged';
  readonly content?: PlainCell;
  readonly range: Merge;
}

/** From which day serial numbers of dates count: 1900-01-01 is 1, or 1904-01-01 is 0 (ECMA-376 part 1, 18.17.4.1). */
export type DateSystem = '1900' | '1904';

/** A row that holds something; rows without content are passed over. */
export interface Row {
  /** Name of the sheet; a CSV file has none. */
  readonly sheet?: string;
  /** As a spreadsheet program numbers it: from 1, empty rows counted, a quoted line break begins no new row. */
  readonly row: number;
  /** Cells by position, from 0; what is empty is undefined. */
  readonly cells: readonly (Cell | undefined)[];
  readonly hidden: boolean;
}

/** A range of merged cells; rows from 1, columns from 0, both ends included. */
export interface Merge {
  readonly rows: readonly [first: number, last: number];
  readonly columns: readonly [first: number, last: number];
}

/** One sheet, or the one table of a CSV file. */
export interface Sheet {
  readonly name?: string;
  readonly hidden: boolean;
  /** Positions of hidden columns, from 0; known from the first row on. */
  readonly hiddenColumns: ReadonlySet<number>;
  /**
   * Its rows, in order, read as they are asked for; may be read again.
   *
   * @throws HuilianError HL-9003 damaged, HL-9006 inflates too far, HL-9007 too many rows, HL-9008 too many columns, HL-9009
   *   record too long, HL-9010 quote never closed
   */
  rows(): AsyncGenerator<Row, void, undefined>;
}

/** A file of one or more tables, before anything is known about their columns. */
export interface Table {
  readonly kind: 'csv' | 'xlsx';
  /** How the text was decoded; XLSX says it itself. */
  readonly encoding?: Encoding;
  readonly delimiter?: Delimiter;
  readonly dateSystem?: DateSystem;
  readonly sheets: readonly Sheet[];
}

export const ENCODINGS = ['utf-8', 'utf-16le', 'utf-16be', 'gb18030'] as const;
export type Encoding = (typeof ENCODINGS)[number];

export const DELIMITERS = [',', ';', '\t'] as const;
export type Delimiter = (typeof DELIMITERS)[number];

/** Letters of a column: 0 is A, 25 is Z, 26 is AA. */
export function columnLetters(position: number): string {
  const last = String.fromCharCode(65 + (position % 26));
  return position < 26 ? last : columnLetters(Math.floor(position / 26) - 1) + last;
}

/** True when the cell shows something: blanks alone do not. */
export function isFilled(cell: Cell | undefined): cell is Cell {
  return cell !== undefined && !(cell.kind === 'text' && cell.text.trim() === '');
}
