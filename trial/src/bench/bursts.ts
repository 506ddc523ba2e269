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
 * The burst profile: devices hand in 100 to 1 000 events at once and are quiet in between. The same seed gives the same
 * schedule; sizes do not depend on the rate, pauses do.
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
  const perSecond = rate / turns.length;
  return turns.map((turn, duo) => {
    const random = seededRandom(seed + duo);
    const bursts: Burst[] = [];
    let { left } = turn;
    // Duos begin at different moments, else all would hand in together.
    let from = (random() * LARGEST) / perSecond;
    for (;;) {
      const events = burstSize(random(), left);
      const length = (2 * events) / perSecond;
      if (from + length > seconds) return bursts;
      bursts.push({
        events,
        at: [(from + random() * length) * 1000, (from + random() * length) * 1000],
      });
      left = left === events ? turn.length : left - events;
      from += length;
    }
  });
}

/** A size between the bounds that does not leave less than the smallest burst for the end of a turn. */
function burstSize(chance: number, left: number): number {
  if (left < 2 * SMALLEST) return left;
  const drawn = Math.min(left, SMALLEST + Math.round(chance * (LARGEST - SMALLEST)));
  return drawn < left && left - drawn < SMALLEST ? left - SMALLEST : drawn;
}
