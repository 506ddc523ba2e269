import { canonicalText } from '@huilian/core';
import { differ } from './difference.js';
import type { LedgerVerifier } from './ledger-verifier.js';

/** What a read model says about a row: some of its members. */
export interface ReadModelEntry {
  /** Key of the row, such as `item/hl1…`. */
  readonly key: string;
  /** Members that must equal those of the row; undefined where the row has none. */
  readonly members: Readonly<Record<string, unknown>>;
  /** Where it was read, for the report. */
  readonly source: string;
}

/**
 * Compares entries of a read model with the fold of the blocks.
 *
 * @param complete prefixes of keys, such as `item/`, of which the read model must have every row.
 * @throws DifferenceFound HL-6035
 */
export async function compareReadModel(
  entries: AsyncIterable<ReadModelEntry> | Iterable<ReadModelEntry>,
  verifier: LedgerVerifier,
  complete: readonly string[] = [],
): Promise<number> {
  const place = { block: verifier.head?.number ?? 0 };
  const missing = new Set(
    [...verifier.state.keys()].filter((key) => complete.some((prefix) => key.startsWith(prefix))),
  );
  let count = 0;
  for await (const { key, members, source } of entries) {
    const row = verifier.state.get(key) as Readonly<Record<string, unknown>> | undefined;
    if (row === undefined) differ('HL-6035', place, key, 'no entry', source);
    for (const [name, value] of Object.entries(members)) {
      const expected = text(row[name]);
      if (text(value) !== expected)
        differ('HL-6035', place, `${name} of ${key}`, expected, text(value), { source });
    }
    missing.delete(key);
    count += 1;
  }
  for (const key of missing) differ('HL-6035', place, key, 'an entry', 'none');
  return count;
}

function text(value: unknown): string {
  return value === undefined || value === null ? '-' : canonicalText(value);
}
