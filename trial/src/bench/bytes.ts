import { figure, report, type Figure } from './figures.js';
import { naiveBundle, NaiveWay } from './naive.js';
import { common, type OptionTable, type Values } from './options.js';
import { directPath } from './paths.js';
import { peerDisk, type PeerDisk } from './peer-disk.js';
import { naively, ours } from './rounds.js';
import { onStage, say, type Stage } from './stage.js';
import { duosOf } from './workload.js';

export const bytesOptions = {
  ...common,
  rounds: { default: 2, help: 'rounds, each of them naive and ours' },
  events: { default: 5_000, help: 'events of each way in a round' },
  batch: { default: 250, help: 'events in a batch' },
  'in-flight': { default: 8, help: 'transactions of ours under way' },
  'naive-in-flight': { default: 100, help: 'transactions of the naive way under way' },
} as const satisfies OptionTable;

const DEVICES = 4;
/** As in the workload: each item has five events before it has changed hands once. */
const EVENTS_PER_ITEM = 5;
const PEER = 'peer-recycling';
const PARTS = ['blocks', 'state', 'index', 'history', 'other'] as const;

type PerEvent = Readonly<Record<(typeof PARTS)[number] | 'all', number>>;

/** The benchmark `bytes`: what an event takes on a peer's disk. */
export async function bytes(options: Values<typeof bytesOptions>, signal: AbortSignal): Promise<void> {
  const bundle = await naiveBundle();
  await onStage('bytes', { bundle, devices: DEVICES, keep: options.keep }, signal, async (stage) => {
    await stage.gatewayDown();
    const rounds: { naive: PerEvent; ours: PerEvent }[] = [];
    for (let round = 0; round < options.rounds; round++) {
      const naive = await measured(stage, () => runNaive(stage, options));
      const grouped = await measured(stage, () => runOurs(stage, options));
      rounds.push({ naive, ours: grouped });
      say(`round ${round + 1}: naive ${naive.all.toFixed(0)}, ours ${grouped.all.toFixed(0)} bytes an event`);
    }
    await report(
      'bytes',
      options.rounds,
      {
        ratioToNaive: figure(
          'times',
          rounds.map((each) => each.naive.all / each.ours.all),
          { atLeast: 8 },
        ),
        ...partFigures(
          'bytesPerEvent',
          rounds.map((each) => each.ours),
        ),
        ...partFigures(
          'naiveBytesPerEvent',
          rounds.map((each) => each.naive),
        ),
      },
      [
        `${options.events} events each way and round, new items each time, ${EVENTS_PER_ITEM} events an item, batches of ${options.batch}`,
        `growth of the folder of ${PEER}, measured while it is down`,
      ],
    );
  });
}

function partFigures(name: string, rounds: readonly PerEvent[]): Record<string, Figure> {
  const of = (part: keyof PerEvent): Figure =>
    figure(
      'bytes',
      rounds.map((each) => each[part]),
    );
  return {
    [name]: of('all'),
    ...Object.fromEntries(PARTS.map((part) => [`${name}.${part}`, of(part)])),
  };
}

async function runNaive(stage: Stage, options: Values<typeof bytesOptions>): Promise<number> {
  const [first, second] = stage.members;
  if (!first || !second) throw new Error('two devices at least');
  const naive = new NaiveWay([first, second], stage.relay, options.events / EVENTS_PER_ITEM);
  const { count } = await naively(stage, naive, options['naive-in-flight'], { events: options.events });
  return count.naive;
}

async function runOurs(stage: Stage, options: Values<typeof bytesOptions>): Promise<number> {
  // A batch that touched an item twice would write one row for two events.
  const items = Math.max(options.batch, options.events / EVENTS_PER_ITEM / DEVICES);
  const duos = duosOf(stage.members, items);
  const load = { batch: options.batch, inFlight: options['in-flight'] };
  const { count } = await ours(stage, duos, options.events, directPath(stage.relay), load);
  return count.events;
}

/** What the peer's disk grew by, for each event. The network goes down for it, so that databases lie still. */
async function measured(stage: Stage, work: () => Promise<number>): Promise<PerEvent> {
  const before = await still(stage);
  const events = await work();
  const after = await still(stage);
  const grown = PARTS.map((part) => [part, (after[part] - before[part]) / events] as const);
  const all = grown.reduce((sum, [, value]) => sum + value, 0);
  return { ...(Object.fromEntries(grown) as Record<(typeof PARTS)[number], number>), all };
}

async function still(stage: Stage): Promise<PeerDisk> {
  await stage.networkDown();
  const disk = await peerDisk(stage.home, PEER);
  await stage.networkUp();
  return disk;
}
