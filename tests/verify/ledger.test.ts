import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { canonical, HuilianError } from '@huilian/core';
import { decodeBlock, readArchive, writeArchive } from '@huilian/fabric';
import { Home } from '@huilian/network';
import { blocksOfPeer, stateOfPeer, verifyLedger, type LedgerReport, type HeldRow } from '@huilian/verifier';
import { everybodyInLeague, forge, type Change } from './forge.js';
import { playHistory, type History } from './history.js';
import { seeded } from './seeded.js';
import { startTrialNetwork, type TrialNetwork } from './trial-network.js';

const setUpMilliseconds = 180_000;
const flips = 160;

let network: TrialNetwork;
let history: History;
let folder: string;
let blocks: Uint8Array[];
let rows: HeldRow[];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'huilian-archive-'));
  network = await startTrialNetwork();
  history = await playHistory(network);
  const connection = await network.connect('OversightMSP', 'auditor');
  blocks = await collect(blocksOfPeer(connection));
  rows = await collect(stateOfPeer(connection));
}, setUpMilliseconds);

afterAll(async () => {
  await network.stop();
  await rm(folder, { recursive: true, force: true });
}, setUpMilliseconds);

describe('An auditor who trusts nobody', () => {
  it('finds no difference in a ledger that was honestly kept', async () => {
    const report = await verify(blocks, rows);
    expect(report.firstDifference).toBeUndefined();
    expect(report.ok).toBe(true);
    expect(report).toMatchObject({ blocks: blocks.length, stateRows: rows.length, rows: rows.length });
    expect(report.refused).toBeGreaterThan(0);
    expect(report.ordererSignatures).toEqual({ form: 'signature header', count: 1 });
  });

  it('recomputes conflicts too: one of two transactions over the same lane lost', () => {
    const codes = blocks.flatMap((bytes) => decodeBlock(bytes).transactions.map(({ codeName }) => codeName));
    expect(codes).toContain('MVCC_READ_CONFLICT');
  });

  it('reads the same from an archive as from a peer', async () => {
    const path = join(folder, 'archive');
    expect(await writeArchive(path, blocks)).toBe(blocks.length);
    const report = await verifyLedger({ source: readArchive(path), trust: network.trust });
    expect(report).toMatchObject({ ok: true, head: { number: blocks.length - 1 } });
  });

  it('finds any single bit that was flipped in a block', async () => {
    const random = seeded('bits of blocks');
    const missed: string[] = [];
    for (let count = 0; count < flips; count += 1) {
      const number = random(blocks.length);
      const altered = flip(blocks[number] ?? new Uint8Array(), random);
      const report = await verify(blocks.with(number, altered.bytes));
      if (report.ok) missed.push(`block ${String(number)} byte ${String(altered.byte)}`);
    }
    expect(missed).toEqual([]);
  }, 60_000);

  it('finds any single bit that was flipped in what no signature covers', async () => {
    const random = seeded('bits of metadata');
    const missed: string[] = [];
    for (const [number, bytes] of blocks.entries()) {
      const start = bytes.length - metadataLength(bytes);
      for (let count = 0; count < 6; count += 1) {
        const altered = flip(bytes, (bound) => (bound === 8 ? random(8) : start + random(bound - start)));
        const report = await verify(blocks.with(number, altered.bytes));
        if (report.ok) missed.push(`block ${String(number)} byte ${String(altered.byte)}`);
      }
    }
    expect(missed).toEqual([]);
  }, 60_000);

  it('finds any single bit that was flipped in an archive', async () => {
    const path = join(folder, 'flipped');
    await writeArchive(path, blocks);
    const whole = await readFile(path);
    const random = seeded('bits of an archive');
    for (let count = 0; count < 40; count += 1) {
      await writeFile(path, flip(whole, random).bytes);
      const outcome = await verifyLedger({ source: readArchive(path), trust: network.trust }).catch(codeOf);
      expect(outcome === 'HL-6020' || (typeof outcome === 'object' && !outcome.ok)).toBe(true);
    }
  }, 60_000);

  it('names a torn archive', async () => {
    const path = join(folder, 'torn');
    await writeArchive(path, blocks);
    const whole = await readFile(path);
    await writeFile(path, whole.subarray(0, whole.length - 7));
    await expect(collect(readArchive(path))).rejects.toMatchObject({ code: 'HL-6020' });
  });

  it('does not take another ledger for the one it was told of', async () => {
    const trust = { ...network.trust, ledger: 'ab'.repeat(32) };
    const report = await verifyLedger({ source: blocks, trust });
    expect(report.firstDifference).toMatchObject({ code: 'HL-6022', block: 0 });
  });

  it.each([
    ['left out', (all: Uint8Array[]) => all.toSpliced(3, 1)],
    ['repeated', (all: Uint8Array[]) => [...all.slice(0, 4), ...all.slice(3)]],
    ['moved', (all: Uint8Array[]) => [...all.slice(0, 3), ...all.slice(3, 5).reverse(), ...all.slice(5)]],
  ])('finds a block that was %s', async (_, change) => {
    const report = await verify(change(blocks));
    expect(report.firstDifference).toMatchObject({ code: 'HL-6023' });
  });

  it('says that a source without blocks has none', async () => {
    expect((await verify([])).firstDifference).toMatchObject({ code: 'HL-6037' });
  });
});

