import type { ErrorCode, SignedBatch } from '@huilian/core';
import type { Opening } from './journal.js';

/** A place in a lane. */
export interface Place {
  readonly sequence: number;
  /** Digest of the batch at this place, `""` before the first. */
  readonly digest: string;
}

/** What stays of a batch once its receipt was checked. */
export interface Settled extends Place {
  readonly count: number;
  /** Events that were not accepted; all others were. */
  readonly refused: readonly (readonly [index: number, code: string])[];
  readonly notices?: readonly (readonly [index: number, code: string])[];
  readonly transaction: string;
  /** Ledger time, seconds since 1970. */
  readonly time: number;
  readonly block?: number;
}

/** Why a lane takes no more batches: two devices used the key, or it was restored from a backup. */
export type Closing = Extract<ErrorCode, 'HL-7014' | 'HL-3010'>;

/** Numbers behind the last batch that links which were signed, as far as is known, and cannot be sent. */
export interface Loss {
  /** The last of them. */
  readonly upTo: number;
  /** True once the next batch may declare them as a gap. */
  readonly declared: boolean;
}

/** First line of the journal: the lane as earlier generations left it. */
export interface LaneOpening extends Opening {
  readonly ledger: string;
  readonly keyId: string;
  /** Last batch for which a receipt was checked. */
  readonly received: Place;
  /** Batches that were settled lately, for people to look at. */
  readonly recent: readonly Settled[];
  readonly loss?: Loss;
  readonly closed?: Closing;
}

/** The lines that follow. */
export type Entry =
  | { readonly kind: 'batch'; readonly batch: SignedBatch }
  /** Handed to some gateway, perhaps in vain. */
  | { readonly kind: 'sent'; readonly upTo: number }
  | { readonly kind: 'settled'; readonly batches: readonly Settled[] }
  /** Whole, but behind a batch that was lost: nothing links to it. */
  | { readonly kind: 'stranded'; readonly batch: SignedBatch }
  | { readonly kind: 'closed'; readonly code: Closing };
