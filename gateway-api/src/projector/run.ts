import { HuilianError } from '@huilian/core';
import type { BlockEffects, Store } from '../store/store.js';
import { readerOf, ViewDraft } from './draft.js';
import { foldInto, type FoldedBlock, type FoldedEvent } from './fold.js';
import type { SourceBlock } from './source.js';

/** A run is full at so many events: about 50 ms of SQLite. */
const eventsPerRun = 2_000;
/** And at so many blocks, also when they hold no events. */
const blocksPerRun = 100;

interface Folded extends FoldedBlock {
  readonly block: SourceBlock;
}

/** A block of a run that is stored. */
export interface StoredBlock {
  readonly number: number;
  readonly events: readonly FoldedEvent[];
  /** Ledger time, in seconds since 1970. */
  readonly time: number;
  /** Its share of the time that the run took. */
  readonly milliseconds: number;
}

/** Blocks that follow one another and are stored together: one, or more when the projector is behind. */
export class BlockRun {
  readonly #began = performance.now();
  readonly #ledger: string;
  readonly #projection: string;
  readonly #draft: ViewDraft;
  readonly #folded: Folded[] = [];
  #events = 0;

  /** @param before the run before, stored or being stored; undefined when the store has all blocks before */
  constructor(
    store: Pick<Store, 'getMany' | 'find'>,
    ledger: string,
    projection: string,
    before: BlockRun | undefined,
  ) {
    this.#draft = new ViewDraft(before === undefined ? readerOf(store) : before.#draft.over(readerOf(store)));
    this.#ledger = ledger;
    this.#projection = projection;
  }

  /** The number of blocks. */
  get length(): number {
    return this.#folded.length;
  }

  get isFull(): boolean {
    return this.#events >= eventsPerRun || this.length >= blocksPerRun;
  }

  /** Folds the next block. @throws HL-5020 when block zero is another ledger's, HL-5025 when it cannot be folded */
  async fold(block: SourceBlock): Promise<void> {
    if (block.number === 0 && block.hash !== this.#ledger) {
      throw new HuilianError('HL-5020', { configured: this.#ledger, network: block.hash });
    }
    const { events, time } = await this.#foldInto(block);
    this.#folded.push({ block, events, time });
    this.#events += events.length;
  }

  /** What all of them do together. */
  effects(): BlockEffects {
    const [first, last] = [this.#folded[0], this.#folded.at(-1)];
    if (first === undefined || last === undefined) throw new RangeError('A run of no blocks.');
    return {
      ledger: this.#ledger,
      projection: this.#projection,
      number: last.block.number,
      first: first.block.number,
      hash: last.block.hash,
      previousHash: first.block.previousHash,
      time: last.time,
      puts: this.#draft.puts(),
    };
  }

  blocks(): StoredBlock[] {
    const milliseconds = (performance.now() - this.#began) / this.length;
    return this.#folded.map(({ block, events, time }) => ({
      number: block.number,
      events,
      time,
      milliseconds,
    }));
  }

  async #foldInto(block: SourceBlock): Promise<FoldedBlock> {
    try {
      return await foldInto(this.#draft, block);
    } catch (cause) {
      if (cause instanceof HuilianError) throw cause;
      throw new HuilianError('HL-5025', { block: block.number }, { cause });
    }
  }
}
