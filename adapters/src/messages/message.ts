import type { ErrorCode } from '@huilian/core';
import type { Phrase } from '../fields/phrase.js';

/** What a message says, by the names of the dictionary. */
export type MessageValues = Readonly<
  Record<string, string | number | readonly Readonly<Record<string, string | number>>[]>
>;

/** A member that the dictionary does not know. It is told and never read. */
export interface UnknownField {
  /** JSON pointer. */
  readonly pointer: string;
  /** What stands there, cut; absent where it may be personal data. */
  readonly found?: string;
}

/** A message that may be mapped to events. */
export interface Message {
  readonly id: string;
  readonly type: string;
  readonly version: number;
  /** Seconds since 1970, the sender's claim. */
  readonly time: number;
  /** Id of an earlier message that this one offers again. */
  readonly cites?: string;
  /** Id of an earlier message that was declared wrong, in whose place this one stands. */
  readonly replaces?: string;
  /** Id of the attempt before this one, of a row that was mended: what the ledger accepted of that is not recorded again. */
  readonly attemptAfter?: string;
  readonly values: MessageValues;
  readonly unknown: readonly UnknownField[];
}

/** One fault of a message. */
export interface MessageFault {
  /** JSON pointer. */
  readonly pointer: string;
  readonly code: ErrorCode;
  readonly allowed?: Phrase;
}
