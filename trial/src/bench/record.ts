import { canonical } from '@huilian/core';
import { custodyEvent, newItems } from './custody.js';
import { KINDS, total } from './cpu.js';
import type { Duo, Member } from './duo.js';
import { count, figure, report, type Figures } from './figures.js';
import { countLedger } from './ledger-count.js';
import { untilProjected } from './metrics.js';
import { naiveBundle, NaiveWay } from './naive.js';
import { common, type OptionTable, type Values } from './options.js';
import { directPath, gatewayPath } from './paths.js';
import { ChainedTable, openPostgres } from './postgres.js';
import { naively, ours, rateOf, sweepNaive, type Stretch } from './rounds.js';
import { soak } from './soak.js';
import { onStage, say, type Stage } from './stage.js';
import { duosOf, warmUp } from './workload.js';

export const recordOptions = {
  ...common,
  rounds: { default: 5, help: 'rounds, each of them naive, ours, and through a gateway' },
  events: {
    default: 800_000,
    help: 'events of ours over all rounds, each way; by default a round takes as long as one of the naive way',
  },
  items: { default: 20_000, help: 'items that they concern' },
  devices: { default: 40, help: 'devices that sign; an even number' },
  batch: { default: 1_000, help: 'events in a batch' },
  'in-flight': { default: 16, help: 'transactions under way, and requests at the gateway' },
  'naive-seconds': { default: 10, help: 'length of a stretch of the naive way' },
  'naive-in-flight': { default: 0, help: 'transactions of the naive way under way; 0 looks for the best' },
  matrix: { default: false, help: 'batches of 100, 250, 500, 1 000 with 8, 16, 24, 32 in flight' },
  soak: { default: 0, help: 'minutes at 70 % of the peak instead of rounds' },
} as const satisfies OptionTable;

type Options = Values<typeof recordOptions>;

/** Events per commit of the table beside, and how many of each are measured. */
const POSTGRES = { one: 2_000, many: 100_000, perCommit: 1_000 };

/** The benchmark `record`: recorded and validated events per second, beside the naive way. */
export async function record(options: Options, signal: AbortSignal): Promise<void> {
  const { devices, keep } = options;
  const bundle = await naiveBundle();
  await onStage('record', { bundle, devices, keep }, signal, async (stage) => {
    const perDevice = Math.max(1, Math.floor(options.items / devices));
    const duos = duosOf(stage.members, perDevice);
    const load = { batch: options.batch, inFlight: options['in-flight'] };
    const direct = directPath(stage.relay);
    say(`${options.items} items`);
    await warmUp(duos, perDevice, direct, load);
    if (options.soak > 0) return soak(stage, duos, load, options.soak);
    if (options.matrix) return matrix(stage, options, duos);
    await compare(stage, options, duos, signal);
  });
}

async function compare(
  stage: Stage,
  options: Options,
  duos: readonly Duo[],
  signal: AbortSignal,
): Promise<void> {
  const load = { batch: options.batch, inFlight: options['in-flight'] };
  const [first, second] = stage.members;
  if (!first || !second) throw new Error('two devices at least');
  const naive = new NaiveWay([first, second], stage.relay);
  await naive.begin();
  await stage.gatewayDown();
  if (options['naive-in-flight'] === 0) say('the best number in flight for the naive way');
  const inFlight = options['naive-in-flight'] || (await sweepNaive(stage, naive));
  const stretches = { naive: [] as Stretch[], ours: [] as Stretch[], gateway: [] as Stretch[] };
  const each = Math.ceil(options.events / options.rounds);
  for (let round = 1; round <= options.rounds; round++) {
    const lone = await naively(stage, naive, inFlight, { seconds: options['naive-seconds'] });
    stretches.naive.push(lone);
    const grouped = await ours(stage, duos, each, directPath(stage.relay), load);
    stretches.ours.push(grouped);
    const { url } = await stage.gatewayUp();
    // What was recorded without it is not to be caught up with while the clock runs.
    await untilProjected(url, (await stage.relay.height()) - 1);
    const relayed = await ours(stage, duos, each, gatewayPath(url), load);
    stretches.gateway.push(relayed);
    await stage.gatewayDown();
    const shown = [lone, grouped, relayed].map((stretch) => rateOf(stretch).toFixed(0));
    say(`round ${round}: naive, ours, through a gateway: ${shown.join(', ')} events/s`);
  }
  const all = await countLedger(stage.relay, 0);
  const postgres = await besidePostgres(options.rounds, [first, second], signal);
  await report('record', options.rounds, { ...figuresOf(stretches), ...postgres.figures, ...totals(all) }, [
    `ours: batches of ${load.batch}, ${load.inFlight} in flight, one batch a transaction; naive: ${inFlight} in flight`,
    'two of three organisations endorse; events are signed before the clock runs',
    'in the direct stretches of both ways no gateway runs; through a gateway its read model follows meanwhile',
    `PostgreSQL: ${postgres.about}`,
  ]);
}

