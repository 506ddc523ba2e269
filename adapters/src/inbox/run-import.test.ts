import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HuilianError } from '@huilian/core';
import { Trade } from '@huilian/core/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RowResult } from '../formats/import-table.js';
import { formats } from '../formats/index.js';
import { gb18030 } from '../testing/gb18030.js';
import { RulesLedger } from '../testing/rules-ledger.js';
import { runImport, type ImportOutcome } from './run-import.js';

const HEADER = '回收证明编号,车辆识别代号,车辆类型,回收日期,净重（kg）,车主类型';
const GOOD = 'HS-001,LSVAM4186C2123456,轿车,2025/6/30,"１,２００",个人';
const format = formats['scrappedVehicleIntake'];
let folder: string;
let ledger: RulesLedger;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'huilian-import-'));
  const trade = new Trade();
  ledger = new RulesLedger(trade.world, trade.party('plant', ['dismantler']).signer);
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

async function imported(lines: readonly string[]): Promise<ImportOutcome & { told: RowResult[] }> {
  if (!format) throw new Error('no format');
  const told: RowResult[] = [];
  const outcome = await runImport(
    {
      system: 'scrappedVehicle',
      ledger,
      inbox: join(folder, 'inbox.db'),
      format,
      bytes: gb18030([HEADER, ...lines].join('\r\n')),
      options: {},
      now: Date.now,
    },
    (result) => void told.push(result),
  );
  return { ...outcome, told };
}

const codesOf = ({ told }: { told: readonly RowResult[] }): (readonly [string, string[]])[] =>
  told.map(({ status, issues }) => [status, issues.map(({ code }) => code)] as const);

describe('a table in GB 18030', () => {
  it('is recorded row by row; what is wrong with a row is told with it and the others go on', async () => {
    const outcome = await imported([
      GOOD,
      'HS-002,LSVAM4187C2123456,轿车,2025-06-30,1100,个人',
      'HS-003,LSVAM4187C2184847,轿车,=TODAY(),1100,个人',
      GOOD,
      'HS-001,LSVAM4187C2184847,轿车,2025-06-30,1100,个人',
    ]);
    expect(outcome.summary.encoding).toBe('gb18030');
    expect(outcome.rows).toEqual({ accepted: 1, refused: 3, repeated: 1, waiting: 0 });
    expect(codesOf(outcome)).toEqual([
      ['accepted', []],
      ['refused', ['HL-1042']],
      ['refused', ['HL-9130']],
      ['repeated', ['HL-9160']],
      ['refused', ['HL-9150']],
    ]);
  });

  it('tells what the ledger refused beside what the table got wrong', async () => {
    await imported([GOOD]);
    // The car is at the dismantler already, under another certificate.
    const again = await imported(['HS-009,LSVAM4186C2123456,轿车,2025/6/30,1200,个人']);
    expect(again.rows).toMatchObject({ accepted: 0, refused: 1 });
    expect(again.told[0]?.issues[0]?.code).toMatch(/^HL-2/);
  });

  it('imported again records nothing twice and tells the same', async () => {
    const first = await imported([GOOD]);
    const signed = ledger.lastSigned();
    const second = await imported([GOOD]);
    expect([second.isResumed, second.rows, ledger.lastSigned()]).toEqual([true, first.rows, signed]);
  });

  it('whose row came in another file is known, and refused when it says something else', async () => {
    await imported([GOOD]);
    const signed = ledger.lastSigned();
    const same = await imported([GOOD, 'HS-004,LSVAM4187C2184847,轿车,2025-06-30,1100,个人']);
    expect(same.rows).toEqual({ accepted: 2, refused: 0, repeated: 0, waiting: 0 });
    expect(ledger.lastSigned()).toBe(signed + 1);
    const other = await imported(['HS-001,LSVAM4186C2123456,轿车,2025/6/30,1300,个人']);
    expect(codesOf(other)).toEqual([['refused', ['HL-9155']]]);
  });

  it('waits without a network, and goes on where it stood', async () => {
    ledger.isOnline = false;
    const offline = await imported([GOOD]);
    expect(offline.rows).toMatchObject({ waiting: 1 });
    expect(codesOf(offline)).toEqual([['waiting', ['HL-7015']]]);
    ledger.isOnline = true;
    await expect
      .poll(async () => (await imported([GOOD])).rows, { timeout: 10_000 })
      .toMatchObject({ accepted: 1 });
  });

  it('that is damaged behind good rows records none of them', async () => {
    await expect(imported([GOOD, 'HS-005,"never closed'])).rejects.toThrow(HuilianError);
    expect(ledger.lastSigned()).toBe(0);
  });
});
