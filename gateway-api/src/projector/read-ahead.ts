import { Turns } from './turns.js';

/** Reads on while its user works, up to a number of values. */
export class ReadAhead<T> {
  readonly #source: AsyncIterable<T>;
  readonly #most: number;
  readonly #waiting: T[] = [];
  #wake: (() => void) | undefined;
  #changed = this.#nextChange();
  #ended = false;

  /** @param most so many values are kept at most */
  constructor(source: AsyncIterable<T>, most: number) {
    this.#source = source;
    this.#most = most;
  }

  /** Begins. Ends when the source ends, or when `signal` fires and it is told so. @throws what the source throws */
  async run(signal: AbortSignal): Promise<void> {
    try {
      const turns = new Turns();
      for await (const value of this.#source) {
        this.#waiting.push(value);
        this.wake();
        // What is there already is decoded without a pause.
        await turns.take();
        while (this.#waiting.length >= this.#most && !signal.aborted) await this.#changed;
        if (signal.aborted) return;
      }
    } finally {
      this.#ended = true;
      this.wake();
    }
  }

  /** A value that is there already. */
  ready(): T | undefined {
    const value = this.#waiting.shift();
    if (value !== undefined) this.wake();
    return value;
  }

  /** The next value; undefined when `run` has ended and nothing is left. */
  async next(): Promise<T | undefined> {
    while (this.#waiting.length === 0 && !this.#ended) await this.#changed;
    return this.ready();
  }

  /** Lets `run` see that its signal has fired. */
  wake(): void {
    this.#wake?.();
    this.#changed = this.#nextChange();
  }

  #nextChange(): Promise<void> {
    return new Promise((resolve) => (this.#wake = resolve));
  }
}
