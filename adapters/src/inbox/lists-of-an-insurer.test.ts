import { amountCommitment, rowKey } from '@huilian/core';
import { Trade } from '@huilian/core/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { gb18030 } from '../testing/gb18030.js';
import { codesOf, ImportDesk } from '../testing/import-desk.js';
import { vin } from '../testing/intake-list.js';
import { sheetData, workbook } from '../testing/workbook.js';

/** Lists as a claims office makes them that has read the page of tables and nothing else. */

const SALT = 'AAECAwQFBgcICQoLDA0ODw';
let trade: Trade;
let insurer: ImportDesk;

beforeEach(async () => {
  trade = new Trade();
  insurer = new ImportDesk(
    trade,
    trade.party('insurer', ['insurer'], { mspId: 'AftermarketMSP' }),
    'insurance',
  );
  await insurer.sends('vehicleRegistered', '车架号,车辆类型', `${vin(1)},小型轿车`, `${vin(2)},小型面包车`);
});
afterEach(() => {
  insurer.close();
});

const lines = (number: number): unknown => {
  const car = trade.world.row(rowKey.tag({ scheme: 'vin', value: vin(number) }))?.item ?? '';
  return trade.world.row(rowKey.loss(car, 'L-1'))?.lines;
};

describe('a list of losses', () => {
  it('in a workbook, with the day as text and claims of one day in merged cells', async () => {
    const rows = [
      ['出险日期', '报案号', '车架号', '报案人'],
      ['2025年6月12日', 'L-1', vin(1), '张三'],
      [undefined, 'L-1', vin(2), '李四'],
      ['共计：2 件'],
    ];
    const xml = `${sheetData(rows)}<mergeCells><mergeCell ref="A2:A3"/></mergeCells>`;
    const { told } = await insurer.imports('lossReported', await workbook([{ name: '报案', xml }]));
    expect(codesOf(told)).toEqual([
      ['accepted', 'HL-9163'],
      ['accepted', 'HL-9163'],
      ['refused', 'HL-9111'],
    ]);
    expect(JSON.stringify(insurer.stored())).not.toMatch(/张三|李四/);
  });
});

describe('a list of approved lines', () => {
  const HEADER = '车架号,赔案号,立案号,项目号,定损版本,核损金额(元)';
  beforeEach(async () => {
    await insurer.sends('lossReported', '车架号,赔案号', `${vin(1)},L-1`);
    await insurer.sends('linesClaimed', '车架号,赔案号,立案号,险别', `${vin(1)},L-1,X-1,车损险`);
  });
  const approves = (text: string, newSalt?: () => string) =>
    insurer.imports('linesApproved', gb18030(text), {}, newSalt ? { newSalt } : {});

  it('has no salts: the import makes them, and keeps them with the amounts', async () => {
    const list = `${HEADER}\r\n${vin(1)},L-1,X-1,1,1,"3,500.00"\r\n${vin(1)},L-1,X-1,２,１,￥800\r\n`;
    let made = 0;
    const newSalt = (): string => SALT.replace(/^AA/, `A${++made}`);
    const { told } = await approves(list, newSalt);
    expect(codesOf(told)).toEqual([['accepted'], ['accepted']]);
    const opened = told.map((result) => result.status === 'accepted' && result.values['lines']);
    expect(opened).toMatchObject([
      [{ amountFen: 350_000, salt: SALT.replace(/^AA/, 'A1') }],
      [{ amountFen: 80_000, salt: SALT.replace(/^AA/, 'A2') }],
    ]);
    const commitment = amountCommitment({ amountFen: 350_000, salt: SALT.replace(/^AA/, 'A1') });
    expect(JSON.stringify(insurer.stored().map(({ plan }) => plan?.events))).toContain(commitment);
    expect(lines(1)).toMatchObject([{ line: 1 }, { line: 2 }]);
    const signed = insurer.ledger.lastSigned();
    expect(codesOf((await approves(`${list}\r\n`, newSalt)).told)).toEqual([['accepted'], ['accepted']]);
    expect(insurer.ledger.lastSigned()).toBe(signed);
  });

  it('without salts is not read where nobody makes them', async () => {
    await expect(approves(`${HEADER}\r\n`)).rejects.toMatchObject({
      code: 'HL-9011',
      details: { missing: '随机盐 / salt' },
    });
  });

  it('of which a line names a claim that there is not is recorded when that was mended', async () => {
    const row = (version: number): string => `${HEADER}\r\n${vin(1)},L-1,X-9,1,${version},100`;
    const { told } = await approves(row(1), () => SALT);
    expect(codesOf(told)).toEqual([['refused', expect.stringMatching(/^HL-2/)]]);
    const mended = await approves(row(1).replace('X-9', 'X-1'), () => SALT);
    expect(codesOf(mended.told)).toEqual([['accepted']]);
  });
});

describe('a list of goods sent', () => {
  it('whose receiver a spreadsheet program took for a quantity is refused, and says how to mend it', async () => {
    const header = '车架号,接收方,发生时间';
    const { told } = await insurer.imports(
      'goodsSent',
      gb18030(
        `${header}\r\n${vin(1)},9.13301E+17,2025-06-20 10:00\r\n${vin(2)},９１３２００００ＭＡ０ＤＥＭ００１Ｕ,2025年6月20日`,
      ),
    );
    expect(codesOf(told)).toEqual([
      ['refused', 'HL-9109'],
      ['refused', 'HL-9135'],
    ]);
  });
});
