import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { writeArchive } from '@huilian/fabric';
import { Home } from '@huilian/network';
import { blocksOfPeer } from '@huilian/verifier';
import { trialHome } from '../home.js';
import { figure, report } from './figures.js';
import { common, type OptionTable, type Values } from './options.js';
import { directPath } from './paths.js';
import { ours } from './rounds.js';
import { onStage, say } from './stage.js';
import type { Verified } from './verify-child.js';
import { duosOf, warmUp } from './workload.js';

export const verifyOptions = {
  ...common,
  events: { default: 100_000, help: 'events on the ledger that is made for it' },
  items: { default: 20_000, help: 'items that they concern' },
  devices: { default: 40, help: 'devices that sign; an even number' },
  batch: { default: 250, help: 'events in a batch' },
  'in-flight': { default: 16, help: 'transactions under way while the ledger is made' },
  cores: { default: 1, help: 'processor cores that the verifier may use, 1 or 2' },
  archive: { default: '', help: 'an archive of blocks to verify instead; --trust names its trust bundle' },
  trust: { default: '', help: 'trust bundle (trust.json) of the archive' },
} as const satisfies OptionTable;

type Options = Values<typeof verifyOptions>;

const MILLION = 1_000_000;
const MOST_SECONDS = 20;
/** Memory at the end may be so much of the memory at half of the blocks to be called flat. */
const FLAT = 1.2;

/** The benchmark `verify`: what a replay of the ledger costs. */
export async function verify(options: Options, signal: AbortSignal): Promise<void> {
  if (options.archive !== '') return measure(options.archive, options.trust, options, signal);
  await mkdir(trialHome.bench(), { recursive: true });
  const archive = join(trialHome.bench(), 'verify.blocks');
  const { devices, keep } = options;
  await onStage('verify', { devices, keep }, signal, async (stage) => {
    await stage.gatewayDown();
    const perDevice = Math.max(1, Math.floor(options.items / devices));
    const duos = duosOf(stage.members, perDevice);
    const load = { batch: options.batch, inFlight: options['in-flight'] };
    say(`filling: ${options.events} events`);
    await warmUp(duos, perDevice, directPath(stage.relay), load);
    await ours(stage, duos, options.events, directPath(stage.relay), load);
    const auditor = await stage.auditor();
    await writeArchive(archive, blocksOfPeer(auditor));
    auditor.close();
    await stage.networkDown();
    await measure(archive, new Home(stage.home).trust, options, signal);
  });
}

async function measure(
  archive: string,
  trust: string,
  { rounds, cores }: Pick<Options, 'rounds' | 'cores'>,
  signal: AbortSignal,
): Promise<void> {
  const runs: Verified[] = [];
  for (let round = 0; round < rounds; round++) {
    const run = await child([archive, trust, String(cores)], signal);
    if (run.difference !== '') throw new Error(`the archive does not verify: ${run.difference}`);
    runs.push(run);
    say(`round ${round + 1}: ${run.events} events in ${run.seconds.toFixed(1)} s`);
  }
  const perMillion = (seconds: number, { events }: Verified): number => (seconds / events) * MILLION;
  await report(
    'verify',
    rounds,
    {
      events: figure(
        'events',
        runs.map(({ events }) => events),
      ),
      secondsPerMillion: figure(
        's',
        runs.map((run) => perMillion(run.seconds, run)),
        { below: MOST_SECONDS },
      ),
      cpuSecondsPerMillion: figure(
        'CPU-s',
        runs.map((run) => perMillion(run.cpuSeconds, run)),
        { below: MOST_SECONDS },
      ),
      memoryAtHalf: figure(
        'MB',
        runs.map(({ halfMegabytes }) => halfMegabytes),
      ),
      memoryAtEnd: figure(
        'MB',
        runs.map(({ endMegabytes }) => endMegabytes),
      ),
      memoryMost: figure(
        'MB',
        runs.map(({ mostMegabytes }) => mostMegabytes),
      ),
      memoryEndToHalf: figure(
        'times',
        runs.map((run) => run.endMegabytes / run.halfMegabytes),
        { below: FLAT },
      ),
    },
    [
      'scaled to a million events from what was replayed; memory is resident memory of the verifier’s process',
    ],
  );
}

/** Verifies in a process of its own, so that its time and memory are its own. */
async function child(args: readonly string[], signal: AbortSignal): Promise<Verified> {
  const program = fileURLToPath(new URL('./verify-child.js', import.meta.url));
  const running = spawn(process.execPath, ['--max-semi-space-size=64', program, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
    signal,
  });
  let output = '';
  running.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const [code] = (await once(running, 'close')) as [number | null];
  if (code !== 0) throw new Error(`the verifier ended with ${code}`);
  return JSON.parse(output) as Verified;
}
