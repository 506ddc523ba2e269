import { EventEmitter, once, setMaxListeners } from 'node:events';
import type { FoldedEvent } from './fold.js';

const remembered = 5_000;

/** The latest projected events, for those who follow. */
export class Feed {
  readonly #emitter = new EventEmitter();
  #events: FoldedEvent[] = [];
  /** Every event after this position is known; undefined before the first block. */
  #from: string | undefined;
  #blocks = 0;

  constructor() {
    // One listener for each open stream; their number is bounded where streams are opened.
    setMaxListeners(0, this.#emitter);
  }

  /** How many blocks were added. */
  get blocks(): number {
    return this.#blocks;
  }

  /** Adds a block's events. @param before a text that sorts before the block's positions and after all earlier ones */
  add(events: readonly FoldedEvent[], before: string): void {
    this.#from ??= before;
    this.#events.push(...events);
    const surplus = this.#events.length - remembered;
    if (surplus > 0) this.#from = this.#events.splice(0, surplus).at(-1)?.document.position ?? this.#from;
    this.#blocks += 1;
    this.#emitter.emit('block');
  }

  /** The events after a position; undefined when the feed does not reach back so far. */
  since(position: string): readonly FoldedEvent[] | undefined {
    if (this.#from === undefined || position < this.#from) return undefined;
    const first = this.#events.findIndex(({ document }) => document.position > position);
    return first < 0 ? [] : this.#events.slice(first);
  }

  /** Forgets everything: the read model is being rebuilt. */
  clear(): void {
    this.#events = [];
    this.#from = undefined;
  }

  /** Ends when more blocks were added than `blocks` says, or when the signal fires. */
  async moreThan(blocks: number, signal: AbortSignal): Promise<void> {
    if (this.#blocks > blocks || signal.aborted) return;
    await once(this.#emitter, 'block', { signal }).catch((error: unknown) => {
      if (!signal.aborted) throw error;
    });
  }
}
