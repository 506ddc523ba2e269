import type { ErrorCode } from '@huilian/core';
import type { Worker } from '../inbox/worker.js';

/** How long the loop rests when inbox or lane failed, or what was signed could not be sent. */
const REST_MS = 2_000;
const LONGEST_REST_MS = 60_000;

/** Keeps a worker at work until it is stopped: when a message came, and when one is due again. */
export class Loop {
  #isStopped = false;
  #timer: NodeJS.Timeout | undefined;
  #wake: () => void = () => undefined;
  #isAwake = true;
  readonly #done: Promise<void>;

  constructor(
    private readonly worker: Worker,
    private readonly now: () => number,
    /** Told of what went wrong with inbox or lane; the loop goes on. */
    private readonly failed: (error: unknown) => void,
  ) {
    this.#done = this.#run();
  }

  get held(): ErrorCode | undefined {
    return this.worker.held;
  }

  /** A message came. */
  wake(): void {
    this.#isAwake = true;
    this.#wake();
  }

  /** Ends behind the round that is under way. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#wake();
    await this.#done;
  }

  async #run(): Promise<void> {
    while (!this.#isStopped) {
      this.#isAwake = false;
      const rest = await this.#round();
      if (rest > 0 && !this.#mayGoOn()) await this.#rest(rest);
    }
  }

  /** A method, because what it reads changes while the loop waits. */
  #mayGoOn(): boolean {
    return this.#isAwake || this.#isStopped;
  }

  async #round(): Promise<number> {
    try {
      if (await this.worker.turn()) return 0;
      const due = (this.worker.nextDue() ?? Infinity) - this.now();
      return Math.max(1, Math.min(due, this.worker.held === undefined ? LONGEST_REST_MS : REST_MS));
    } catch (error) {
      this.failed(error);
      return REST_MS;
    }
  }

  async #rest(milliseconds: number): Promise<void> {
    await new Promise<void>((resolve) => {
      this.#wake = resolve;
      this.#timer = setTimeout(resolve, milliseconds);
    });
    clearTimeout(this.#timer);
    this.#wake = () => undefined;
  }
}
