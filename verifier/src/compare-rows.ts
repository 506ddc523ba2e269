import { canonicalText, type ErrorCode } from '@huilian/core';
import { differ } from './difference.js';
import type { LedgerVerifier } from './ledger-verifier.js';

/** A row as somebody holds it: a peer's world state or a gateway's read model. */
export interface HeldRow {
  /** Key of the world state, such as `item/hl1…`. */
  readonly key: string;
  /** The row as a JSON value. */
  readonly row: unknown;
}

export type RowSource = () => AsyncIterable<HeldRow> | Iterable<HeldRow>;

/** Rows that did not fit, with what was found; they may have changed while they were being read. */
export type Unsettled = Map<string, string | undefined>;

/**
 * Compares rows that somebody holds with the fold of the blocks.
 *
 * @param complete prefixes of keys of which every row must be there; `''` is all of them.
 * @returns the rows that do not fit.
 */
export async function compareRows(
  rows: AsyncIterable<HeldRow> | Iterable<HeldRow>,
  verifier: LedgerVerifier,
  complete: readonly string[],
): Promise<{ unsettled: Unsettled; count: number }> {
  const unsettled: Unsettled = new Map();
  const missing = new Set(
    [...verifier.state.keys()].filter((key) => complete.some((prefix) => key.startsWith(prefix))),
  );
  let count = 0;
  for await (const { key, row } of rows) {
    count += 1;
    missing.delete(key);
    const found = canonicalText(row);
    if (verifier.state.text(key) !== found) unsettled.set(key, found);
  }
  for (const key of missing) unsettled.set(key, undefined);
  return { unsettled, count };
}

/** Drops the rows that fit the state as it is now. */
export function settle(unsettled: Unsettled, verifier: LedgerVerifier): void {
  for (const [key, found] of unsettled) {
    if (verifier.state.text(key) === found) unsettled.delete(key);
  }
}

/** Ends the verification with the first row, by key, that never fitted. */
export function requireSettled(unsettled: Unsettled, verifier: LedgerVerifier, code: ErrorCode): void {
  const [key] = [...unsettled.keys()].sort();
  if (key === undefined) return;
  const found = unsettled.get(key);
  const expected = verifier.state.text(key);
  const member = firstMember(expected, found);
  differ(code, { block: verifier.head?.number ?? 0 }, `row ${key}`, expected ?? 'no row', found ?? 'no row', {
    ...(member === undefined ? {} : { member }),
    rowsThatDiffer: unsettled.size,
  });
}

/** The first member, by name, that two rows do not share. */
function firstMember(expected: string | undefined, found: string | undefined): string | undefined {
  if (expected === undefined || found === undefined) return undefined;
  const one = JSON.parse(expected) as Readonly<Record<string, unknown>>;
  const other = JSON.parse(found) as Readonly<Record<string, unknown>>;
  const names = [...new Set([...Object.keys(one), ...Object.keys(other)])].sort();
  return names.find((name) => JSON.stringify(one[name]) !== JSON.stringify(other[name]));
}
