/**
 * How many transactions may be under way at once: up to a bound, fewer while the ledger does not keep up. It grows by one when a
 * whole window has gone through and is halved when a transaction is lost, as the congestion window of RFC 5681.
 */
export class Window {
  #limit: number;

  constructor(private readonly most: number) {
    this.#limit = most;
  }

  get limit(): number {
    return Math.floor(this.#limit);
  }

  /** A transaction went through. */
  widen(): void {
    this.#limit = Math.min(this.most, this.#limit + 1 / this.#limit);
  }

  /** A transaction was lost or took too long. */
  narrow(): void {
    this.#limit = Math.max(1, this.#limit / 2);
  }
}
