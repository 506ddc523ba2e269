import type { TableFormat } from './format.js';
import { issue, type Issue, type Place } from './issue.js';
import type { Values } from './read-row.js';

/** What a row lacks beside its required columns: none of those of which one is needed, or half an entry of the message's list. */
export function lacking(format: TableFormat, values: Values, place: Place): readonly Issue[] {
  const { anyOf, list } = format;
  const missing = [
    ...(isNamed(anyOf, values) ? [] : (anyOf ?? []).slice(0, 1)),
    ...(list === undefined || !list.columns.some((name) => values[name] !== undefined)
      ? []
      : [
          ...list.required.filter((name) => values[name] === undefined),
          ...(isNamed(list.anyOf, values) ? [] : (list.anyOf ?? []).slice(0, 1)),
        ]),
  ];
  return missing.map((name) => issue('HL-9101', { ...place, header: headerOf(format, name) }));
}

function isNamed(anyOf: readonly string[] | undefined, values: Values): boolean {
  return anyOf === undefined || anyOf.some((name) => values[name] !== undefined);
}

function headerOf({ columns }: TableFormat, name: string): string {
  return columns.find((column) => column.name === name)?.headers.zh[0] ?? name;
}
