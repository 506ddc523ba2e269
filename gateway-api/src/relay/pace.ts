/** The part of the newest group in the mean: one block may end a dozen at once. */
const newest = 0.05;
/** Seconds that a sender is asked to wait at least and at most. */
const least = 1;
const most = 30;

/**
 * How fast groups leave the queue, as a moving mean, so that those who are turned away learn when to come back. Only time in
 * which something was under way counts: how little is handed in on a quiet day says nothing about how much could be.
 */
export class Pace {
  #meanMilliseconds: number | undefined;
  #last = -Infinity;

  /**
   * A group left.
   *
   * @param began when it was taken from the queue, milliseconds of a steady clock
   */
  left(began: number, now: number): void {
    const took = now - Math.max(began, this.#last);
    this.#last = now;
    this.#meanMilliseconds =
      this.#meanMilliseconds === undefined
        ? took
        : this.#meanMilliseconds + newest * (took - this.#meanMilliseconds);
  }

  /**
   * Whole seconds until so many groups will have left.
   *
   * @param oldest when the oldest group under way was taken; as long as none leaves, the wait grows
   */
  secondsFor(groups: number, oldest: number | undefined, now: number): number {
    const silent = oldest === undefined ? 0 : now - Math.max(oldest, this.#last);
    const milliseconds = silent + groups * (this.#meanMilliseconds ?? 0);
    return Math.min(most, Math.max(least, Math.ceil(milliseconds / 1000)));
  }
}
