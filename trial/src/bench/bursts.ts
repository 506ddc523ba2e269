import { seededRandom } from '../random.js';

const SMALLEST = 100;
const LARGEST = 1_000;

/** What one duo does in one step of an open-loop run: so many events of each device, each at its own moment. */
export interface Burst {
  readonly events: number;
  /** When each of the two devices hands in, milliseconds from the start of the run. */
  readonly at: readonly [number, number];
}

/** Where a duo stands: a burst ends at the latest where the pools change hands. */
export interface Turn {
  /** Events that each of the two still records in this turn. */
  readonly left: number;
  /** Events of each of the two in every later turn. */
  readonly length: number;
}

/**
 * The burst profile: one device after another hands in 100 to 1 000 events at once and is quiet until all others had their
 * turn. Between two bursts lies a pause of chance whose mean gives the rate. The same seed gives the same schedule; sizes do
 * not depend on the rate, pauses do.
 *
 * @param rate events per second over all devices
 * @returns bursts of each duo in order of time; no two of one duo overlap
 */
export function burstSchedule(
  turns: readonly Turn[],
  rate: number,
  seconds: number,
  seed: number,
): Burst[][] {
  const random = seededRandom(seed);
  const bursts: Burst[][] = turns.map(() => []);
  const left = turns.map((turn) => turn.left);
  for (let duo = 0, due = 0; ; duo = (duo + 1) % turns.length) {
    const events = burstSize(random(), left[duo] ?? 0);
    const second = due + pause(events, rate, random());
    if (second > seconds) return bursts;
    bursts[duo]?.push({ events, at: [due * 1000, second * 1000] });
    left[duo] = left[duo] === events ? (turns[duo]?.length ?? 0) : (left[duo] ?? 0) - events;
    due = second + pause(events, rate, random());
  }
}

/** Seconds until the next burst: on average as long as so many events take at the rate, at times nothing, at times double. */
function pause(events: number, rate: number, chance: number): number {
  return (2 * chance * events) / rate;
}

/** A size between the bounds that does not leave less than the smallest burst for the end of a turn. */
function burstSize(chance: number, left: number): number {
  if (left < 2 * SMALLEST) return left;
  const drawn = Math.min(left, SMALLEST + Math.round(chance * (LARGEST - SMALLEST)));
  return drawn < left && left - drawn < SMALLEST ? left - SMALLEST : drawn;
}
