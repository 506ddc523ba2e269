import { textOf } from '../fields/text.js';
import { isFilled, type Row } from '../tables/cell.js';
import type { TableFormat } from './format.js';
import { plainName, type Header } from './header.js';
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

/** A row in which no column of the key and at most one other is filled: the sum of a list, or who signed it. */
export function isRemark({ key }: TableFormat, { filled }: ReadRow): boolean {
  return filled.size <= 1 && !key.some((name) => filled.has(name));
}

/** A row that says the header again, as lists of several printed pages do. */
export function isHeaderAgain({ cells }: Row, { columns }: Header): boolean {
  return columns.every(({ position, header }) => {
    const cell = cells[position];
    return isFilled(cell) && plainName(textOf(cell)) === plainName(header);
  });
}
