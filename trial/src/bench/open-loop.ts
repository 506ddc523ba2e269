import { setTimeout as sleep } from 'node:timers/promises';
import { burstSchedule } from './bursts.js';
import type { Duo } from './duo.js';
import type { Parcel, Path } from './paths.js';
import { packStep, type PackedStep } from './workload.js';

const AHEAD_MS = 1_000;

/** When a burst was to be handed in, and how long after that it was committed. */
export interface Arrival {
  /** Milliseconds from the start of the run. */
  readonly at: number;
  readonly milliseconds: number;
  readonly events: number;
}

interface Timed {
  readonly at: readonly [number, number];
  /** Packs the step, if that was not done before. */
  readonly packed: () => PackedStep;
}

/** Steps of each duo with the moments at which they are due. */
export type Timetable = readonly (readonly Timed[])[];

export interface OpenLoad {
  /** Events per second. */
  readonly rate: number;
  readonly seconds: number;
  readonly batch: number;
  readonly seed: number;
}

/**
 * Lays out bursts over time.
 *
 * @param ahead true: everything is signed now; false: each step when it is due, for runs that would not fit into memory
 */
export function timetable(duos: readonly Duo[], path: Path, load: OpenLoad, ahead = true): Timetable {
  const schedule = burstSchedule(duos, load.rate, load.seconds, load.seed);
  return duos.map((duo, index) =>
    (schedule[index] ?? []).map(({ events, at }): Timed => {
      if (!ahead) return { at, packed: () => packStep(duo.step(events, load.batch), path) };
      const step = packStep(duo.step(events, load.batch), path);
      return { at, packed: () => step };
    }),
  );
}

/**
 * Hands bursts in when they are due, whether earlier ones are committed or not; only a step that needs the one before it
 * waits for that. Latency is counted from the moment at which the burst was due.
 */
export async function openLoop(
  times: Timetable,
  path: Path,
  onArrival?: (arrival: Arrival) => void,
): Promise<Arrival[]> {
  const arrivals: Arrival[] = [];
  const began = performance.now();
  const elapsed = (): number => performance.now() - began;
  const handIn = async (parcels: readonly Parcel[], at: number): Promise<void> => {
    await sleep(Math.max(0, at - elapsed()));
    for (const { bytes } of parcels) await path.send(bytes);
    const events = parcels.reduce((sum, parcel) => sum + parcel.events, 0);
    const arrival = { at, milliseconds: elapsed() - at, events };
    arrivals.push(arrival);
    onArrival?.(arrival);
  };
  await Promise.all(
    times.map(async (steps) => {
      for (const { at, packed } of steps) {
        // Signed a little ahead, when it is not signed yet.
        await sleep(Math.max(0, Math.min(...at) - elapsed() - AHEAD_MS));
        const [first, second] = packed();
        await Promise.all([handIn(first, at[0]), handIn(second, at[1])]);
      }
    }),
  );
  return arrivals;
}
