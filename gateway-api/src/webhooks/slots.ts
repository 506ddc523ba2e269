/** What takes turns: `troubled` ones are likely to hold their place for long. */
interface Guest {
  readonly troubled: boolean;
}

/**
 * Places for what is under way at once. Those in trouble get at most half of them, so that receivers which do not answer never
 * keep out those that do.
 */
export class Slots<G extends Guest> {
  readonly #steady: G[] = [];
  readonly #troubled: G[] = [];
  #taken = 0;
  #takenByTroubled = 0;
  #closed = false;

  /** @param run must not reject */
  constructor(
    private readonly most: number,
    private readonly run: (guest: G) => Promise<void>,
  ) {}

  get taken(): number {
    return this.#taken;
  }

  add(guest: G): void {
    if (this.#closed) return;
    (guest.troubled ? this.#troubled : this.#steady).push(guest);
    this.#seat();
  }

  /** From now on nobody is seated. */
  close(): void {
    this.#closed = true;
    this.#steady.length = 0;
    this.#troubled.length = 0;
  }

  #seat(): void {
    while (!this.#closed && this.#taken < this.most) {
      const steady = this.#steady.shift();
      const guest = steady ?? (this.#takenByTroubled < this.most / 2 ? this.#troubled.shift() : undefined);
      if (guest === undefined) return;
      void this.#serve(guest, steady === undefined);
    }
  }

  async #serve(guest: G, troubled: boolean): Promise<void> {
    this.#taken += 1;
    if (troubled) this.#takenByTroubled += 1;
    await this.run(guest);
    this.#taken -= 1;
    if (troubled) this.#takenByTroubled -= 1;
    this.#seat();
  }
}
