import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text as textOf } from 'node:stream/consumers';
import { catalogue, type ErrorCode, type Language } from '@huilian/core';
import { checkout } from '@huilian/network';
import { expect } from 'vitest';

/** What a program left behind. */
export interface Ran {
  readonly exit: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program of the checkout to its end, with an environment of its own. */
export async function run(
  program: readonly string[],
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<Ran> {
  const child = spawn(process.execPath, [join(checkout, ...program), ...args], {
    cwd: checkout,
    env: { PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '', LANG: 'C.UTF-8', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = once(child, 'close') as Promise<[number | null]>;
  const [stdout, stderr] = await Promise.all([textOf(child.stdout), textOf(child.stderr)]);
  return { exit: (await ended)[0] ?? -1, stdout, stderr };
}

/** Runs `huilian` as a person does, as a process of its own. */
export function huilian(env: Readonly<Record<string, string>>, ...args: readonly string[]): Promise<Ran> {
  return run(['scanner-cli', 'bin', 'huilian.mjs'], args, env);
}

/** Every line of stdout as JSON. */
export function linesOf<T>({ stdout }: Ran): T[] {
  return stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as T);
}

/** Expects that a text names the code and says what happened, in the language. */
export function expectTold(text: string, code: ErrorCode, language: Language): void {
  const row = catalogue[code];
  expect(text).toContain(code);
  expect(text).toContain((language === 'en' ? row.en : row.zh).what);
}
