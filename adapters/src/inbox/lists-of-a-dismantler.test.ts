import { rowKey, type ItemRow } from '@huilian/core';
import { findingsIn, Trade } from '@huilian/core/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { gb18030 } from '../testing/gb18030.js';
import { codesOf, ImportDesk } from '../testing/import-desk.js';
import { vin } from '../testing/intake-list.js';
import { sheetData, workbook, type CellXml } from '../testing/workbook.js';

/** Lists as an office makes them that has read the page of tables and nothing else. */

const PACKS = ['001PE240000003B3C0000001', '001PE240000003B3C0000002'];
const HEADER =
  '序号,回收证明编号,号牌号码,车架号,车辆类型,回收日期,净重(kg),车主类型,动力电池包编码,缺电池原因,备注';
let trade: Trade;
let plant: ImportDesk;

beforeEach(() => {
  trade = new Trade();
  trade.table('massTolerance', 1, { permille: 10 });
  trade.table('supervisedCategories', 1, { categories: ['bus', 'schoolBus'] });
  plant = new ImportDesk(trade, trade.party('plant', ['dismantler']), 'scrappedVehicle');
});
afterEach(() => {
  plant.close();
});

const car = (number: number): ItemRow | undefined => {
  const item = trade.world.row(rowKey.tag({ scheme: 'vin', value: vin(number) }))?.item;
  return item === undefined ? undefined : trade.item(item);
};
const listed = (text: string) => plant.imports('scrappedVehicleIntake', gb18030(text));

describe('an intake list in GB 18030', () => {
  it('with titles, full-width digits, apostrophes, blank rows, a sum and a signature is read row by row', async () => {
    const { told, summary } = await listed(
      [
        '某某报废机动车回收拆解有限公司,,,,,,,,,,',
        '2025年6月报废机动车回收台账,,,,,,,,,,',
        HEADER,
        `1,'ＢＦＨＳ－２０２５－０００１,粤B00001,’${vin(1)},小型普通客车,2025年6月1日,"１，２５０．５",个人,,,`,
        `2,BFHS-2025-0002,粤B00002,${vin(2)},轻型厢式货车,2025/6/2,"2,900",单位,,,`,
        ',,,,,,,,,,',
        `3,BFHS-2025-0003,粤B00003,${vin(3)},普通二轮摩托车,20250603,110,个人,,,`,
        `3,BFHS-2025-0003,粤B00003,${vin(3)},普通二轮摩托车,20250603,110,个人,,,`,
        '合 计,,,,,,"4,260.5",,,,',
        '制表人：,,,,审核人：,,,,,,',
      ].join('\r\n'),
    );
    expect(summary).toMatchObject({ encoding: 'gb18030', sheets: [{ headerRow: 3 }] });
    expect(
      told.map(({ place, status, issues }) => [place.row, status, ...issues.map(({ code }) => code)]),
    ).toEqual([
      [4, 'accepted'],
      [5, 'accepted'],
      [7, 'accepted'],
      [8, 'repeated', 'HL-9160'],
      [9, 'refused', 'HL-9111'],
      [10, 'refused', 'HL-9111'],
    ]);
    expect(car(1)).toMatchObject({
      state: 'certificateIssued',
      massGrams: 1_250_500,
      certificate: 'BFHS-2025-0001',
    });
    expect(car(2)).toMatchObject({ category: 'truck' });
  });

  it('whose long numbers a spreadsheet program spoilt says so, and how to mend it', async () => {
    const { told } = await listed(
      [
        HEADER,
        `1,9.13301E+17,,${vin(1)},轿车,2025-06-01,1200,个人,,,`,
        `2,12,,${vin(2)},轿车,2025-06-01,1200,个人,,,`,
        `3,BFHS-2025-0003,,${vin(3)},轿车,45809,1200,个人,,,`,
      ].join('\r\n'),
    );
    expect(codesOf(told)).toEqual([
      ['refused', 'HL-9109'],
      ['refused', 'HL-9108'],
      ['refused', 'HL-9134'],
    ]);
    const said = told.map(({ issues }) => issues[0]?.message.zh);
    expect(said).toEqual([
      expect.stringContaining('文本格式'),
      expect.stringContaining('零如已丢失'),
      expect.stringContaining('日期格式'),
    ]);
  });

  it('names the packs of electric vehicles in one cell, or why there is none', async () => {
    const { told } = await listed(
      [
        HEADER,
        `1,BFHS-2025-0001,,${vin(1)},纯电动轿车,2025-06-01,1800,个人,${PACKS[0]},,`,
        `2,BFHS-2025-0002,,${vin(2)},纯电动大型客车,2025-06-01,12000,单位,"${PACKS[1]}、${PACKS[0]?.slice(0, 23)}3\n001PE240000003B3C0000004",,`,
        `3,BFHS-2025-0003,,${vin(3)},插电式混合动力轿车,2025-06-01,1700,个人,,换电合同,`,
        `4,BFHS-2025-0004,,${vin(4)},纯电动轿车,2025-06-01,1700,个人,,,`,
        `5,BFHS-2025-0005,,${vin(5)},纯电动轿车,2025-06-01,1700,个人,${PACKS[0]} 001PE24,,`,
      ].join('\r\n'),
    );
    expect(codesOf(told).map((codes) => codes.slice(0, 2))).toEqual([
      ['accepted'],
      ['accepted'],
      ['accepted'],
      ['refused', 'HL-2160'],
      ['refused', 'HL-9108'],
    ]);
    expect(car(1)).toMatchObject({ category: 'electricCar', battery: { packs: [PACKS[0]] } });
    expect(car(2)).toMatchObject({ category: 'electricBus', battery: { packs: { length: 3 } } });
    expect(car(3)).toMatchObject({ category: 'plugInHybridCar', battery: { incomplete: 'swapContract' } });
  });

  it('calls a school bus a bus, or what it is, and neither contradicts the ledger', async () => {
    await plant.sends('vehicleRegistered', '车架号,车辆类型', `${vin(1)},校车`, `${vin(2)},校车`);
    const { told } = await listed(
      [
        HEADER,
        `1,BFHS-2025-0001,,${vin(1)},大型专用校车,2025-06-01,9000,单位,,,`,
        `2,BFHS-2025-0002,,${vin(2)},大型普通客车,2025-06-01,9000,单位,,,`,
        `3,BFHS-2025-0003,,${vin(3)},校车,2025-06-01,9000,单位,,,`,
      ].join('\r\n'),
    );
    expect(codesOf(told)).toEqual([['accepted'], ['accepted'], ['accepted']]);
    for (const number of [1, 2, 3])
      expect(car(number)).toMatchObject({ category: 'schoolBus', supervision: 'due' });
    expect(findingsIn(trade.world)).toEqual([]);
  });
});

