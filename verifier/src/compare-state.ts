import { canonicalText } from '@huilian/core';
import { differ } from './difference.js';
import type { LedgerVerifier } from './ledger-verifier.js';

/** A row as a peer's world state holds it: `row` is the JSON value. */
export interface StateRow {
  readonly key: string;
  readonly row: unknown;
}

/** Rows that did not fit, with what was found; they may have changed while they were being read. */
export type Unsettled = Map<string, string | undefined>;

/** Compares all rows of a world state with the fold of the blocks. Returns those that do not fit. */
export async function compareState(
  rows: AsyncIterable<StateRow> | Iterable<StateRow>,
  verifier: LedgerVerifier,
): Promise<Unsettled> {
  const unsettled: Unsettled = new Map();
  const missing = new Set(verifier.state.keys());
  for await (const { key, row } of rows) {
    missing.delete(key);
    const found = canonicalText(row);
    if (verifier.state.text(key) !== found) unsettled.set(key, found);
  }
  for (const key of missing) unsettled.set(key, undefined);
  return unsettled;
}

/** Drops the rows that fit the state as it is now. */
export function settle(unsettled: Unsettled, verifier: LedgerVerifier): void {
  for (const [key, found] of unsettled) {
    if (verifier.state.text(key) === found) unsettled.delete(key);
  }
}

/** Ends the verification if a row never fitted. */
export function requireSettled(unsettled: Unsettled, verifier: LedgerVerifier): void {
  for (const [key, found] of unsettled) {
    const block = verifier.head?.number ?? 0;
    differ('HL-6034', { block }, `row ${key}`, verifier.state.text(key) ?? 'no row', found ?? 'no row');
  }
}
