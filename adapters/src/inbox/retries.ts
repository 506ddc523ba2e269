/** How often a message is tried again, milliseconds. */
export interface Retries {
  readonly first: number;
  readonly longest: number;
  /** A message that came longer ago is put aside. */
  readonly giveUpAfter: number;
}

const SECOND = 1000;
const DAY = 86_400 * SECOND;

/** What one message names may be registered by another party, whose devices may be offline for days. */
export const RETRIES: Retries = { first: 2 * SECOND, longest: 600 * SECOND, giveUpAfter: 14 * DAY };

/**
 * When to try again.
 *
 * @param attempts so far, this one not counted
 * @param receivedAt milliseconds since 1970, as `now`
 * @returns milliseconds since 1970, or undefined when it is time to give up
 */
export function backoff(
  { first, longest, giveUpAfter }: Retries,
  attempts: number,
  receivedAt: number,
  now: number,
): number | undefined {
  if (now - receivedAt >= giveUpAfter) return undefined;
  return now + Math.min(first * 2 ** Math.min(attempts, 30), longest);
}
