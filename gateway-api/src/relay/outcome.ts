import type { ErrorCode, HuilianError } from '@huilian/core';
import type { Sent } from './lanes.js';

/** What became of one batch. */
export interface BatchResult {
  readonly keyId: string;
  readonly sequence: number;
  readonly digest: string;
  readonly status: 'recorded' | 'known' | 'fork' | 'inadmissible';
  /** Why, when the batch is inadmissible or a fork. */
  readonly code?: ErrorCode;
  readonly facts?: Readonly<Record<string, string | number>>;
  /** One for each event: `accepted` or the code of its refusal. */
  readonly verdicts?: readonly string[];
  readonly block?: number;
  readonly transaction?: string;
}

/** A batch of a group that the ledger does not admit. */
export interface Inadmissible {
  readonly position: number;
  readonly code: ErrorCode;
  readonly facts?: Readonly<Record<string, string | number>>;
}

/** What became of one group. */
export type GroupOutcome =
  /** Committed, or nothing needed to be. One result for each batch, in order. */
  | { readonly kind: 'done'; readonly results: readonly BatchResult[] }
  /** Nothing was recorded because of these; the others may go again. */
  | { readonly kind: 'inadmissible'; readonly batches: readonly Inadmissible[] }
  /** Another transaction was faster. */
  | { readonly kind: 'conflict' }
  /** The group as a whole touches too much; its halves may pass. */
  | { readonly kind: 'tooLarge'; readonly error: HuilianError }
  /** The ledger is away or the outcome is unknown. */
  | { readonly kind: 'failed'; readonly error: unknown };

/** Endorses, submits and waits for one group. Never throws. */
export type RecordGroup = (batches: readonly Sent[]) => Promise<GroupOutcome>;
