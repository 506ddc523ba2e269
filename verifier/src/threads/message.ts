import { HuilianError, type ErrorCode } from '@huilian/core';
import type { ChainState } from '../chain-verifier.js';
import type { Leaves } from '../replay/leaves.js';
import { DifferenceFound, type Difference } from '../difference.js';

/** What is told of a block that held. */
export interface Held {
  readonly chain: ChainState;
  /** The leaves of the groups in it, by the position of their transactions. */
  readonly leaves: readonly (Leaves | undefined)[];
}

/** What the thread that checks the chain says of a block. */
export type Verdict =
  | ({ readonly kind: 'held' } & Held)
  | { readonly kind: 'difference'; readonly difference: Difference }
  | {
      readonly kind: 'error';
      readonly code: ErrorCode;
      readonly details: HuilianError['details'];
      readonly cause: string;
    };

/** Errors lose their class on the way between threads, so they travel as data. Others than ours are not caught. */
export function verdictOf(error: unknown): Verdict {
  if (error instanceof DifferenceFound) return { kind: 'difference', difference: error.difference };
  if (!(error instanceof HuilianError)) throw error;
  return { kind: 'error', code: error.code, details: error.details, cause: String(error.cause) };
}

/** What is told of a block that held. @throws DifferenceFound, or the HuilianError of the other thread */
export function heldBy(verdict: Verdict): Held {
  switch (verdict.kind) {
    case 'held':
      return verdict;
    case 'difference':
      throw new DifferenceFound(verdict.difference);
    case 'error':
      throw new HuilianError(verdict.code, verdict.details, { cause: verdict.cause });
  }
}
