import { spawn } from 'node:child_process';
import {
  appendFileSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { batchDigest, HuilianError, isSignedBy, type Json, type LedgerEvent } from '@huilian/core';
import fc from 'fast-check';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { build } from 'esbuild';
import { newItem } from '../keys/index.js';
import { itemEvent, loneKey } from './device.testing.js';
import { realDisk, type Disk } from './disk.js';
import { Queue } from './queue.js';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'huilian-queue-'));
});
afterEach(() => {
  rmSync(directory, { recursive: true });
});

const key = loneKey();
const event = (time: number): LedgerEvent => itemEvent(key, time);
const mended: string[] = [];
const open = (disk?: Disk): Queue =>
  new Queue(directory, key, { mended: (file) => mended.push(file), ...(disk ? { disk } : {}) });
const [a, b] = ['queue.a', 'queue.b'] as const;
const path = (name: string): string => join(directory, name);
const times = (queue: Queue): number[] =>
  queue.lane().pending.flatMap(({ events }) => events.map(({ time }) => time));

beforeEach(() => {
  mended.length = 0;
});

describe('the queue of a device', () => {
  it('signs and links what is recorded, whichever process records it', async () => {
    for (const time of [1, 2, 3]) await open().record([event(time)], time);
    const { pending } = open().lane();
    expect(pending.map(({ header }) => header.sequence)).toEqual([1, 2, 3]);
    expect(pending.map(({ header }) => header.previous)).toEqual([
      '',
      ...pending.slice(0, 2).map(({ header }) => batchDigest(header)),
    ]);
    expect(pending.every((batch) => isSignedBy(batch, key.key))).toBe(true);
    expect(
      open()
        .list()
        .map(({ sequence, state, events }) => [sequence, state, events.length]),
    ).toEqual([
      [1, 'waiting', 1],
      [2, 'waiting', 1],
      [3, 'waiting', 1],
    ]);
  });

  it('splits a thousand events into batches that fit', async () => {
    const batches = await open().record(
      Array.from({ length: 1000 }, (_, time) => event(time)),
      5,
    );
    expect(batches.length).toBe(4);
    expect(times(open())).toEqual(Array.from({ length: 1000 }, (_, time) => time));
  });

  it('splits events that together touch too many rows for one batch', async () => {
    const part = (): Json => ({ ...newItem(key), kind: 'part', category: 'engine', massGrams: 1 });
    const dismantling = Array.from({ length: 120 }, (_, time) => {
      const data = { outputs: Array.from({ length: 20 }, part), lossGrams: 0, toleranceVersion: 1 };
      return { type: 'dismantle', version: 1, item: newItem(key).item, time, data } as unknown as LedgerEvent;
    });
    expect((await open().record(dismantling, 5)).length).toBeGreaterThan(1);
    expect(times(open())).toEqual(dismantling.map(({ time }) => time));
  });

  it('keeps nothing of events of which one does not fit its format', async () => {
    const nonsense = { ...event(2), type: 'nonsense' } as unknown as LedgerEvent;
    await expect(open().record([event(1), nonsense], 1)).rejects.toThrow(HuilianError);
    expect(open().lane().pending).toEqual([]);
  });

  it('refuses a queue that another key signed', async () => {
    await open().record([event(1)], 1);
    const other = new Queue(directory, loneKey());
    expect(() => other.lane()).toThrow(expect.objectContaining({ code: 'HL-7010' }));
  });
});

describe('a damaged queue', () => {
  const record = async (count: number): Promise<void> => {
    for (let time = 1; time <= count; time++) await open().record([event(time)], time);
  };

  it.each([a, b])(
    'is mended from the other copy when %s is cut, altered or gone, at any place',
    async (name) => {
      await record(4);
      const whole = readFileSync(path(name));
      fc.assert(
        fc.property(fc.nat(whole.length - 1), fc.constantFrom('cut', 'flip', 'zero'), (at, how) => {
          const torn = how === 'cut' ? whole.subarray(0, at) : Buffer.from(whole);
          if (how === 'flip') torn[at] = (torn[at] ?? 0) ^ 1;
          if (how === 'zero') torn.fill(0, at);
          mended.length = 0;
          writeFileSync(path(name), torn);
          expect(times(open())).toEqual([1, 2, 3, 4]);
          expect(mended).toEqual([path(name)]);
          expect(readFileSync(path(name))).toEqual(whole);
        }),
        { numRuns: 60 },
      );
      rmSync(path(name));
      expect(times(open())).toEqual([1, 2, 3, 4]);
      expect(readFileSync(path(name))).toEqual(whole);
    },
  );

  it('keeps the damaged file beside it', async () => {
    await record(1);
    writeFileSync(path(a), 'torn');
    open().lane();
    expect(readdirSync(directory).filter((name) => name.startsWith('queue.a.damaged-'))).toHaveLength(1);
  });

  it('is found with HL-7010 when both copies are hit, even when they end cleanly, and is left as it is', async () => {
    await record(3);
    const ends = readFileSync(path(a)).reduce<number[]>(
      (all, byte, at) => (byte === 0x0a ? [...all, at + 1] : all),
      [],
    );
    for (const end of [ends[1] ?? 0, (ends[2] ?? 0) + 10, 0]) {
      const before = readFileSync(path(a));
      truncateSync(path(a), end);
      truncateSync(path(b), end);
      expect(() => open().lane()).toThrow(expect.objectContaining({ code: 'HL-7010' }));
      await expect(open().record([event(9)], 9)).rejects.toMatchObject({ code: 'HL-7010' });
      expect(statSync(path(a)).size).toBe(end);
      writeFileSync(path(a), before);
      writeFileSync(path(b), before);
    }
    expect(times(open())).toEqual([1, 2, 3]);
  });

  it('does without its seal: that is made again', async () => {
    await record(2);
    writeFileSync(path('queue.seal'), 'this is no database, whatever its name says'.repeat(50));
    expect(times(open())).toEqual([1, 2]);
    await record(1);
    expect(open().lane().signed.sequence).toBe(3);
  });

  it('drops silently what a kill left unfinished in one copy', async () => {
    await record(2);
    appendFileSync(path(a), '0123456789abcdef {"kind":"ba');
    expect(times(open())).toEqual([1, 2]);
    expect(mended).toEqual([]);
  });
});