describe('What organisations, orderer and client forge together', () => {
  it('is a ledger in order as long as they change nothing', async () => {
    const unchanged = await forged(() => undefined);
    expect(unchanged.firstDifference).toBeUndefined();
  });

  it('does not follow from the signed batches: another row', async () => {
    const report = await forged((rows) => {
      const batch = rows.getWritesList().find((write) => write.getKey().startsWith('recorded/'));
      const row = JSON.parse(Buffer.from(batch?.getValue_asU8() ?? []).toString('utf8')) as object;
      batch?.setValue(canonical({ ...row, refused: [] }));
    });
    expect(report.firstDifference).toMatchObject({
      code: 'HL-6031',
      what: expect.stringMatching(/^row recorded/u) as string,
    });
  });

  it('does not follow from the signed batches: a row more', async () => {
    const report = await forged((rows) => {
      const [first] = rows.getWritesList();
      const more = first?.cloneMessage();
      more?.setKey('item/hl1forged');
      rows.setWritesList([...rows.getWritesList(), ...(more === undefined ? [] : [more])]);
    });
    expect(report.firstDifference).toMatchObject({
      code: 'HL-6031',
      what: 'row item/hl1forged',
      expected: 'no write',
    });
  });

  it('does not follow from the signed batches: a row less', async () => {
    const report = await forged((rows) => {
      rows.setWritesList(rows.getWritesList().slice(1));
    });
    expect(report.firstDifference).toMatchObject({ code: 'HL-6031', found: 'no write' });
  });

  it('may not leave out a read, which would let two transactions pass each other', async () => {
    const report = await forged((rows) => {
      rows.setReadsList(rows.getReadsList().slice(1));
    });
    expect(report.firstDifference).toMatchObject({ code: 'HL-6031', expected: 'a recorded read' });
  });
});

describe('A world state', () => {
  it('that says something else about an item is found', async () => {
    const key = `item/${history.vehicle}`;
    const altered = rows.map((row) =>
      row.key === key ? { key, row: { ...(row.row as object), count: 99 } } : row,
    );
    const report = await verify(blocks, altered);
    expect(report.firstDifference).toMatchObject({ code: 'HL-6034', what: `row ${key}` });
  });

  it('that lacks a row is found', async () => {
    const [first, ...rest] = rows;
    const report = await verify(blocks, rest);
    expect(report.firstDifference).toMatchObject({
      code: 'HL-6034',
      what: `row ${first?.key ?? ''}`,
      found: 'no row',
    });
  });

  it('that holds a row nobody wrote is found', async () => {
    const report = await verify(blocks, [...rows, { key: 'item/hl1nobody', row: { count: 1 } }]);
    expect(report.firstDifference).toMatchObject({ code: 'HL-6034', expected: 'no row' });
  });

  it('may be ahead of the blocks by what was committed meanwhile', async () => {
    const report = await verifyLedger({
      source: blocks.slice(0, -3),
      trust: network.trust,
      stateSource: () => rows,
      laterBlocks: (after) => blocks.slice(after + 1),
    });
    expect(report).toMatchObject({ ok: true, blocks: blocks.length });
  });
});

/** The ledger up to the batch with a refused event, forged there, with the commit hash that a peer would compute. */
async function forged(change: Change): Promise<LedgerReport> {
  const notary = await everybodyInLeague(new Home(network.home).crypto);
  const place = blocks.findIndex((bytes) =>
    decodeBlock(bytes).transactions.some(({ id, valid }) => valid && id === history.intakeTransaction),
  );
  const upTo = blocks.slice(0, place + 1);
  const original = upTo[place] ?? new Uint8Array();
  const first = await verify(upTo.with(place, await forge(original, change, notary)));
  const { code, expected } = first.firstDifference ?? {};
  if (code !== 'HL-6030' || expected === undefined) return first;
  return verify(upTo.with(place, await forge(original, change, notary, Buffer.from(expected, 'hex'))));
}

function verify(source: readonly Uint8Array[], state?: readonly HeldRow[]): Promise<LedgerReport> {
  const stateSource = state === undefined ? {} : { stateSource: () => state };
  return verifyLedger({ source, trust: network.trust, ...stateSource });
}

/** Flips one bit; `random(bound)` picks the byte, `random(8)` the bit. */
function flip(bytes: Uint8Array, random: (bound: number) => number): { bytes: Uint8Array; byte: number } {
  const byte = random(bytes.length);
  const altered = Uint8Array.from(bytes);
  altered[byte] = (altered[byte] ?? 0) ^ (1 << random(8));
  return { bytes: altered, byte };
}

/** The metadata stand last in a block. */
function metadataLength(bytes: Uint8Array): number {
  const { entries } = decodeBlock(bytes).metadata;
  return entries.reduce((sum, entry) => sum + entry.length + 4, 4);
}

function codeOf(error: unknown): string {
  if (error instanceof HuilianError) return error.code;
  throw error;
}

async function collect<T>(source: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const one of source) all.push(one);
  return all;
}
