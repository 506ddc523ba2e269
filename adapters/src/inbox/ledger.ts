import type { ErrorCode, LedgerEvent, Tag, TagRow, Verdict } from '@huilian/core';

/** What the ledger made of one event. */
export interface EventOutcome {
  /** `keyId.sequence.index` */
  readonly id: string;
  readonly verdict: Verdict;
  /** Something to know about an accepted event. */
  readonly notice?: string;
}

/** What came of sending what was signed. */
export interface Sent {
  readonly outcomes: readonly EventOutcome[];
  /** Why the rest stays, such as HL-7015 without a network. */
  readonly held?: ErrorCode;
}

/** The partner's own key with its lane, and a way to ask a gateway. Nobody else signs with the key while an adapter uses it. */
export interface Ledger {
  readonly keyId: string;
  /** SHA-256 of the genesis block's header, hex. */
  readonly ledger: string;
  /** Id and nonce of an item that the key is going to register. */
  newItem(): { readonly item: string; readonly nonce: string };
  /**
   * The rows of tags, each in the place of its tag; undefined where one is bound to nothing.
   *
   * @throws HuilianError HL-7015 and others when no gateway answers
   */
  tagRows(tags: readonly Tag[]): Promise<readonly (TagRow | undefined)[]>;
  /** Number of the last batch that the key signed. */
  lastSigned(): number;
  /** The events that wait under numbers above one, in order; undefined when they cannot be told any more. */
  signedAfter(sequence: number): readonly SignedEvent[] | undefined;
  /** Signs events and keeps them for good, all or none. @returns their ids */
  sign(events: readonly LedgerEvent[]): Promise<readonly string[]>;
  /** Sends what waits, and tells what became of whatever was settled. */
  send(): Promise<Sent>;
  /** What became of events that were settled some time ago; those that are not known are left out. */
  outcomesOf(ids: readonly string[]): Promise<readonly EventOutcome[]>;
  /**
   * Which of some events were declared wrong, by whomever and with whatever program, and stand without another one in their place.
   *
   * @throws HuilianError HL-7015 and others when no gateway answers
   */
  declaredWrong(ids: readonly string[]): Promise<ReadonlySet<string>>;
}

/** An event that was signed; its content is gone when the batch was settled. */
export interface SignedEvent {
  readonly id: string;
  readonly event?: LedgerEvent;
}
