import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Row, TrustBundle } from '@huilian/core';
import { writeArchive } from '@huilian/fabric';
import type { LedgerReport, VerifyOptions } from '@huilian/verifier';
import { custodyLedger } from '@huilian/verifier/testing';
import { seeded } from './seeded.js';

/** As it is compiled: a thread starts from a file. */
const compiled = (await import(new URL('../../verifier/dist/index.js', import.meta.url).href)) as Pick<
  typeof import('@huilian/verifier'),
  'verifyLedger'
>;

let folder: string;
let trust: TrustBundle;
const blocks: Uint8Array[] = [];
let rows: { key: string; row: Row }[];

beforeAll(async () => {
  const made = await custodyLedger({ events: 2_000, items: 200, batchEvents: 20 });
  ({ trust } = made);
  for await (const block of made.blocks) blocks.push(block);
  rows = [...made.ledger.rows()];
  folder = await mkdtemp(join(tmpdir(), 'huilian-threads-'));
  await writeFile(join(folder, 'trust.json'), JSON.stringify(trust));
  await writeArchive(join(folder, 'blocks'), blocks);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

function verified(workers: 1 | 2, options: Partial<VerifyOptions> = {}): Promise<LedgerReport> {
  return compiled.verifyLedger({ source: blocks, trust, workers, ...options });
}

describe('A verification on two cores', () => {
  it('reports what one on a single core does', async () => {
    const stateSource = () => rows;
    const report = await verified(2, { stateSource });
    expect(report).toMatchObject({ ok: true, rows: rows.length, stateRows: rows.length });
    expect(report).toEqual(await verified(1, { stateSource }));
  });

  it('finds the same first difference of an altered byte, and the same last block that holds', async () => {
    const random = seeded('bytes of two threads');
    const codes = new Set<string | undefined>();
    for (let round = 0; round < 20; round += 1) {
      const altered = blocks.map((block) => Uint8Array.from(block));
      const block = altered[random(altered.length)] ?? new Uint8Array(1);
      // Most of a block is data; what stands at its end is checked apart.
      const at = round % 2 === 0 ? random(block.length) : block.length - 1 - random(100);
      block[at] = (block[at] ?? 0) ^ (1 << random(8));
      const report = await verified(2, { source: altered });
      expect(report.ok).toBe(false);
      expect(report).toEqual(await verified(1, { source: altered }));
      codes.add(report.firstDifference?.code);
    }
    expect(codes.size).toBeGreaterThan(1);
  });

  it('checks the blocks that a failing source gave before it tells the failure', async () => {
    let held = 0;
    const onProgress = () => (held += 1);
    const failing = verified(2, { source: failsAfter(blocks.slice(0, 9)), onProgress });
    await expect(failing).rejects.toThrow('the source broke');
    expect(held).toBe(9);
    const report = await verified(2, { source: failsAfter([...blocks.slice(0, 5), ...blocks.slice(6, 9)]) });
    expect(report.firstDifference).toMatchObject({ code: 'HL-6023', block: 6 });
  });

  it('takes a bounded number of blocks ahead', async () => {
    let taken = 0;
    let held = 0;
    let most = 0;
    const source = function* () {
      for (const block of blocks) {
        most = Math.max(most, ++taken - held);
        yield block;
      }
    };
    await verified(2, { source: source(), onProgress: () => (held += 1) });
    expect(blocks.length).toBeGreaterThan(17);
    expect(most).toBeGreaterThan(1);
    expect(most).toBeLessThanOrEqual(16);
  });
});

describe('huilian verify', () => {
  it('tells the same with one core and with two', async () => {
    const one = await huilian('--workers', '1', '--scratch', folder, '--json');
    expect(one).toMatchObject({ exit: 0, stdout: expect.stringContaining('"ok":true') });
    expect(await huilian('--workers', '2', '--json')).toEqual(one);
  });

  it('names a folder for scratch that is not there, before it begins', async () => {
    const directory = join(folder, 'nowhere');
    const { exit, stderr } = await huilian('--scratch', directory);
    expect(exit).toBe(1);
    expect(stderr).toContain('HL-6050');
    expect(stderr).toContain(directory);
  });
});

interface Ran {
  readonly exit: number;
  readonly stdout: string;
  readonly stderr: string;
}

function huilian(...args: readonly string[]): Promise<Ran> {
  const program = fileURLToPath(new URL('../../scanner-cli/bin/huilian.mjs', import.meta.url));
  const files = ['--archive', join(folder, 'blocks'), '--trust', join(folder, 'trust.json')];
  return new Promise((resolve) => {
    const running = execFile(
      process.execPath,
      [program, 'verify', ...files, ...args],
      (_error, stdout, stderr) => {
        resolve({ exit: running.exitCode ?? -1, stdout, stderr });
      },
    );
  });
}

function* failsAfter(given: readonly Uint8Array[]): Generator<Uint8Array, void, void> {
  yield* given;
  throw new Error('the source broke');
}
