import type { Details, ErrorCode, LedgerEvent, Verdict } from '@huilian/core';
import type { Closing, Settled } from './entries.js';

/** `stranded`: whole, but a batch before it is lost, so it cannot be sent under its number. */
export type BatchState = 'waiting' | 'sent' | 'settled' | 'stranded';

/** A batch as the queue shows it. */
export interface QueuedBatch {
  readonly sequence: number;
  /** SHA-256 of the header, hex. */
  readonly digest: string;
  readonly state: BatchState;
  readonly count: number;
  /** Empty once it is settled: the ledger has them then. */
  readonly events: readonly LedgerEvent[];
  /** The rest is known once it is settled. */
  readonly verdicts?: readonly Verdict[];
  readonly notices?: Settled['notices'];
  readonly transaction?: string;
  readonly block?: number;
}

/** One event of a settled batch and what became of it. */
export interface EventVerdict {
  /** `keyId.sequence.index` */
  readonly id: string;
  readonly verdict: Verdict;
  readonly notice?: string;
}

/** A batch whose receipt was checked. */
export interface SettledBatch {
  readonly sequence: number;
  readonly digest: string;
  readonly events: readonly EventVerdict[];
  readonly transaction: string;
  /** Ledger time, seconds since 1970. */
  readonly time: number;
  readonly block?: number;
}

/**
 * What a gateway was good for: `used`; `offline` no answer; `untrue` its claims are not borne out by signatures of
 * organisations; `strange` no answer of the interface; `refused` it could or would not, with its code.
 */
export type GatewayOutcome = 'used' | 'offline' | 'untrue' | 'strange' | 'refused';

export interface GatewayReport {
  readonly url: string;
  readonly outcome: GatewayOutcome;
  readonly code?: ErrorCode;
  readonly details?: Details;
}

/** Why the first of the batches that stay was not taken. */
export interface Stopped {
  readonly sequence: number;
  readonly code: ErrorCode;
  readonly details: Details;
}

/** What became of a push. */
export interface PushReport {
  /** Settled since the push began, by whichever process. */
  readonly settled: readonly SettledBatch[];
  /** What stays in the queue. */
  readonly waiting: readonly QueuedBatch[];
  readonly stopped?: Stopped;
  /** The lane takes no more batches, the key must be replaced. */
  readonly closed?: Closing;
  /** Of those that wait, how many only because they may still be taken back. */
  readonly unsealed?: number;
  /** Each gateway that was tried, in order. */
  readonly gateways: readonly GatewayReport[];
  /** Addresses of those that did not answer. */
  readonly offline: readonly string[];
}

export interface PushProgress {
  readonly gateway: string;
  readonly settled: number;
  readonly waiting: number;
}
