/** An accepted event, as far as clocks care. */
export interface TimedEvent {
  /** Event id, `keyId.sequence.index`. */
  readonly id: string;
  readonly type: string;
  /** Ledger time in seconds since 1970. */
  readonly time: number;
  /** Block, transaction, index: the order in which events of one item count, whatever order they came in here. */
  readonly position: readonly [block: number, transaction: number, index: number];
  /** Roles of the enterprise that signed it. */
  readonly roles: readonly string[];
  /**
   * What tells apart clocks of one limit that run at the same time, where the limit is `paired`: `giver>receiver` of a handover,
   * the sale of a core. What stops a clock bears the same; without one it stops all of them.
   */
  readonly pair?: string | undefined;
}

/** An event as it is taken in its turn. */
export type StepInTime = Omit<TimedEvent, 'position'>;
