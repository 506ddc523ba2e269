/** A gateway that has just started learns first what the ledger takes. */
const FIRST = 2;

/**
 * How many transactions may be under way at once: up to a bound, fewer while the ledger or the read model does not keep up. It grows
 * by one when a whole window has gone through and is halved when a transaction is lost, as the congestion window of RFC 5681.
 */
export class Window {
  #limit: number;

  constructor(private readonly most: number) {
    this.#limit = Math.min(most, FIRST);
  }

  get limit(): number {
    return Math.floor(this.#limit);
  }

  /** A transaction went through. */
  widen(): void {
    this.#limit = Math.min(this.most, this.#limit + 1 / this.#limit);
  }

  /** A transaction went through, but the read model is behind: one less, so that what is recorded can also be seen. */
  ease(): void {
    this.#limit = Math.max(1, this.#limit - 1);
  }

  /** A transaction was lost or took too long. */
  narrow(): void {
    this.#limit = Math.max(1, this.#limit / 2);
  }
}
