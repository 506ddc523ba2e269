import type { Cell, PlainCell } from '../tables/cell.js';
import type { Column } from './format.js';
import type { FoundColumn, Header } from './header.js';

/** What merged cells say of one column in one row. */
export interface Unmerged {
  /** Undefined where they are empty. */
  readonly cell: PlainCell | undefined;
  /** True when it is said of other rows, too. */
  readonly isShared: boolean;
}

/**
 * What a cell holds, also one that is merged with others: what stands in merged cells goes for each of their rows, as whoever looks at
 * the sheet reads it.
 *
 * @returns undefined when it cannot be told: they reach over several columns of the format, or hold a quantity for several rows, which may be
 *   that of each or the sum of all
 */
export function unmerged(
  cells: readonly (Cell | undefined)[],
  { column, position }: FoundColumn,
  { columns }: Header,
): Unmerged | undefined {
  const cell = cells[position];
  if (cell?.kind !== 'merged') return { cell, isShared: false };
  const {
    rows,
    columns: [from, to],
  } = cell.range;
  const content = contentOf(cells[from]);
  if (content === undefined) return { cell: undefined, isShared: false };
  const isWide = columns.some((each) => each.position !== position && isWithin(each.position, from, to));
  const isShared = rows[0] !== rows[1];
  if (position !== from || isWide || (isShared && isSummable(column))) return undefined;
  return { cell: content, isShared };
}

function contentOf(cell: Cell | undefined): PlainCell | undefined {
  return cell?.kind === 'merged' ? cell.content : cell;
}

function isWithin(position: number, from: number, to: number): boolean {
  return from <= position && position <= to;
}

/** A mass, a sum of money, a count: of several rows it may be the sum. What a message says once is said of it as a whole. */
function isSummable({ field, saidOnce }: Column): boolean {
  if (saidOnce === true) return false;
  return field.type === 'quantity' || (field.type === 'integer' && field.isName !== true);
}
