import { HuilianError } from '@huilian/core';

interface Waiter {
  readonly block: number;
  readonly resolve: () => void;
}

/** Those who wait until a block is in the read model. */
export class Waiters {
  readonly #waiting = new Set<Waiter>();

  /** @throws HL-5023 when the block is not in within the time */
  wait(block: number, milliseconds: number, height: () => number): Promise<void> {
    return new Promise((resolve, reject) => {
      const waiter = {
        block,
        resolve: () => {
          clearTimeout(timer);
          resolve();
        },
      };
      const timer = setTimeout(() => {
        this.#waiting.delete(waiter);
        reject(new HuilianError('HL-5023', { block, height: height() }));
      }, milliseconds);
      this.#waiting.add(waiter);
    });
  }

  /** A block is in. */
  reached(block: number): void {
    for (const waiter of this.#waiting) {
      if (waiter.block > block) continue;
      this.#waiting.delete(waiter);
      waiter.resolve();
    }
  }
}
