/**
 * When a failed delivery is tried again. Pauses grow; the next attempt is at the first of their sums that lies ahead of the
 * time that the receiver has been failing. A receiver that is still failing behind the last sum is given up.
 */
export class RetrySchedule {
  /** Milliseconds since the first failure, rising. */
  readonly #moments: readonly number[];

  /** @param pauses seconds */
  constructor(
    pauses: readonly number[],
    private readonly random: () => number = Math.random,
  ) {
    let sum = 0;
    this.#moments = pauses.map((pause) => (sum += pause * 1000));
  }

  /**
   * The time of the next attempt, or undefined when there is none.
   *
   * @param since of the first failure, milliseconds since 1970
   * @param asked how long the receiver asked to be left alone (Retry-After), milliseconds; it counts before the schedule
   */
  next(since: number, now: number, asked: number | undefined): number | undefined {
    const elapsed = now - since;
    const moment = this.#moments.find((each) => each > elapsed);
    if (moment === undefined) return undefined;
    if (asked !== undefined) return now + clamp(asked) + this.#jitter(leastPause);
    return now + (moment - elapsed) + this.#jitter(moment - elapsed);
  }

  /** Up to a fifth, so that receivers which failed together are not tried together. */
  #jitter(pause: number): number {
    return Math.floor((pause / 5) * this.random());
  }
}

const leastPause = 1_000;
const longestPause = 86_400_000;

function clamp(asked: number): number {
  return Math.min(Math.max(asked, leastPause), longestPause);
}

/** Retry-After (RFC 9110 section 10.2.3) in milliseconds: a number of seconds or a date. @param now milliseconds since 1970 */
export function readRetryAfter(header: string | undefined, now: number): number | undefined {
  if (header === undefined) return undefined;
  if (/^\d{1,9}$/.test(header)) return Number(header) * 1000;
  // Nothing else: the parser of dates takes almost any text for one.
  if (!httpDate.test(header)) return undefined;
  return Math.max(0, Date.parse(header) - now);
}

const httpDate = /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/;
