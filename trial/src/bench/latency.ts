import type { GatewayClient } from '../gateway-client.js';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Signer } from '@huilian/core/testing';
import type { Duo } from './duo.js';
import { figure, median, percentile, report, type Figure } from './figures.js';
import { watchLag } from './lag.js';
import { untilProjected } from './metrics.js';
import { openLoop, timetable } from './open-loop.js';
import { common, type OptionTable, type Values } from './options.js';
import { gatewayPath } from './paths.js';
import { registrations } from './registrations.js';
import { ours, rateOf } from './rounds.js';
import { onStage, say, type Stage } from './stage.js';
import { duosOf, warmUp } from './workload.js';

export const latencyOptions = {
  ...common,
  lone: { default: 40, help: 'lone events a round' },
  peak: { default: 0, help: 'events per second that 100 % is; 0 measures the peak through the gateway' },
  seconds: { default: 15, help: 'least length of a run at 10, 50 and 70 % of the peak' },
  items: { default: 20_000, help: 'items that the events concern' },
  devices: { default: 40, help: 'devices that sign; an even number' },
  batch: { default: 250, help: 'most events in a batch' },
  'in-flight': { default: 16, help: 'requests under way while the peak is measured' },
} as const satisfies OptionTable;

const SHARES = [10, 50, 70] as const;
const PEAK_EVENTS = 60_000;
/** A run is as long as so many events take: some twenty bursts. */
const LEAST_EVENTS = 12_000;
const PAUSE_MS = 100;
const MOST_COMMIT_MS = 150;
const MOST_VISIBLE_MS = 500;
const PERCENTS = [50, 95, 99] as const;

interface Lone {
  readonly commit: number[];
  readonly visible: number[];
}

/** Milliseconds from handing a lone event to the gateway until it is committed, and until the read model shows it. */
export async function loneEvents(
  client: GatewayClient,
  device: Signer,
  token: string,
  count: number,
): Promise<Lone> {
  const commit: number[] = [];
  const visible: number[] = [];
  for (let i = 0; i < count; i++) {
    const { batch, items } = registrations(device, 1);
    const began = performance.now();
    const [result] = await client.submit([batch]);
    commit.push(performance.now() - began);
    const item = await client.get(`/v1/items/${items[0] ?? ''}?minBlock=${result?.block ?? 0}`, token);
    if (item === undefined) throw new Error('the read model does not show a committed item');
    visible.push(performance.now() - began);
    await sleep(PAUSE_MS);
  }
  return { commit, visible };
}

/** The benchmark `latency`: a lone event, then bursts at shares of the peak, from the moment they were due. */
export async function latency(options: Values<typeof latencyOptions>, signal: AbortSignal): Promise<void> {
  const { devices, keep } = options;
  // Two more than the workload needs: a device of its own for the lone events.
  await onStage('latency', { devices: devices + 2, keep }, signal, async (stage) => {
    if (!stage.gateway) throw new Error('no gateway');
    const { client, url } = stage.gateway;
    const [lone, ...others] = [...stage.members].reverse();
    if (!lone) throw new Error('no device');
    const token = await stage.token();
    const quiet: Lone[] = [];
    for (let round = 0; round < options.rounds; round++)
      quiet.push(await loneEvents(client, lone.device, token, options.lone));
    const perDevice = Math.max(1, Math.floor(options.items / devices));
    const duos = duosOf(others.reverse().slice(0, devices), perDevice);
    const path = gatewayPath(url);
    const load = { batch: options.batch, inFlight: options['in-flight'] };
    say(`${options.items} items`);
    await warmUp(duos, perDevice, path, load);
    const peak = options.peak || rateOf(await ours(stage, duos, PEAK_EVENTS, path, load));
    say(`100 % is ${peak.toFixed(0)} events/s`);
    const levels = await levelFigures(stage, duos, options, peak);
    await report(
      'latency',
      options.rounds,
      {
        ...loneFigures(
          'loneEventToCommit',
          quiet.map(({ commit }) => commit),
          MOST_COMMIT_MS,
        ),
        ...loneFigures(
          'loneEventToReadModel',
          quiet.map(({ visible }) => visible),
          MOST_VISIBLE_MS,
        ),
        peakThroughGateway: figure('events/s', [peak]),
        ...levels,
      },
      [
        'lone events: one at a time, through the gateway, nothing else going on',
        'under load: bursts of 100 to 1 000 events from a seeded schedule, from the moment a burst was due to its commit',
        'lag: from the arrival of a block at a listener to the moment at which the read model shows it',
      ],
    );
  });
}

function loneFigures(name: string, rounds: readonly number[][], below: number): Record<string, Figure> {
  return {
    [name]: figure('ms', rounds.map(median), { below }),
    [`${name}P95`]: figure(
      'ms',
      rounds.map((values) => percentile(values, 95)),
    ),
    [`${name}P99`]: figure(
      'ms',
      rounds.map((values) => percentile(values, 99)),
    ),
  };
}

async function levelFigures(
  stage: Stage,
  duos: readonly Duo[],
  options: Values<typeof latencyOptions>,
  peak: number,
): Promise<Record<string, Figure>> {
  if (!stage.gateway) throw new Error('no gateway');
  const { client, url } = stage.gateway;
  const path = gatewayPath(url);
  const token = await stage.token();
  const seen = new Map<string, number[]>();
  const add = (name: string, value: number): void => {
    seen.set(name, [...(seen.get(name) ?? []), value]);
  };
  for (let round = 0; round < options.rounds; round++) {
    for (const share of SHARES) {
      const rate = (peak * share) / 100;
      const seconds = Math.max(options.seconds, LEAST_EVENTS / rate);
      const { batch } = options;
      const times = timetable(duos, path, { rate, seconds, batch, seed: share + round });
      // What came before, at the peak or at the former level, is not to be caught up with now.
      await untilProjected(url, (await stage.relay.height()) - 1);
      const watch = watchLag(stage.relay, client, '/v1/rules/massTolerance/CN/1', token);
      const arrivals = await openLoop(times, path);
      const lags = await watch.stop();
      const latencies = arrivals.map(({ milliseconds }) => milliseconds);
      for (const percent of PERCENTS) add(`at${share}PercentP${percent}`, percentile(latencies, percent));
      add(`at${share}PercentLagP99`, percentile(lags, 99));
      say(`round ${round + 1}, ${share} %: p50 ${percentile(latencies, 50).toFixed(0)} ms`);
    }
  }
  return Object.fromEntries([...seen].map(([name, values]) => [name, figure('ms', values)]));
}
