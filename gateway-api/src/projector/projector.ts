import { setImmediate as nextTurn, setTimeout as wait } from 'node:timers/promises';
import { HuilianError } from '@huilian/core';
import type { BlockEffects, Store } from '../store/store.js';
import type { View } from '../views/declare.js';
import { beforeBlock } from '../views/position.js';
import { Arrivals } from './arrivals.js';
import { Feed } from './feed.js';
import type { FoldedEvent } from './fold.js';
import { ReadAhead } from './read-ahead.js';
import { storedEvents } from './replay.js';
import { RecentItems } from './recent-items.js';
import { BlockRun } from './run.js';
import type { BlockSource, SourceBlock } from './source.js';
import { Storing } from './storing.js';
import { projectionOf } from './version.js';
import { Waiters } from './waiters.js';

export interface ProjectorOptions {
  readonly store: Store;
  readonly views: readonly View[];
  readonly source: BlockSource;
  /** SHA-256 of the genesis block's header, hex: the only ledger whose blocks are taken. */
  readonly ledger: string;
  readonly observer?: ProjectorObserver;
}

/** What a block meant. */
export interface AppliedBlock {
  readonly number: number;
  readonly events: number;
  /** From the block's ledger time until it was visible; says something only for a block that has just been made. */
  readonly seconds: number;
  /** What folding and storing it took, in milliseconds; of several that were stored together, its share. */
  readonly milliseconds: number;
}

/** Told what happens, for logs and metrics. */
export interface ProjectorObserver {
  applied?(block: AppliedBlock): void;
  /** It stopped, and goes on after a pause unless the store is another ledger's (HL-5020). */
  interrupted?(error: HuilianError): void;
  rebuilding?(reason: 'asked' | 'otherProjection'): void;
}

export interface Lag {
  /** Blocks on the ledger that are not in the read model; undefined while no peer answers. */
  readonly blocks: number | undefined;
  /** From the last block's ledger time until it was visible. */
  readonly seconds: number;
}

/** So many blocks are decoded at most while others are being stored. */
const blocksAhead = 8;
const pauses: readonly number[] = [100, 300, 1_000, 3_000];

/**
 * Folds the blocks of a ledger into a store, from the store's checkpoint on, for as long as it runs. What breaks (the peer,
 * the stream, the store) is tried again from the checkpoint. Only a store of another ledger ends it.
 */
export class Projector {
  readonly #options: ProjectorOptions;
  readonly #projection: string;
  readonly #feed = new Feed();
  readonly #waiters = new Waiters();
  readonly #stop = new AbortController();
  #stream = new AbortController();
  #running: Promise<void> | undefined;
  #arrivals = new Arrivals(Infinity);
  #height = -1;
  #seconds = 0;
  #failures = 0;
  #fault: HuilianError | undefined;
  #rebuildAsked = false;

  constructor(options: ProjectorOptions) {
    this.#options = options;
    this.#projection = projectionOf(options.views);
  }

  /** Number of the last block that is visible, -1 before block zero. */
  get height(): number {
    return this.#height;
  }

  /** What keeps it from following, if anything does. */
  get fault(): HuilianError | undefined {
    return this.#fault;
  }

  start(): void {
    this.#running ??= this.#run();
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    this.#stream.abort();
    await this.#running;
  }

  /** Drops the read model and folds all blocks again. Ends at once; `height` and `waitFor` show how far it is. */
  rebuild(): void {
    this.#rebuildAsked = true;
    this.#height = -1;
    this.#stream.abort();
  }