describe('an intake list in a workbook', () => {
  it('of two header rows, with formulas, codes as numbers, a hidden column and a sum', async () => {
    const upper = ['序号', '回收证明编号', '车辆信息', undefined, '回收情况', undefined, '车主类型'];
    const lower = [undefined, undefined, '车架号', '车辆类型', '回收日期', '净重(kg)'];
    const sum = { xml: '<c><f>SUM(F3:F5)</f><v>3710</v></c>' };
    const rows: CellXml[][] = [
      upper,
      lower,
      [1, 'BFHS-2025-0001', vin(1), '轿车', '2025年6月1日', 1250.5, '个人'],
      [2, 20250002, vin(2), '轿车', '2025年6月2日', '1,260', '个人'],
      [3, 'BFHS-2025-0003', vin(3), '轿车', '2025.6.3', { xml: '<c><f>1100+100</f><v>1200</v></c>' }, '个人'],
      [],
      ['合计', undefined, undefined, undefined, undefined, sum],
    ];
    const merges = ['A1:A2', 'B1:B2', 'C1:D1', 'E1:F1', 'G1:G2', 'A7:E7'].map(
      (ref) => `<mergeCell ref="${ref}"/>`,
    );
    const xml = `<cols><col min="4" max="4" hidden="1"/></cols>${sheetData(rows)}<mergeCells>${merges.join('')}</mergeCells>`;
    const { told, summary } = await plant.imports(
      'scrappedVehicleIntake',
      await workbook([{ name: '6月', xml }]),
    );
    expect(summary.sheets).toMatchObject([{ headerRow: 2, columns: { length: 6 } }]);
    expect(summary.remarks.map(({ code }) => code)).toEqual(['HL-9030', 'HL-9033']);
    expect(codesOf(told)).toEqual([
      ['accepted'],
      ['accepted', 'HL-9164'],
      ['refused', 'HL-9102'],
      ['refused', 'HL-9111'],
    ]);
  });
});
