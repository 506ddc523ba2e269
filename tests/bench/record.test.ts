import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readStored, type BatchRow } from '@huilian/core';
import { checkout, connectionOf, down, up } from '@huilian/network';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { processesOf } from '../demo/program.js';

const ROUNDS = 2;
const EVENTS = 400;

interface Figure {
  readonly median: number;
  readonly min: number;
  readonly max: number;
}

let home: string;
let output: string;
let result: { name: string; rounds: number; figures: Record<string, Figure> };

beforeAll(async () => {
  home = await mkdtemp(path.join(tmpdir(), 'huilian-bench-'));
  const args = [
    ...['record', '--keep', '--rounds', String(ROUNDS), '--events', String(EVENTS)],
    ...['--items', '80', '--devices', '4', '--batch', '20', '--in-flight', '4'],
    ...['--naive-seconds', '1', '--naive-in-flight', '5'],
  ];
  const child = spawn(process.execPath, [path.join(checkout, 'trial', 'dist', 'main.js'), 'bench', ...args], {
    env: { ...process.env, HUILIAN_HOME: home },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const [code] = await once(child, 'close');
  expect(code, output).toBe(0);
  result = JSON.parse(await readFile(path.join(home, 'bench', 'record.json'), 'utf8'));
});

afterAll(async () => {
  await down({ home: path.join(home, 'bench', 'home-record') });
  await rm(home, { recursive: true, force: true });
});

/** What blocks hold, counted without the benchmark's own code. */
async function countBlocks(): Promise<{ events: number; refused: number; naive: number }> {
  const kept = path.join(home, 'bench', 'home-record');
  const network = await up({ home: kept, chaincodeBundle: path.join(home, 'bench', 'chaincode') });
  const oversight = network.organisations.find(({ mspId }) => mspId === 'OversightMSP')!;
  const auditor = await connectionOf(network, oversight, 'auditor');
  const count = { events: 0, refused: 0, naive: 0 };
  for await (const { block } of auditor.blocks(0, { to: (await auditor.height()) - 1 })) {
    for (const { writes } of block.transactions.filter(({ valid }) => valid)) {
      for (const { key, value } of writes) {
        if (key.startsWith('lone/')) count.naive += 1;
        if (!key.startsWith('recorded/') || value === null) continue;
        const row = readStored(key, value) as BatchRow;
        count.events += row.count;
        count.refused += row.refused.length;
      }
    }
  }
  auditor.close();
  return count;
}

describe('npm run bench -- record', () => {
  it('leaves nothing running', () => {
    expect(processesOf(home)).toEqual([]);
  });

  it('writes its figures with median, least and most', () => {
    expect(result).toMatchObject({ name: 'record', rounds: ROUNDS });
    for (const name of ['ratioToNaive', 'eventsPerSecond', 'naivePerSecond']) {
      const { median, min, max } = result.figures[name]!;
      expect(min).toBeGreaterThan(0);
      expect(median).toBeGreaterThanOrEqual(min);
      expect(max).toBeGreaterThanOrEqual(median);
      expect(output).toMatch(new RegExp(`${name} +${String(median)} `));
    }
  });

  it('counts what stands on the ledger', async () => {
    const { eventsOnTheLedger, eventsRefused, naiveEventsOnTheLedger } = result.figures;
    const counted = await countBlocks();
    expect(eventsOnTheLedger!.median).toBe(counted.events);
    expect(naiveEventsOnTheLedger!.median).toBe(counted.naive);
    expect(eventsRefused!.median).toBe(counted.refused);
    expect(counted.refused).toBe(0);
    expect(counted.naive).toBeGreaterThan(0);
    // Both of our ways sent all that was asked for; before them came the items and who may handle them.
    expect(counted.events).toBeGreaterThanOrEqual(2 * EVENTS + 80);
  });
});