  /** How far the read model is behind the ledger. */
  async lag(): Promise<Lag> {
    const ledger = await this.#options.source.height().catch(() => undefined);
    const blocks = ledger === undefined ? undefined : Math.max(0, ledger - 1 - this.#height);
    return { blocks, seconds: this.#seconds };
  }

  /** For how long a block of the running ledger has waited to be shown, in milliseconds; 0 when none waits. */
  get behind(): number {
    return this.#arrivals.milliseconds;
  }

  /** Ends when a block is visible. @throws HL-5023 when it is not within the time, HL-5020 when it never will be */
  async waitFor(block: number, milliseconds: number): Promise<void> {
    if (block <= this.#height) return;
    if (this.#fault?.code === 'HL-5020') throw this.#fault;
    await this.#waiters.wait(block, milliseconds, () => this.#height);
  }

  /**
   * Follows the events in the order of the ledger: first what the store has after a position, then what is projected.
   *
   * @param after a position; undefined: events of blocks that are still to come
   */
  async *follow(after: string | undefined, signal: AbortSignal): AsyncGenerator<FoldedEvent, void, void> {
    let last = after ?? beforeBlock(await this.#nextBlock());
    while (!signal.aborted) {
      const seen = this.#feed.blocks;
      const events = this.#feed.since(last) ?? (await storedEvents(this.#options.store, last));
      for (const event of events) {
        yield event;
        last = event.document.position;
        if (isOver(signal)) return;
      }
      if (events.length === 0) await this.#feed.moreThan(seen, signal);
    }
  }

  /** The number that the next block of the ledger will have, also while the read model is being rebuilt. */
  async #nextBlock(): Promise<number> {
    const stored = await this.#options.store.checkpoint();
    const ledger = await this.#options.source.height().catch(() => 0);
    return Math.max((stored?.number ?? -1) + 1, ledger);
  }

  async #run(): Promise<void> {
    while (!isOver(this.#stop.signal)) {
      try {
        this.#stream = new AbortController();
        await this.#prepare();
        await this.#read(AbortSignal.any([this.#stop.signal, this.#stream.signal]));
      } catch (error) {
        if (!isOver(this.#stop.signal) && !this.#rebuildAsked) this.#fail(error);
      }
      if (this.#fault?.code === 'HL-5020') return;
      if (!this.#rebuildAsked) await this.#pause();
    }
  }

  /** Finds where to go on. @throws HL-5020, HL-5022 */
  async #prepare(): Promise<void> {
    const { store, ledger, observer } = this.#options;
    const last = await store.checkpoint();
    if (last !== undefined && last.ledger !== ledger) {
      throw new HuilianError('HL-5020', { store: last.ledger, network: ledger });
    }
    const stale = last !== undefined && last.projection !== this.#projection;
    if (this.#rebuildAsked || stale) {
      observer?.rebuilding?.(stale ? 'otherProjection' : 'asked');
      await store.reset();
      this.#rebuildAsked = false;
      this.#feed.clear();
    }
    this.#reach((await store.checkpoint())?.number ?? -1);
    this.#fault = undefined;
  }

  async #read(stop: AbortSignal): Promise<void> {
    const over = new AbortController();
    const signal = AbortSignal.any([stop, over.signal]);
    const { source } = this.#options;
    this.#arrivals = new Arrivals(await source.height());
    const blocks = this.#arrivals.of(source.blocks(this.#height + 1, { signal }));
    const ahead = new ReadAhead(blocks, blocksAhead);
    const end = (): void => {
      over.abort();
      ahead.wake();
    };
    const reading = ahead.run(signal);
    const read = reading.catch(() => undefined);
    const storing = new Storing(end);
    const recent = new RecentItems(this.#options.store);
    try {
      let [next, before]: [number, BlockRun | undefined] = [this.#height + 1, undefined];
      for (let delivered; (delivered = await ahead.next()) !== undefined && !isOver(signal);) {
        const run = await this.#fold(next, delivered.block, ahead, recent, before);
        const effects = run.effects();
        recent.keep(effects.puts);
        next += run.length;
        before = run;
        if (!(await storing.goOn(() => this.#store(run, effects)))) return;
        // Blocks that wait in the stream would otherwise keep everybody else from running.
        await nextTurn();
      }
      if (!(await storing.done())) return;
    } finally {
      end();
      await Promise.allSettled([read, storing.done()]);
    }
    await reading;
  }

  /** Folds a block, and with it those that wait behind it already, while the run before is being stored. */
  async #fold(
    number: number,
    first: SourceBlock,
    ahead: ReadAhead<{ readonly block: SourceBlock }>,
    recent: RecentItems,
    before: BlockRun | undefined,
  ): Promise<BlockRun> {
    const run = new BlockRun(recent, this.#options.ledger, this.#projection, before);
    for (let block: SourceBlock | undefined = first; block !== undefined;) {
      const expected = number + run.length;
      if (block.number !== expected) throw new HuilianError('HL-5021', { expected, block: block.number });
      await run.fold(block);
      if (run.isFull) break;
      block = ahead.ready()?.block;
      if (block !== undefined) await nextTurn();
    }
    return run;
  }

  /** @returns false when another gateway was faster, so that it must be begun anew from the checkpoint */
  async #store(run: BlockRun, effects: BlockEffects): Promise<boolean> {
    if ((await this.#options.store.apply(effects)) === 'overtaken') return false;
    this.#failures = 0;
    if (!this.#rebuildAsked) this.#show(run);
    return true;
  }

  /** Tells everybody of what the store has now. */
  #show(run: BlockRun): void {
    for (const { number, events, time, milliseconds } of run.blocks()) {
      this.#seconds = Math.max(0, Date.now() / 1_000 - time);
      this.#feed.add(events, beforeBlock(number));
      this.#reach(number);
      const seconds = this.#seconds;
      this.#options.observer?.applied?.({ number, events: events.length, seconds, milliseconds });
    }
  }

  #reach(block: number): void {
    this.#height = block;
    this.#arrivals.shown(block);
    this.#waiters.reached(block);
  }

  #fail(error: unknown): void {
    const reason = error instanceof Error ? error.message : String(error);
    this.#fault =
      error instanceof HuilianError ? error : new HuilianError('HL-5025', { reason }, { cause: error });
    this.#options.observer?.interrupted?.(this.#fault);
  }

  async #pause(): Promise<void> {
    const milliseconds = pauses[Math.min(this.#failures, pauses.length - 1)];
    this.#failures += 1;
    await wait(milliseconds, undefined, { signal: this.#stop.signal }).catch(() => {
      // Stopped: the loop ends.
    });
  }
}

/** Asked anew each time: the signal fires while others run. */
function isOver(signal: AbortSignal): boolean {
  return signal.aborted;
}