function figuresOf({ naive, ours, gateway }: Record<'naive' | 'ours' | 'gateway', Stretch[]>): Figures {
  const ratios = (stretches: Stretch[]): number[] =>
    stretches.map((each, round) => rateOf(each) / rateOf(naive[round] ?? each));
  return {
    ratioToNaive: figure('times', ratios(ours), { atLeast: 60 }, { atLeast: 100 }),
    eventsPerSecond: figure('events/s', ours.map(rateOf)),
    naivePerSecond: figure('events/s', naive.map(rateOf)),
    throughGatewayRatioToNaive: figure('times', ratios(gateway)),
    throughGatewayEventsPerSecond: figure('events/s', gateway.map(rateOf)),
    // On a machine that is full, and shared with others, this moves less than the rates do.
    cpuRatioToNaive: figure(
      'times',
      ours.map((each, round) => cpuPerEvent(naive[round] ?? each) / cpuPerEvent(each)),
    ),
    ...cpuFigures('cpu', ours),
    ...cpuFigures('naiveCpu', naive),
    ...cpuFigures('throughGatewayCpu', gateway),
  };
}

function cpuPerEvent({ cpu, count: { events, naive } }: Stretch): number {
  return total(cpu) / (events + naive);
}

/** CPU-seconds for each thousand events on the ledger: of all processes, and of each kind. */
function cpuFigures(prefix: string, stretches: readonly Stretch[]): Figures {
  const unit = 'CPU-s/1000 events';
  const per = (read: (stretch: Stretch) => number): number[] =>
    stretches.map((each) => (1_000 * read(each)) / (each.count.events + each.count.naive));
  const kinds = KINDS.filter((kind) => stretches.some(({ cpu }) => cpu[kind] > 0));
  return {
    [`${prefix}SecondsPer1000`]: figure(
      unit,
      per(({ cpu }) => total(cpu)),
    ),
    ...Object.fromEntries(
      kinds.map((kind) => [
        `${prefix}SecondsPer1000.${kind}`,
        figure(
          unit,
          per(({ cpu }) => cpu[kind]),
        ),
      ]),
    ),
  };
}

function totals(all: Awaited<ReturnType<typeof countLedger>>): Figures {
  return {
    eventsOnTheLedger: count('events', all.events),
    eventsRefused: count('events', all.refused),
    naiveEventsOnTheLedger: count('events', all.naive),
    transactionsInvalid: count('transactions', all.invalid),
  };
}

async function besidePostgres(
  rounds: number,
  [holder, other]: readonly [Member, Member],
  signal: AbortSignal,
): Promise<{ figures: Figures; about: string }> {
  const server = await openPostgres(signal);
  if (!server) return { figures: {}, about: 'no server is here' };
  try {
    const table = await ChainedTable.open(server.connection);
    const time = Math.floor(Date.now() / 1000);
    const entries = newItems(holder.keyId, POSTGRES.many).map((item) => ({
      item: item.id,
      bytes: canonical(custodyEvent('register', item, holder, other, time)),
    }));
    const one: number[] = [];
    const many: number[] = [];
    for (let round = 0; round < rounds; round++) {
      one.push(await table.rate(entries.slice(0, POSTGRES.one), 1));
      many.push(await table.rate(entries, POSTGRES.perCommit));
    }
    await table.close();
    const figures = {
      postgresOneACommit: figure('events/s', one),
      postgres1000ACommit: figure('events/s', many),
    };
    return {
      figures,
      about: `${server.about}; one writer, rows chained by hashes, nothing endorsed or validated`,
    };
  } finally {
    await server.stop();
  }
}

/** The rate for each size of batch and each number in flight. */
async function matrix(stage: Stage, options: Options, duos: readonly Duo[]): Promise<void> {
  await stage.gatewayDown();
  const rates = new Map<string, number[]>();
  const each = Math.ceil(options.events / options.rounds);
  for (let round = 0; round < options.rounds; round++) {
    for (const batch of [100, 250, 500, 1_000]) {
      for (const inFlight of [8, 16, 24, 32]) {
        const measured = await ours(stage, duos, each, directPath(stage.relay), { batch, inFlight });
        const name = `batches${batch}InFlight${inFlight}`;
        rates.set(name, [...(rates.get(name) ?? []), rateOf(measured)]);
        say(`${name}: ${rateOf(measured).toFixed(0)} events/s`);
      }
    }
  }
  const figures = Object.fromEntries([...rates].map(([name, values]) => [name, figure('events/s', values)]));
  await report('record-matrix', options.rounds, figures);
}
