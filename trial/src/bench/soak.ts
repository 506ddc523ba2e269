import type { Duo } from './duo.js';
import { figure, percentile, report } from './figures.js';
import { openLoop, timetable, type Arrival } from './open-loop.js';
import { directPath } from './paths.js';
import { rateOf, stretch } from './rounds.js';
import { say, type Stage } from './stage.js';
import type { Load } from './workload.js';

/** The peak is that of the same bursts, all of them due at once. */
const PEAK = { rate: 400_000, seconds: 0.5 };
const SHARE = 0.7;
const SEED = 7;

/** Arrivals that were due in each minute. */
export function byMinute(arrivals: readonly Arrival[], minutes: number): Arrival[][] {
  return Array.from({ length: Math.ceil(minutes) }, (_, minute) =>
    arrivals.filter(({ at }) => Math.floor(at / 60_000) === minute),
  );
}

/** Seventy per cent of the peak for so many minutes: does it slow down? */
export async function soak(stage: Stage, duos: readonly Duo[], load: Load, minutes: number): Promise<void> {
  await stage.gatewayDown();
  const path = directPath(stage.relay);
  const flood = timetable(duos, path, { ...PEAK, batch: load.batch, seed: SEED }, false);
  const peak = rateOf(await stretch(stage, () => seconds(() => openLoop(flood, path))));
  const rate = SHARE * peak;
  say(`peak ${peak.toFixed(0)} events/s; ${minutes} minutes at ${rate.toFixed(0)}`);
  const times = timetable(duos, path, { rate, seconds: minutes * 60, batch: load.batch, seed: SEED }, false);
  const arrivals: Arrival[] = [];
  const progress = setInterval(() => {
    const since = lastAt(arrivals) - 60_000;
    const last = arrivals.filter(({ at, milliseconds }) => at + milliseconds > since);
    say(`p50 of the last minute: ${percentile(latencies(last), 50).toFixed(0)} ms`);
  }, 60_000);
  const measured = await stretch(stage, () =>
    seconds(() => openLoop(times, path, (arrival) => arrivals.push(arrival))),
  ).finally(() => clearInterval(progress));
  const perMinute = byMinute(arrivals, minutes).filter((minute) => minute.length > 0);
  const p50 = perMinute.map((minute) => percentile(latencies(minute), 50));
  const fifth = Math.max(1, Math.floor(p50.length / 5));
  const slowing = figure('times', [
    figure('ms', p50.slice(-fifth)).median / figure('ms', p50.slice(0, fifth)).median,
  ]);
  await report(
    'record-soak',
    1,
    {
      peakEventsPerSecond: figure('events/s', [peak]),
      offeredEventsPerSecond: figure('events/s', [rate]),
      eventsPerSecond: figure('events/s', [rateOf(measured)]),
      latencyP50ByMinute: figure('ms', p50),
      latencyP99ByMinute: figure(
        'ms',
        perMinute.map((minute) => percentile(latencies(minute), 99)),
      ),
      lastFifthToFirstFifth: slowing,
    },
    [
      `${minutes} minutes of bursts of 100 to 1 000 events, latency from the moment a burst was due`,
      'each burst is signed a second before it is due, by the client that sends it: its CPU is in the machine',
      'the peak is that of the same bursts, signed the same way and all due at once',
      'lastFifthToFirstFifth compares the latency of the last and the first fifth of the minutes: 1 is no slowing',
    ],
  );
}

async function seconds(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return (performance.now() - began) / 1000;
}

function latencies(arrivals: readonly Arrival[]): number[] {
  return arrivals.map(({ milliseconds }) => milliseconds);
}

function lastAt(arrivals: readonly Arrival[]): number {
  return arrivals.reduce((latest, { at, milliseconds }) => Math.max(latest, at + milliseconds), 0);
}
