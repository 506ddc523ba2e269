import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { EVENT_TYPES, unpackGroup, type Json, type SignedBatch } from '@huilian/core';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { morning } from './morning.js';
import { effectOf, replay, type Recording } from './replay.js';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const FILE = here('recorded/ruleset-1.json');

/** Plays the morning and keeps what its transactions wrote. */
function recordMorning(): Recording {
  const { world } = morning();
  const [first] = world.transactions;
  if (!first) throw new Error('the morning has transactions');
  const written = new Set(world.transactions.flatMap(({ recorded }) => [...recorded.writes.keys()]));
  const rows = [...world.rows].filter(([key]) => !written.has(key) || key.startsWith('key/'));
  const before = rows.filter(
    ([key, row]) => key === 'ledger' || ('kind' in row && row.kind === 'administrator'),
  );
  return {
    rows: before as unknown as [string, Json][],
    transactions: world.transactions.map(({ group, time, transaction, recorded }) => ({
      transaction,
      time,
      group: Buffer.from(group).toString('base64'),
      ...effectOf(recorded),
    })),
  };
}

// A recording stands for transactions on somebody's ledger: it is made once for a ruleset, and never again when that
// ruleset is released.
if (process.env['HUILIAN_RECORD'] === '1') {
  mkdirSync(here('recorded'), { recursive: true });
  writeFileSync(FILE, `${JSON.stringify(recordMorning(), undefined, 1)}\n`);
}
const recording = JSON.parse(readFileSync(FILE, 'utf8')) as Recording;

let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'huilian-replay-'));
  await build({
    entryPoints: [here('replay-child.ts')],
    outfile: join(folder, 'replay.mjs'),
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    conditions: ['huilian-source'],
    logLevel: 'error',
  });
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

function inProcess(
  environment: Record<string, string>,
  ...args: string[]
): { status: number | null; stdout: string; stderr: string } {
  return spawnSync(process.execPath, [join(folder, 'replay.mjs'), FILE, ...args], {
    env: environment,
    encoding: 'utf8',
  });
}

describe('transactions recorded in the past', () => {
  it('hold every type of event, and accepted, refused, known and forked ones', () => {
    const batches = recording.transactions.flatMap(({ group }) => unpackGroup(Buffer.from(group, 'base64')));
    const types = new Set(
      batches.flatMap(({ value }) => (value as unknown as SignedBatch).events.map(({ type }) => type)),
    );
    expect([...types].sort()).toEqual([...EVENT_TYPES].sort());
    const answers = recording.transactions.map(({ answer }) => answer).join('\n');
    for (const word of ['"known"', '"fork"', '"recorded"', 'HL-20', '"notices"'])
      expect(answers).toContain(word);
  });

  it('write the same bytes today', () => {
    expect(replay(recording).difference).toBeUndefined();
  });

  it('write the same bytes without a clock, randomness or a locale, wherever the process runs', () => {
    const { digest } = replay(recording);
    const places = [
      { TZ: 'UTC', LANG: 'C', LC_ALL: 'C' },
      { TZ: 'Asia/Shanghai', LANG: 'zh_CN.UTF-8', LC_ALL: 'zh_CN.UTF-8' },
      {
        TZ: 'America/St_Johns',
        LANG: 'tr_TR.UTF-8',
        LC_ALL: 'tr_TR.UTF-8',
        NODE_OPTIONS: '--max-old-space-size=200',
      },
    ];
    for (const place of places) {
      const { stdout, stderr } = inProcess(place);
      expect(stderr).toBe('');
      expect(JSON.parse(stdout)).toEqual({ digest, environment: `${place.TZ} ${place.LANG}` });
    }
  });

  it('would not be replayed at all if a rule looked at the clock', () => {
    const { status, stderr } = inProcess({ TZ: 'UTC' }, 'spoil');
    expect(status).not.toBe(0);
    expect(stderr).toContain('Date was used while recording');
  });

  it('are told apart from others by one bit', () => {
    const altered = structuredClone(recording) as unknown as { transactions: { time: number }[] };
    const last = altered.transactions.at(-1);
    if (last) last.time += 1;
    expect(replay(altered as unknown as Recording).difference).toContain('now writes');
  });
});
