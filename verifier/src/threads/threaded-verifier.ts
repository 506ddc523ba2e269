import { Worker } from 'node:worker_threads';
import type { TrustBundle } from '@huilian/core';
import { decodeBlock, type Version } from '@huilian/fabric';
import type { ChainState } from '../chain-verifier.js';
import { readable } from '../difference.js';
import type { Counts, Derived, Verification, VerifierOptions } from '../ledger-verifier.js';
import type { State } from '../replay/state.js';
import type { KeySet } from '../rows/key-set.js';
import { Tables } from '../rows/tables.js';
import { RulesVerifier } from '../rules-verifier.js';
import type { ChainThreadData } from './chain-thread.js';
import { heldBy, type Verdict } from './message.js';

/** Most blocks that were read and are not replayed yet, and most bytes of theirs, so that memory stays bounded. */
const mostBlocks = 16;
const mostBytes = 16_777_216;

/** What the other thread makes lives for a block, so it needs little room. */
const resourceLimits = { maxYoungGenerationSizeMb: 48 };

const noChain: ChainState = {
  counts: { blocks: 0, transactions: 0, validTransactions: 0, configurations: 0 },
};

/**
 * Checks a ledger as {@link LedgerVerifier} does, on two cores: a second thread checks the chain and the groups of batches
 * some blocks ahead, this one replays a block by the rules once the other has found it whole. Only bytes, verdicts and leaf
 * hashes pass between them. The first difference is the same.
 */
export class ThreadedVerifier implements Verification {
  readonly #trust: TrustBundle;
  readonly #tables: Tables;
  readonly #rules: RulesVerifier;
  readonly #thread: Worker;
  /** Blocks that the other thread has, or has checked already, oldest first. */
  readonly #sent: { readonly bytes: Uint8Array; readonly verdict: Promise<Verdict> }[] = [];
  readonly #answers: { resolve: (verdict: Verdict) => void; reject: (error: unknown) => void }[] = [];
  #sentBytes = 0;
  /** What ended the other thread, which is a defect and no difference. */
  #fault: { readonly error: unknown } | undefined;
  #chain = noChain;

  constructor(trust: TrustBundle, { derived, ...options }: VerifierOptions = {}) {
    this.#trust = trust;
    this.#tables = new Tables(options);
    this.#rules = new RulesVerifier(trust, this.#tables, derived);
    const workerData: ChainThreadData = { trust, tables: options };
    // Without the options of this process: what is compiled is run, however modules are resolved here.
    this.#thread = new Worker(new URL('./chain-thread.js', import.meta.url), {
      workerData,
      execArgv: [],
      resourceLimits,
    });
    this.#thread.on('message', (verdict: Verdict) => this.#answers.shift()?.resolve(verdict));
    this.#thread.on('error', (error) => {
      this.#fault = { error };
      for (const { reject } of this.#answers.splice(0)) reject(error);
    });
  }

  get chain(): ChainState {
    return this.#chain;
  }

  get state(): State {
    return this.#rules.state;
  }

  get derived(): Derived | undefined {
    return this.#rules.derived;
  }

  get counts(): Counts {
    return { ...this.#chain.counts, ...this.#rules.counts };
  }

  versionOf(key: string): Version | undefined {
    return this.#rules.versionOf(key);
  }

  newSet(): KeySet {
    return this.#tables.newSet();
  }

  /** Ends the thread and drops what did not fit into memory. Nothing can be asked afterwards. */
  async close(): Promise<void> {
    await this.#thread.terminate();
    this.#tables.close();
  }

  /**
   * Checks blocks one after another.
   *
   * @param held called after each one
   * @throws DifferenceFound, and what the source throws once the blocks before are checked
   */
  async follow(blocks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>, held: () => void): Promise<void> {
    const source = new Source(blocks);
    for await (const bytes of source.blocks()) {
      this.#send(bytes);
      while (this.#sent.length >= mostBlocks || this.#sentBytes >= mostBytes) await this.#replayOldest(held);
    }
    while (this.#sent.length > 0) await this.#replayOldest(held);
    source.throwFailure();
  }

  #send(bytes: Uint8Array): void {
    if (this.#fault !== undefined) throw this.#fault.error;
    const verdict = new Promise<Verdict>((resolve, reject) => this.#answers.push({ resolve, reject }));
    // Whether it failed is asked when its turn comes.
    verdict.catch(() => undefined);
    this.#sent.push({ bytes, verdict });
    this.#sentBytes += bytes.length;
    // A copy that is given away: sending a view would copy all of the buffer behind it.
    const copy = new Uint8Array(bytes);
    this.#thread.postMessage(copy, [copy.buffer]);
  }

  async #replayOldest(held: () => void): Promise<void> {
    const oldest = this.#sent.shift();
    if (oldest === undefined) return;
    const { bytes, verdict } = oldest;
    this.#sentBytes -= bytes.length;
    const { chain, leaves } = heldBy(await verdict);
    const place = { block: chain.head?.number ?? 0 };
    const block = readable(place, () => decodeBlock(bytes, { namespace: this.#trust.chaincode }));
    this.#rules.block(block, leaves);
    this.#chain = chain;
    held();
  }
}

/** Blocks of a source whose failure waits until those before it are checked. */
class Source {
  readonly #blocks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>;
  #failure: { readonly error: unknown } | undefined;

  constructor(blocks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>) {
    this.#blocks = blocks;
  }

  async *blocks(): AsyncGenerator<Uint8Array, void, void> {
    try {
      yield* this.#blocks;
    } catch (error) {
      this.#failure = { error };
    }
  }

  throwFailure(): void {
    if (this.#failure !== undefined) throw this.#failure.error;
  }
}
