/** The part of the newest transaction in the mean. */
const newest = 0.2;
/** Seconds that a sender is asked to wait at least and at most. */
const least = 1;
const most = 30;

/** How fast events are recorded, as a moving mean, so that those who are turned away learn when to come back. */
export class Pace {
  #perSecond: number | undefined;
  #last: number | undefined;

  /** @param now milliseconds of a steady clock */
  recorded(events: number, now: number): void {
    const seconds = this.#last === undefined ? undefined : (now - this.#last) / 1000;
    this.#last = now;
    if (seconds === undefined || seconds <= 0) return;
    const rate = events / seconds;
    this.#perSecond =
      this.#perSecond === undefined ? rate : this.#perSecond + newest * (rate - this.#perSecond);
  }

  /** Whole seconds until so many events will have been recorded. */
  secondsFor(events: number): number {
    const seconds = this.#perSecond === undefined || this.#perSecond === 0 ? least : events / this.#perSecond;
    return Math.min(most, Math.max(least, Math.ceil(seconds)));
  }
}
