import type { TrustBundle } from '@huilian/core';
import type { LedgerBlock, Version } from '@huilian/fabric';
import type { ExpectedRows } from './compare-rows.js';
import { ChainVerifier, type ChainCounts, type ChainState } from './chain-verifier.js';
import type { State } from './replay/state.js';
import type { KeySet } from './rows/key-set.js';
import { Tables, type TablesOptions } from './rows/tables.js';
import { RulesVerifier, type RulesCounts } from './rules-verifier.js';

/** What has been checked so far. */
export type Counts = Readonly<ChainCounts & RulesCounts>;

/** A verification that goes on: what the blocks so far have told. */
export interface Verification {
  /** As it was after the last block that holds. */
  readonly chain: ChainState;
  /** The rows of the chaincode, by the rules. */
  readonly state: State;
  /** What follows from them beside the rows; undefined where it was not asked for. */
  readonly derived: Derived | undefined;
  readonly counts: Counts;
  /** Block and transaction that wrote a row of the ledger last; undefined if there is no such row. */
  versionOf(key: string): Version | undefined;
  /** An empty set of keys that may grow beyond memory, as the state does. */
  newSet(): KeySet;
}

/** What events say beside the rows that they write. */
export interface Derived {
  /** What they give to look at, by `finding/` and its id. */
  readonly findings: ExpectedRows;
  /** The time limits that they start and stop, by `clock/` and its id. */
  readonly clocks: ExpectedRows;
}

export interface VerifierOptions extends TablesOptions {
  /** Whether findings and time limits are derived. Default: no, since it costs time and only a read model shows them. */
  readonly derived?: boolean;
}

/**
 * Checks a ledger block by block, from the genesis block on. Nothing that a peer says is believed: each flag, hash and row
 * is computed again and compared. The first difference is thrown as {@link DifferenceFound}.
 */
export class LedgerVerifier implements Verification {
  readonly #tables: Tables;
  readonly #chain: ChainVerifier;
  readonly #rules: RulesVerifier;
  #held: ChainState;

  constructor(trust: TrustBundle, options: VerifierOptions = {}) {
    this.#tables = new Tables(options);
    this.#chain = new ChainVerifier(trust, this.#tables);
    this.#rules = new RulesVerifier(trust, this.#tables, options.derived);
    this.#held = this.#chain.state;
  }

  get chain(): ChainState {
    return this.#held;
  }

  get state(): State {
    return this.#rules.state;
  }

  get derived(): Derived | undefined {
    return this.#rules.derived;
  }

  get counts(): Counts {
    return { ...this.#held.counts, ...this.#rules.counts };
  }

  versionOf(key: string): Version | undefined {
    return this.#rules.versionOf(key);
  }

  newSet(): KeySet {
    return this.#tables.newSet();
  }

  /** Drops what did not fit into memory. Nothing can be asked afterwards. */
  close(): void {
    this.#tables.close();
  }

  /**
   * Checks blocks one after another.
   *
   * @param held called after each one
   * @throws DifferenceFound
   */
  async follow(blocks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>, held: () => void): Promise<void> {
    for await (const bytes of blocks) {
      this.block(bytes);
      held();
    }
  }

  /**
   * Checks the next block.
   *
   * @param bytes of the common.Block, exactly as the source holds them.
   * @throws DifferenceFound
   */
  block(bytes: Uint8Array): LedgerBlock {
    const block = this.#chain.block(bytes);
    this.#rules.block(block);
    this.#held = this.#chain.state;
    return block;
  }
}
