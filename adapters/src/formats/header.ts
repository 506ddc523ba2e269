import { HuilianError } from '@huilian/core';
import { folded, shownText, textOf } from '../fields/text.js';
import { unitNamed } from '../fields/units.js';
import { columnLetters, isFilled, type Cell, type Row } from '../tables/cell.js';
import type { Column, TableFormat } from './format.js';

/** Where a column of the format stands in a sheet. */
export interface FoundColumn {
  readonly column: Column;
  /** From 0. */
  readonly position: number;
  /** As in the file. */
  readonly header: string;
  /** Unit that the header names. */
  readonly unit?: string;
}

/** The header of a sheet. */
export interface Header {
  /** Its last row: merged cells may make it several rows high. */
  readonly lastRow: number;
  readonly columns: readonly FoundColumn[];
  /** Positions that have any header at all. */
  readonly width: number;
  /** Headers that the format does not know, and those that it leaves out. */
  readonly unknown: readonly string[];
  readonly leftOut: readonly string[];
  /** What its rows above say, by position, where merged cells make it several rows high. */
  readonly above: readonly (readonly string[])[];
}

/** A row that may be the header: `missing` holds the required columns that it lacks. */
export interface Candidate {
  readonly row: number;
  readonly missing: readonly Column[];
  readonly header: Header;
}

/**
 * Looks at a row as a header.
 *
 * @throws HuilianError HL-9012 when the row is the header and two cells of it mean the same column
 */
export function candidateOf(row: Row, format: TableFormat): Candidate {
  const columns: FoundColumn[] = [];
  const unknown: string[] = [];
  const leftOut: string[] = [];
  const aliases = aliasesOf(format);
  const personal = new Set(format.leftOut.map(plainName));
  let lastRow = row.row;
  row.cells.forEach((cell, position) => {
    if (!isFilled(cell)) return;
    if (cell.kind === 'merged') lastRow = Math.max(lastRow, cell.range.rows[1]);
    const header = headerText(cell);
    if (header === '') return;
    const read = readHeader(header, aliases);
    if (read) columns.push({ ...read, position, header });
    else (personal.has(plainName(header)) ? leftOut : unknown).push(header);
  });
  const missing = format.columns.filter(
    (column) => column.required && !columns.some((found) => found.column === column),
  );
  if (missing.length === 0) refuseTwice(row, columns);
  const width = row.cells.length;
  return { row: row.row, missing, header: { lastRow, columns, width, unknown, leftOut, above: [] } };
}

/** A header with those of the rows above it that merged cells join to it. */
export function withRowsAbove(header: Header, rows: readonly Row[], last: number): Header {
  const joined = rows.filter(({ cells }) =>
    cells.some((cell) => cell?.kind === 'merged' && cell.range.rows[1] >= last),
  );
  return { ...header, above: joined.map(namesIn) };
}

/** What a row says as a header. */
export function namesIn({ cells }: Row): readonly string[] {
  const names = cells.map((cell) => (isFilled(cell) ? plainName(textOf(cell)) : ''));
  return names.slice(0, names.findLastIndex((name) => name !== '') + 1);
}

function refuseTwice(row: Row, columns: readonly FoundColumn[]): void {
  for (const { column, header, position } of columns) {
    const other = columns.find((each) => each.column === column && each.position > position);
    if (!other) continue;
    const sheet = row.sheet === undefined ? {} : { sheet: row.sheet };
    const letters = `${columnLetters(position)} ${header} | ${columnLetters(other.position)} ${other.header}`;
    throw new HuilianError('HL-9012', { ...sheet, row: row.row, columns: letters });
  }
}

function headerText(cell: Cell): string {
  return shownText(textOf(cell).replace(/\s+/g, ' ').trim()).slice(0, 60);
}

/** Columns by every name that they are known by, as `plainName` gives it. */
export function aliasesOf({ columns }: Pick<TableFormat, 'columns'>): ReadonlyMap<string, Column> {
  return new Map(
    columns.flatMap((column) =>
      [column.name, ...column.headers.zh, ...column.headers.en].map(
        (alias) => [plainName(alias), column] as const,
      ),
    ),
  );
}

/** Knows `净重`, `净重（kg）`, `净重/kg`, `* 净重：` and `车架号(VIN)` by what stands before the brackets. */
function readHeader(
  header: string,
  aliases: ReadonlyMap<string, Column>,
): { column: Column; unit?: string } | undefined {
  const text = plainName(header);
  const whole = aliases.get(text);
  if (whole) return { column: whole };
  const [, name = '', inside = ''] =
    /^(.+?)[([【](.+)[)\]】]$/.exec(text) ?? /^(.+)\/([^/]+)$/.exec(text) ?? [];
  const column = aliases.get(name);
  if (!column) return undefined;
  if (unitNamed(inside)) return { column, unit: inside };
  // `净重/毛重` is no net mass.
  return text.includes('/') ? undefined : { column };
}

/** Width, case, blanks and the signs that mark a column as required do not tell headers apart. */
export function plainName(header: string): string {
  return folded(header)
    .normalize('NFC')
    .toLowerCase()
    .replace(/[\s_]+/g, '')
    .replace(/^[*:]+|[*:]+$/g, '');
}
