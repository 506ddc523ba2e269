import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { down } from '@huilian/network';
import { freePort } from '../gateway-process.js';
import { figure, report } from './figures.js';
import { common, type OptionTable, type Values } from './options.js';
import { homeOf, say } from './stage.js';

export const startOptions = {
  ...common,
  rounds: { default: 5, help: 'warm starts' },
} as const satisfies OptionTable;

const MOST_SECONDS = 20;

/** Seconds that `npm start` takes on a clone that is built and has data, until it says that it is ready. */
export async function warmStart(home: string, signal: AbortSignal): Promise<number> {
  const script = fileURLToPath(new URL('../../../scripts/start.mjs', import.meta.url));
  const port = await freePort(18_080);
  const began = performance.now();
  const child = spawn(process.execPath, [script], {
    env: { ...process.env, HUILIAN_HOME: home, PORT: String(port) },
    stdio: ['ignore', 'pipe', 'ignore'],
    detached: true,
  });
  const ended = once(child, 'exit');
  const interrupt = (): void => {
    if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, 'SIGINT');
  };
  signal.addEventListener('abort', interrupt);
  for await (const _ of child.stdout) break; // the first words on stdout are the closing ones
  const seconds = (performance.now() - began) / 1000;
  interrupt();
  await ended;
  signal.removeEventListener('abort', interrupt);
  signal.throwIfAborted();
  return seconds;
}

/** The benchmark `start`: a warm `npm start`, several times. */
export async function start(options: Values<typeof startOptions>, signal: AbortSignal): Promise<void> {
  const home = homeOf('start');
  await down({ home });
  await rm(home, { recursive: true, force: true });
  say(`a new ledger: ${(await warmStart(home, signal)).toFixed(1)} s`);
  const seconds: number[] = [];
  for (let round = 0; round < options.rounds; round++) seconds.push(await warmStart(home, signal));
  await report('start', options.rounds, { npmStartWarm: figure('s', seconds, { below: MOST_SECONDS }) }, [
    'from the command to the closing words: programs are built, a ledger is there',
  ]);
  if (!options.keep) await rm(home, { recursive: true, force: true });
}
