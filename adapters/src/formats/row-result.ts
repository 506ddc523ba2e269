import type { Issue, Place } from './issue.js';
import type { Values } from './read-row.js';

/** What became of a row. Each row with content behind a header is told once. */
export type RowResult =
  | {
      readonly status: 'accepted';
      readonly place: Place;
      readonly values: Values;
      readonly issues: readonly Issue[];
    }
  | { readonly status: 'refused'; readonly place: Place; readonly issues: readonly Issue[] }
  | { readonly status: 'repeated'; readonly place: Place; readonly issues: readonly Issue[] }
  /** Only after an import: taken in, and not judged by the ledger yet. */
  | { readonly status: 'waiting'; readonly place: Place; readonly issues: readonly Issue[] };
