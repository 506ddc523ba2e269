import { canonicalText, type ErrorCode } from '@huilian/core';
import { differ } from './difference.js';
import type { KeySet } from './rows/key-set.js';

/** A row as somebody holds it: a peer's world state or a gateway's read model. */
export interface HeldRow {
  /** Key of the world state, such as `item/hl1…`. */
  readonly key: string;
  /** The row as a JSON value. */
  readonly row: unknown;
}

export type RowSource = () => AsyncIterable<HeldRow> | Iterable<HeldRow>;

/** What the fold of the blocks says that somebody must hold. */
export interface ExpectedRows {
  keys(): Iterable<string>;
  /** Canonical text of a row; undefined if there must be none. */
  text(key: string): string | undefined;
}

/** Rows that did not fit, with what was found; they may have changed while they were being read. */
export type Unsettled = Map<string, string | undefined>;

/**
 * Compares rows that somebody holds with what the fold of the blocks expects. Every expected row must be there.
 *
 * @param held an empty set, for the keys that were seen.
 * @returns the rows that do not fit.
 */
export async function compareRows(
  rows: AsyncIterable<HeldRow> | Iterable<HeldRow>,
  expected: ExpectedRows,
  held: KeySet,
): Promise<{ unsettled: Unsettled; count: number }> {
  const unsettled: Unsettled = new Map();
  let count = 0;
  for await (const { key, row } of rows) {
    count += 1;
    held.add(key);
    const found = textOf(row);
    if (expected.text(key) !== found) unsettled.set(key, found);
  }
  for (const key of expected.keys()) if (!held.has(key)) unsettled.set(key, undefined);
  return { unsettled, count };
}

/** The canonical text; of what has none, such as a fraction, any text, which fits nothing. */
function textOf(row: unknown): string {
  try {
    return canonicalText(row);
  } catch {
    return JSON.stringify(row);
  }
}

/** Drops the rows that fit the state as it is now. */
export function settle(unsettled: Unsettled, expected: ExpectedRows): void {
  for (const [key, found] of unsettled) {
    if (expected.text(key) === found) unsettled.delete(key);
  }
}

/** Ends the verification with the first row, by key, that never fitted. */
export function requireSettled(
  unsettled: Unsettled,
  expected: ExpectedRows,
  { code, what, block }: { readonly code: ErrorCode; readonly what: string; readonly block: number },
): void {
  const [key] = [...unsettled.keys()].sort();
  if (key === undefined) return;
  const found = unsettled.get(key);
  const wanted = expected.text(key);
  const member = firstMember(wanted, found);
  differ(code, { block }, `${what} ${key}`, wanted ?? 'no row', found ?? 'no row', {
    ...(member === undefined ? {} : { member }),
    rowsThatDiffer: unsettled.size,
  });
}

/** The first member, by name, that two objects, as JSON, do not share. */
export function firstMember(expected: string | undefined, found: string | undefined): string | undefined {
  if (expected === undefined || found === undefined) return undefined;
  const one = JSON.parse(expected) as Readonly<Record<string, unknown>>;
  const other = JSON.parse(found) as Readonly<Record<string, unknown>>;
  const names = [...new Set([...Object.keys(one), ...Object.keys(other)])].sort();
  return names.find((name) => JSON.stringify(one[name]) !== JSON.stringify(other[name]));
}
