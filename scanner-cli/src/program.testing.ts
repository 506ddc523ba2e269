import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Language } from '@huilian/core';
import { afterAll, beforeAll } from 'vitest';
import { commands } from './commands/index.js';
import { run } from './program.js';

// A home on the disk for the tests of the file that imports this.
export let home: string;
beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), 'huilian-cli-'));
});
afterAll(() => {
  rmSync(home, { recursive: true });
});

/** What a run of the command left behind. */
export interface Ran {
  exit: number;
  out: string;
  err: string;
}

/** Runs the command with a home of its own and a gateway that does not answer. */
export async function huilian(
  args: readonly string[],
  env: Record<string, string> = {},
  language: Language = 'en',
): Promise<Ran> {
  const ran: Ran = { exit: 0, out: '', err: '' };
  ran.exit = await run(commands, args, {
    env: { HUILIAN_HOME: home, HUILIAN_GATEWAY: 'http://127.0.0.1:9', ...env },
    stdout: { write: (text: string) => (ran.out += text) },
    stderr: { write: (text: string) => (ran.err += text) },
    language,
    now: () => 1_795_000_000_000,
  });
  return ran;
}
