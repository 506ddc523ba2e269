import type { LedgerConnection } from '@huilian/fabric';
import { cpuOf, spent, type Cpu } from './cpu.js';
import type { Duo } from './duo.js';
import { countLedger, type LedgerCount } from './ledger-count.js';
import { bestInFlight, readyFor, type NaiveWay } from './naive.js';
import type { Path } from './paths.js';
import type { Stage } from './stage.js';
import { closedLoop, prepare, type Load } from './workload.js';

/** What one stretch of work cost, and what of it stands on the ledger. */
export interface Stretch {
  readonly seconds: number;
  readonly cpu: Cpu;
  readonly count: LedgerCount;
}

/** Measures a stretch of work: time and CPU while it runs, then what was committed, out of the blocks. */
export async function stretch(stage: Stage, work: () => Promise<number>): Promise<Stretch> {
  const ledger: LedgerConnection = stage.relay;
  const from = await ledger.height();
  const before = await cpuOf(stage);
  const seconds = await work();
  const cpu = spent(before, await cpuOf(stage));
  return { seconds, cpu, count: await countLedger(ledger, from) };
}

/** Our way: batches of the workload, signed and packed before the clock runs. */
export async function ours(
  stage: Stage,
  duos: readonly Duo[],
  events: number,
  path: Path,
  load: Load,
): Promise<Stretch> {
  const plan = prepare(duos, events, load.batch, path);
  return stretch(stage, () => closedLoop(plan, path, load.inFlight));
}

/** The naive way, for so many seconds or for so many events. */
export async function naively(
  stage: Stage,
  naive: NaiveWay,
  inFlight: number,
  extent: { readonly seconds: number } | { readonly events: number },
): Promise<Stretch> {
  naive.prepare('events' in extent ? extent.events : readyFor(extent.seconds));
  return stretch(stage, () => naive.run(inFlight, 'seconds' in extent ? extent.seconds : Infinity));
}

/** The best number in flight for the naive way on this stage. */
export async function sweepNaive(stage: Stage, naive: NaiveWay): Promise<number> {
  return bestInFlight(naive, async () => (await countLedger(stage.relay, 0)).naive);
}

/** Events on the ledger per second. */
export function rateOf({ count, seconds }: Stretch): number {
  return (count.events + count.naive) / seconds;
}
