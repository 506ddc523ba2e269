import type { TrustBundle } from '@huilian/core';
import type { LedgerBlock, Version } from '@huilian/fabric';
import { readable } from './difference.js';
import { CLOCK_ITEMS, CLOCKS, Clocks } from './replay/clocks.js';
import { Findings, FINDINGS, PLACES } from './replay/findings.js';
import type { Leaves } from './replay/leaves.js';
import { replay, type Watch } from './replay/replay.js';
import { State } from './replay/state.js';
import type { Tables } from './rows/tables.js';

/** What has been replayed so far. */
export interface RulesCounts {
  batches: number;
  events: number;
  refused: number;
}

/** Runs the valid transactions of blocks again by the rules, with rows of its own, and compares what they wrote and answered. */
export class RulesVerifier {
  /** The rows of the chaincode, by the rules. */
  readonly state: State;
  /** Findings and time limits, if they are asked for. */
  readonly derived: { readonly findings: Findings; readonly clocks: Clocks } | undefined;
  readonly counts: RulesCounts = { batches: 0, events: 0, refused: 0 };
  readonly #trust: TrustBundle;
  readonly #watches: readonly Watch[];

  /** @param derived whether {@link derived} is wanted, which costs time */
  constructor(trust: TrustBundle, tables: Tables, derived = false) {
    this.#trust = trust;
    this.state = new State(tables.of(trust.chaincode, ''));
    this.derived = derived
      ? {
          findings: new Findings(tables.of(FINDINGS, ''), tables.of(PLACES, '')),
          clocks: new Clocks(tables.of(CLOCKS, ''), tables.of(CLOCK_ITEMS, '')),
        }
      : undefined;
    this.#watches = this.derived === undefined ? [] : [this.derived.findings, this.derived.clocks];
  }

  /** Block and transaction that wrote a row last; undefined if there is no such row. */
  versionOf(key: string): Version | undefined {
    return this.state.version(key);
  }

  /**
   * Replays the next block, whose validation codes hold.
   *
   * @param leaves of the groups that were opened before, by the position of their transactions
   * @throws DifferenceFound
   */
  block(block: LedgerBlock, leaves: readonly (Leaves | undefined)[] = []): void {
    readable({ block: block.number }, () => {
      this.#replay(block, leaves);
    });
  }

  #replay(block: LedgerBlock, leaves: readonly (Leaves | undefined)[]): void {
    for (const transaction of block.transactions) {
      if (!transaction.valid || transaction.action === undefined) continue;
      const place = { block: block.number, transaction: transaction.id, index: transaction.index };
      const { name } = transaction.action.chaincode;
      const { batches, events, refused } = replay(
        name === this.#trust.chaincode ? transaction : { ...transaction, function: name },
        this.state,
        this.#trust.ledger,
        place,
        this.#watches,
        leaves[transaction.index],
      );
      this.counts.batches += batches;
      this.counts.events += events;
      this.counts.refused += refused;
    }
  }
}
