/**
 * A transaction as the projector needs it. The transactions of `@huilian/fabric` have this shape; so have those that a test
 * makes.
 */
export interface SourceTransaction {
  readonly id: string;
  readonly index: number;
  /** Ledger time, in seconds since 1970. */
  readonly time: number;
  readonly valid: boolean;
  /** A peer.TxValidationCode. */
  readonly code: number;
  /** `Contract:method`, empty if this is no invocation. */
  readonly function: string;
  readonly args: readonly Uint8Array[];
  readonly writes: readonly { readonly key: string; readonly value: Uint8Array | null }[];
}

/** A decoded block. Hashes are hex. */
export interface SourceBlock {
  readonly number: number;
  readonly hash: string;
  readonly previousHash: string;
  readonly transactions: readonly SourceTransaction[];
}

/** Where blocks come from: `LedgerConnection` is one. */
export interface BlockSource {
  /** Every block once and in order from `from`; new ones follow as they are committed. May throw at any point. */
  blocks(
    from: number,
    options?: { readonly signal?: AbortSignal },
  ): AsyncIterable<{ readonly block: SourceBlock }>;
  /** The number of blocks on the ledger. */
  height(): Promise<number>;
}
