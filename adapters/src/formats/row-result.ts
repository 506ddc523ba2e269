import type { Issue, Place } from './issue.js';
import type { Values } from './read-row.js';

/** What became of a row. Each row with content behind a header is told once. */
export type RowResult = Told & {
  readonly place: Place;
  readonly issues: readonly Issue[];
  /** After an import, the id of the message that the row became: by it a mistake is declared wrong. */
  readonly message?: string;
};

type Told =
  | { readonly status: 'accepted'; readonly values: Values }
  | { readonly status: 'refused' }
  | { readonly status: 'repeated' }
  /** Only after an import: taken in, and not judged by the ledger yet. */
  | { readonly status: 'waiting' };
