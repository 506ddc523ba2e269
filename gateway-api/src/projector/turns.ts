import { setImmediate as nextTurn } from 'node:timers/promises';

const millisecondsPerTurn = 10;

/** Lets others run now and then during long work: the gateway answers requests in the same process. */
export class Turns {
  #began = performance.now();

  /** Ends at once, or after everybody else had a turn if the last one is 10 ms ago. */
  async take(): Promise<void> {
    if (performance.now() - this.#began < millisecondsPerTurn) return;
    await nextTurn();
    this.#began = performance.now();
  }
}
