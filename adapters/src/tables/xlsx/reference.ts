import { HuilianError } from '@huilian/core';
import type { Merge } from '../cell.js';

/** Place of a cell: row from 1, column from 0. */
export interface CellPlace {
  readonly row: number;
  readonly column: number;
}

/** @throws HuilianError HL-9003 for what is not like `B5` */
export function parseReference(text: string): CellPlace {
  const [, letters, digits] = /^\$?([A-Z]{1,3})\$?([1-9][0-9]{0,6})$/.exec(text) ?? [];
  if (letters === undefined || digits === undefined)
    throw new HuilianError('HL-9003', { reason: `cell ${text.slice(0, 20)}` });
  let column = 0;
  for (const letter of letters) column = column * 26 + letter.charCodeAt(0) - 64;
  return { row: Number(digits), column: column - 1 };
}

/** @throws HuilianError HL-9003 for what is not like `A2:C3` or `A2` */
export function parseRange(text: string): Merge {
  const [from = '', to = from] = text.split(':');
  const first = parseReference(from);
  const last = parseReference(to);
  return {
    rows: [Math.min(first.row, last.row), Math.max(first.row, last.row)],
    columns: [Math.min(first.column, last.column), Math.max(first.column, last.column)],
  };
}
