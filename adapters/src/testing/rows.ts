import { HuilianError, type ErrorCode } from '@huilian/core';
import type { Row, Sheet, Table } from '../tables/cell.js';
import { readTable, type TableOptions } from '../tables/read-table.js';

/** All rows of all sheets. */
export async function allRows(table: Table): Promise<Row[]> {
  const rows: Row[] = [];
  for (const sheet of table.sheets) rows.push(...(await rowsOf(sheet)));
  return rows;
}

/** All rows of one sheet. */
export async function rowsOf(sheet: Sheet): Promise<Row[]> {
  const rows: Row[] = [];
  for await (const row of sheet.rows()) rows.push(row);
  return rows;
}

/** What a file holds: its rows as row number and texts, other cells as they are. */
export async function shown(bytes: Uint8Array, options: TableOptions = {}): Promise<unknown[]> {
  const rows = await allRows(await readTable(bytes, options));
  return rows.map(({ row, cells }) => [
    row,
    ...cells.map((cell) => (cell?.kind === 'text' ? cell.text : cell)),
  ]);
}

/** Reads a file whole and gives the code with which it is refused; undefined when it is not. */
export async function refusal(bytes: Uint8Array, options: TableOptions = {}): Promise<ErrorCode | undefined> {
  try {
    await allRows(await readTable(bytes, options));
    return undefined;
  } catch (error) {
    if (error instanceof HuilianError) return error.code;
    throw error;
  }
}
