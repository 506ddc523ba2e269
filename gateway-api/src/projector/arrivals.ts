/**
 * When blocks came in that the read model does not show yet. Those that the ledger had already when reading began are history, for
 * which nobody waits.
 */
export class Arrivals {
  readonly #firstNew: number;
  readonly #waiting: { readonly block: number; readonly at: number }[] = [];

  /** @param firstNew number of the first block that counts */
  constructor(firstNew: number) {
    this.#firstNew = firstNew;
  }

  /** Passes blocks on and keeps the time of each. */
  async *of<T extends { readonly block: { readonly number: number } }>(
    blocks: AsyncIterable<T>,
  ): AsyncGenerator<T, void, void> {
    for await (const each of blocks) {
      const { number } = each.block;
      if (number >= this.#firstNew) this.#waiting.push({ block: number, at: performance.now() });
      yield each;
    }
  }

  /** A block, and all before it, can be seen. */
  shown(block: number): void {
    while ((this.#waiting[0]?.block ?? Infinity) <= block) this.#waiting.shift();
  }

  /** How long the oldest of them has waited, milliseconds. */
  get milliseconds(): number {
    const [oldest] = this.#waiting;
    return oldest === undefined ? 0 : performance.now() - oldest.at;
  }
}
