/** Stores one run at a time while the next is folded. Once a run could not be stored, none that follows is. */
export class Storing {
  readonly #failed: () => void;
  #last: Promise<boolean> = Promise.resolve(true);

  /** @param failed called at once when a run could not be stored, also while nobody waits for it */
  constructor(failed: () => void) {
    this.#failed = failed;
  }

  /**
   * Waits for the run before, and begins to store the next.
   *
   * @param store false: the run is of no use, nor is what follows
   * @returns false when the run before was of no use; nothing is begun then
   * @throws what storing the run before threw
   */
  async goOn(store: () => Promise<boolean>): Promise<boolean> {
    if (!(await this.#last)) return false;
    this.#last = store();
    this.#last.then((stored) => {
      if (!stored) this.#failed();
    }, this.#failed);
    return true;
  }

  /** Ends when the last run is stored. @returns false when it was of no use @throws what storing it threw */
  done(): Promise<boolean> {
    return this.#last;
  }
}
