import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { checkout } from '@huilian/network';
import { afterAll, expect, it } from 'vitest';
import { processesOf } from '../demo/program.js';

const homes: string[] = [];

afterAll(async () => {
  await Promise.all(homes.map((home) => rm(home, { recursive: true, force: true })));
});

/** Runs a benchmark, presses Ctrl-C when it has printed a text, and waits for its end. */
async function interruptAt(text: string): Promise<{ code: number | null; home: string; output: string }> {
  const home = await mkdtemp(path.join(tmpdir(), 'huilian-bench-'));
  homes.push(home);
  const main = path.join(checkout, 'trial', 'dist', 'main.js');
  const args = [
    ...['bench', 'record', '--rounds', '9', '--events', '900', '--items', '80', '--devices', '4'],
    ...['--batch', '20', '--naive-seconds', '1', '--naive-in-flight', '5'],
  ];
  const child = spawn(process.execPath, [main, ...args], {
    env: { ...process.env, HUILIAN_HOME: home },
    stdio: ['ignore', 'ignore', 'pipe'],
    detached: true,
  });
  const ended = once(child, 'close');
  let output = '';
  await new Promise<void>((resolve) => {
    child.once('close', resolve);
    child.stderr.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      if (output.includes(text)) resolve();
    });
  });
  expect(output).toContain(text);
  expect(processesOf(home)).not.toEqual([]);
  process.kill(-(child.pid ?? 0), 'SIGINT');
  const [code] = (await ended) as [number | null];
  return { code, home, output };
}

it.each(['Starting orderers', 'round 1'])(
  'a benchmark that is interrupted at “%s” stops everything that it started',
  async (text) => {
    const { code, home, output } = await interruptAt(text);
    expect(code, output).toBe(130);
    expect(processesOf(home)).toEqual([]);
  },
);
