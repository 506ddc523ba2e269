import { textOf } from '../fields/text.js';
import { isFilled, type Cell, type MergedCell, type Row } from '../tables/cell.js';
import type { TableFormat } from './format.js';
import { namesIn, plainName, type Header } from './header.js';
import { issue, type Issue, type Place } from './issue.js';
import type { ReadRow } from './read-row.js';

/**
 * What a row lacks beside its required columns: none of those of which one is needed, or half an entry of the message's list. A cell that
 * cannot be read is told by itself.
 */
export function lacking(format: TableFormat, { filled }: ReadRow, place: Place): readonly Issue[] {
  const { anyOf, list } = format;
  const isNamed = (names: readonly string[] | undefined): boolean =>
    names === undefined || names.some((name) => filled.has(name));
  const missing = [
    ...(isNamed(anyOf) ? [] : (anyOf ?? []).slice(0, 1)),
    ...(list === undefined || !isNamed(list.columns)
      ? []
      : [
          ...list.required.filter((name) => !filled.has(name)),
          ...(isNamed(list.anyOf) ? [] : (list.anyOf ?? []).slice(0, 1)),
        ]),
  ];
  return missing.map((name) => issue('HL-9101', { ...place, header: headerOf(format, name) }));
}

function headerOf({ columns }: TableFormat, name: string): string {
  return columns.find((column) => column.name === name)?.headers.zh[0] ?? name;
}

/** How a row begins that sums up others, as `plainName` gives it. */
const SUM =
  /^(?:本[页月日车单批]|[0-9]{1,2}月)?(?:合计|总计|小计|共计|累计|总数)|^(?:sub|grand)?total(?![a-z0-9-])/;

/**
 * A row that is no entry: it begins by saying that it is a sum, it is one note over several columns, or no column of the key and at most one
 * other is filled, as where a list is signed.
 */
export function isRemark({ key }: TableFormat, { filled }: ReadRow, { cells }: Row): boolean {
  const [first, ...others] = cells.filter(isFilled);
  if (first === undefined || SUM.test(plainName(textOf(first)))) return true;
  if (isWide(first) && others.every((cell) => cell.kind === 'merged' && cell.range === first.range))
    return true;
  return filled.size <= 1 && !key.some((name) => filled.has(name));
}

function isWide(cell: Cell): cell is MergedCell {
  return cell.kind === 'merged' && cell.range.columns[0] !== cell.range.columns[1];
}

/** A row that says the header again, or a row of it, as lists of several printed pages do. */
export function isHeaderAgain(row: Row, { columns, above }: Header): boolean {
  const isLast = columns.every(({ position, header }) => {
    const cell = row.cells[position];
    return isFilled(cell) && plainName(textOf(cell)) === plainName(header);
  });
  if (isLast || above.length === 0) return isLast;
  const names = namesIn(row);
  return above.some((own) => own.length === names.length && own.every((name, at) => name === names[at]));
}