describe('a full disk', () => {
  it.each([0, 1, 2, 3])('gets HL-7012 and leaves no half-recorded event (failure %i)', async (which) => {
    await open().record([event(1)], 1);
    let calls = 0;
    const full: Disk = {
      ...realDisk,
      append: (file, keep, text) => {
        if (calls++ === which % 2) {
          if (which >= 2) appendFileSync(file, text.slice(0, 40)); // as much as still fitted
          if (which >= 2) truncateSync(file, keep);
          throw new HuilianError('HL-7012', { file });
        }
        realDisk.append(file, keep, text);
      },
    };
    await expect(open(full).record([event(2)], 2)).rejects.toMatchObject({ code: 'HL-7012' });
    expect(times(open())).toEqual([1]);
    await open().record([event(3)], 3);
    expect(
      open()
        .lane()
        .pending.map(({ header }) => header.sequence),
    ).toEqual([1, 2]);
    expect(times(open())).toEqual([1, 3]);
    expect(mended).toEqual([]);
  });
});

// Beside the workspace's own output, so that node finds its packages from there.
const script = fileURLToPath(new URL(`../../dist/recorder-${process.pid}.mjs`, import.meta.url));
afterAll(() => {
  rmSync(script, { force: true });
});

describe('a process that is killed while it records', () => {
  it('loses no event that it reported, forks nothing, and the next process goes on at once', async () => {
    await bundle();
    let reported = 0;
    for (let round = 0; round < 8; round++) {
      const last = await recordUntilKilled(script, reported + 3 + round);
      expect(last).toBeGreaterThan(reported);
      reported = last;
      const { pending } = open().lane();
      const sequences = pending.map(({ header }) => header.sequence);
      expect(sequences).toEqual(sequences.map((_, at) => at + 1));
      expect(sequences.length).toBeGreaterThanOrEqual(reported);
      pending.forEach(({ header }, at) => {
        const before = pending[at - 1];
        expect(header.previous).toBe(before ? batchDigest(before.header) : '');
      });
    }
    expect(mended).toEqual([]);
  }, 60_000);

  it('and two processes that record at once make one unforked lane', async () => {
    await bundle();
    await Promise.all([recordUntilKilled(script, 12), recordUntilKilled(script, 12)]);
    const { pending } = open().lane();
    expect(pending.length).toBeGreaterThanOrEqual(12);
    expect(pending.map(({ header }) => header.sequence)).toEqual(pending.map((_, at) => at + 1));
    expect(mended).toEqual([]);
  }, 60_000);
});

const source = (workspace: string): string =>
  fileURLToPath(new URL(`../../../${workspace}/src/index.ts`, import.meta.url));

async function bundle(): Promise<void> {
  await build({
    entryPoints: [fileURLToPath(new URL('./recorder.fixture.ts', import.meta.url))],
    bundle: true,
    platform: 'node',
    format: 'esm',
    conditions: ['huilian-source'],
    packages: 'external',
    alias: {
      '@huilian/core': source('core'),
      '@huilian/verifier': source('verifier'),
      '@huilian/fabric': source('fabric'),
    },
    outfile: script,
    logLevel: 'error',
  });
}

/** Runs the recorder until it reported a number, kills it with SIGKILL at once, and says what it reported last. */
async function recordUntilKilled(script: string, until: number): Promise<number> {
  const child = spawn(process.execPath, [script, directory, JSON.stringify(key)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let last = 0;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  for await (const line of createInterface({ input: child.stdout })) {
    last = Number(line);
    if (last >= until) child.kill('SIGKILL');
  }
  await ended;
  return last;
}
