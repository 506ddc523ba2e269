import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { cpuOf } from './cpu.js';
import { figure, percentile, report } from './figures.js';
import { watchLag } from './lag.js';
import { metricOf, untilProjected } from './metrics.js';
import { common, type OptionTable, type Values } from './options.js';
import { directPath, gatewayPath } from './paths.js';
import { ours, rateOf } from './rounds.js';
import { onStage, say, type Stage } from './stage.js';
import { duosOf, warmUp } from './workload.js';

export const projectorOptions = {
  ...common,
  events: { default: 120_000, help: 'events on the ledger that the read model is rebuilt from' },
  load: { default: 120_000, help: 'events of each run at the peak' },
  items: { default: 20_000, help: 'items that they concern' },
  devices: { default: 40, help: 'devices that sign; an even number' },
  batch: { default: 250, help: 'events in a batch' },
  'in-flight': { default: 16, help: 'transactions and requests under way' },
} as const satisfies OptionTable;

const LEAST_REBUILD = 20_000;
const MOST_LAG_MS = 500;
/** Documents of the SQLite store, with its write-ahead log. */
const STORE = /\.(sqlite|db)(-wal|-shm)?$/;

/** The benchmark `projector`: how fast the read model is rebuilt, and how far it is behind at the peak. */
export async function projector(
  options: Values<typeof projectorOptions>,
  signal: AbortSignal,
): Promise<void> {
  const { devices, keep } = options;
  await onStage('projector', { devices, keep }, signal, async (stage) => {
    await stage.gatewayDown();
    const perDevice = Math.max(1, Math.floor(options.items / devices));
    const duos = duosOf(stage.members, perDevice);
    const load = { batch: options.batch, inFlight: options['in-flight'] };
    const direct = directPath(stage.relay);
    say(`filling: ${options.events} events`);
    await warmUp(duos, perDevice, direct, load);
    await ours(stage, duos, options.events, direct, load);
    const rebuilt: Rebuilt[] = [];
    const lags: number[][] = [];
    const rates: number[] = [];
    for (let round = 0; round < options.rounds; round++) {
      rebuilt.push(await rebuild(stage));
      const { client, url } = await stage.gatewayUp();
      const watch = watchLag(stage.relay, client, '/v1/rules/massTolerance/CN/1', await stage.token());
      rates.push(rateOf(await ours(stage, duos, options.load, gatewayPath(url), load)));
      lags.push(await watch.stop());
      await stage.gatewayDown();
      say(`round ${round + 1}: rebuilt at ${rebuilt.at(-1)?.rate.toFixed(0) ?? ''} events/s`);
    }
    await report(
      'projector',
      options.rounds,
      {
        rebuildEventsPerSecond: figure(
          'events/s',
          rebuilt.map(({ rate }) => rate),
          { atLeast: LEAST_REBUILD },
        ),
        rebuildCpuSecondsPer1000: figure(
          'CPU-s/1000 events',
          rebuilt.map(({ cpu, events }) => (1_000 * cpu) / events),
        ),
        lagP50: figure(
          'ms',
          lags.map((values) => percentile(values, 50)),
        ),
        lagP99: figure(
          'ms',
          lags.map((values) => percentile(values, 99)),
          { below: MOST_LAG_MS },
        ),
        eventsPerSecondMeanwhile: figure('events/s', rates),
      },
      [
        'rebuild: an empty store, from the gateway answering to the height of the ledger, peers otherwise idle',
        'lag: from the arrival of a block at a listener until the read model shows it, at the peak through the gateway',
      ],
    );
  });
}

interface Rebuilt {
  readonly events: number;
  readonly rate: number;
  /** CPU-seconds of the gateway. */
  readonly cpu: number;
}

/** Drops the store and lets a gateway build it anew from the blocks. */
async function rebuild(stage: Stage): Promise<Rebuilt> {
  const folder = join(stage.home, 'gateway');
  for (const name of await readdir(folder)) if (STORE.test(name)) await rm(join(folder, name));
  const last = (await stage.relay.height()) - 1;
  const { url } = await stage.gatewayUp();
  const [before, beforeEvents] = [await cpuOf(stage), await eventsOf(url)];
  const began = performance.now();
  await untilProjected(url, last);
  const seconds = (performance.now() - began) / 1000;
  const events = (await eventsOf(url)) - beforeEvents;
  const cpu = (await cpuOf(stage)).gateway - before.gateway;
  await stage.gatewayDown();
  return { events, rate: events / seconds, cpu };
}

const eventsOf = async (url: string): Promise<number> =>
  (await metricOf(url, 'huilian_projector_events_total'))[0]?.value ?? 0;
