import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { canonicalText, type Row, type TrustBundle } from '@huilian/core';
import { compareRows } from './compare-rows.js';
import { LedgerVerifier } from './ledger-verifier.js';
import type { TablesOptions } from './rows/tables.js';
import { custodyLedger } from './testing/index.js';
import { verifyLedger } from './verify-ledger.js';

let trust: TrustBundle;
const blocks: Uint8Array[] = [];
let rows: { key: string; row: Row }[];

beforeAll(async () => {
  const made = await custodyLedger({ events: 400, items: 100, batchEvents: 20 });
  ({ trust } = made);
  for await (const block of made.blocks) blocks.push(block);
  rows = [...made.ledger.rows()];
});

describe('A ledger of custody, made without a network', () => {
  it('verifies from its genesis block to its last row', async () => {
    const report = await verifyLedger({ source: blocks, trust, stateSource: () => rows });
    expect(report.firstDifference).toBeUndefined();
    expect(report.events).toBeGreaterThanOrEqual(400);
    expect(report.refused).toBeGreaterThan(0);
    expect(report).toMatchObject({ ok: true, rows: rows.length, stateRows: rows.length });
  });

  it('does not verify without one of its blocks', async () => {
    const report = await verifyLedger({ source: blocks.toSpliced(7, 1), trust });
    expect(report.firstDifference).toMatchObject({ code: 'HL-6023', block: 8 });
  });

  it('does not verify with a transaction that was ordered twice and marked valid', async () => {
    const report = await verifyLedger({ source: [...blocks, ...blocks.slice(-1)], trust });
    expect(report.ok).toBe(false);
  });
});

describe('A ledger that does not fit into memory', () => {
  let verifier: LedgerVerifier;
  afterEach(() => {
    verifier.close();
  });

  it('verifies all the same, and its rows are told', () => {
    verifier = verified({ hot: { rows: 8, characters: 4_000 } });
    expect(verifier.state.size).toBe(rows.length);
    expect([...verifier.state.keys()].sort()).toEqual(rows.map(({ key }) => key).sort());
    for (const { key, row } of rows) expect(verifier.state.text(key)).toBe(canonicalText(row));
  });

  it('is compared with the rows of a peer: one that is missing or wrong is found', async () => {
    verifier = verified({ hot: { rows: 8, characters: 4_000 } });
    expect((await compareRows(rows, verifier.state, verifier.newSet())).unsettled.size).toBe(0);
    const [first, second, ...others] = rows;
    if (first === undefined || second === undefined) throw new Error('a ledger of two rows');
    // One row twice instead of another: the number of rows is right.
    const twice = await compareRows([first, first, ...others], verifier.state, verifier.newSet());
    expect([...twice.unsettled.keys()]).toEqual([second.key]);
    const wrong = await compareRows(
      [{ key: first.key, row: {} }, second, ...others],
      verifier.state,
      verifier.newSet(),
    );
    expect([...wrong.unsettled]).toEqual([[first.key, '{}']]);
  });

  it('ends with the name of the folder when the scratch file cannot be made there', () => {
    const scratchDirectory = join(tmpdir(), 'huilian', 'there', 'is', 'no', 'such', 'folder');
    verifier = new LedgerVerifier(trust, { scratchDirectory, hot: { rows: 8, characters: 4_000 } });
    const verify = (): void => {
      for (const block of blocks) verifier.block(block);
    };
    expect(verify).toThrow(expect.objectContaining({ code: 'HL-6050' }));
  });

  function verified(options: TablesOptions): LedgerVerifier {
    const one = new LedgerVerifier(trust, options);
    for (const block of blocks) one.block(block);
    return one;
  }
});
