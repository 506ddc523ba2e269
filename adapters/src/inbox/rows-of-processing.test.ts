import { rowKey, type ItemRow } from '@huilian/core';
import { Trade } from '@huilian/core/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { codesOf, ImportDesk } from '../testing/import-desk.js';
import { sheetData, workbook } from '../testing/workbook.js';

const VIN = 'LSVAM4186C2123456';
let trade: Trade;
let plant: ImportDesk;

beforeEach(() => {
  trade = new Trade();
  trade.table('massTolerance', 1, { permille: 10 });
  plant = new ImportDesk(trade, trade.party('plant', ['dismantler', 'shredder']), 'scrappedVehicle');
});
afterEach(() => {
  plant.close();
});

const bound = (scheme: 'serial' | 'vin', value: string): ItemRow | undefined => {
  const item = trade.world.row(rowKey.tag({ scheme, value }))?.item;
  return item === undefined ? undefined : trade.item(item);
};
const lot = (number: string): ItemRow | undefined => bound('serial', number);
const registered = (...lots: readonly string[]): Promise<(readonly string[])[]> =>
  plant.sends('lotRegistered', '批次号,类别,质量(kg)', ...lots);
const signed = (): number => plant.ledger.lastSigned();

describe('a lot that is split', () => {
  const HEADER = '批次号,产出种类,类别,质量(kg),新批次号,损耗(kg),质量允差表版本';

  it('is a row for each lot that comes out of it; the loss stands in one of them', async () => {
    await registered('A,steel,100');
    const before = signed();
    const told = await plant.sends('lotSplit', HEADER, 'A,材料,废钢,60,A-1,0.5,1', 'A,批次,steel,39.5,A-2,,');
    expect(told).toEqual([['accepted'], ['accepted']]);
    expect([lot('A-1')?.massGrams, lot('A-2')?.massGrams, signed()]).toEqual([60_000, 39_500, before + 1]);
  });

  it('is not recorded by half, nor without the number of what came out, nor without the loss', async () => {
    await registered('A,steel,100', 'B,steel,100');
    const before = signed();
    expect(await plant.sends('lotSplit', HEADER, 'A,批次,steel,60,A-1,0,1', 'A,批次,steel,40,,0,1')).toEqual([
      ['refused', 'HL-9151'],
      ['refused', 'HL-9101'],
    ]);
    expect(await plant.sends('lotSplit', HEADER, 'B,批次,steel,60,B-1,,1', 'B,批次,steel,40,B-2,,1')).toEqual(
      [
        ['refused', 'HL-9101'],
        ['refused', 'HL-9151'],
      ],
    );
    expect(signed()).toBe(before);
  });

  it('tells in each row that what comes out weighs more than what went in', async () => {
    await registered('A,steel,100');
    const told = await plant.sends('lotSplit', HEADER, 'A,批次,steel,60,A-1,0,1', 'A,批次,steel,60,A-2,0,1');
    expect(told).toEqual([
      ['refused', 'HL-2050'],
      ['refused', 'HL-2050'],
    ]);
  });

  it('may have its loss in merged cells, for it is said of the whole', async () => {
    await registered('A,steel,100');
    const rows = [
      HEADER.split(','),
      ['A', '批次', 'steel', 60, 'A-1', 0.5, 1],
      ['A', '批次', 'steel', 39.5, 'A-2'],
    ];
    const merges = '<mergeCells><mergeCell ref="F2:F3"/><mergeCell ref="G2:G3"/></mergeCells>';
    const bytes = await workbook([{ name: '拆分', xml: sheetData(rows) + merges }]);
    const { told } = await plant.imports('lotSplit', bytes);
    expect(codesOf(told)).toEqual([
      ['accepted', 'HL-9163'],
      ['accepted', 'HL-9163'],
    ]);
  });
});

describe('a lot that is processed', () => {
  it('is a row for each material that comes out of it; process and loss stand in one of them', async () => {
    await registered('A,cable,100');
    const before = signed();
    const header = '批次号,加工工艺,产出种类,类别,质量(kg),新批次号,损耗(kg),质量允差表版本';
    const copper = 'A,granulation,批次,copper,55,A-1,0.5,1';
    expect(await plant.sends('lotTransformed', header, copper, 'A,,批次,plastic,44.5,A-2,,')).toEqual([
      ['accepted'],
      ['accepted'],
    ]);
    expect([lot('A')?.state, lot('A-1')?.category, lot('A-2')?.massGrams]).toEqual([
      'consumed',
      'copper',
      44_500,
    ]);
    expect(signed()).toBe(before + 1);
  });
});

describe('lots that are merged', () => {
  const HEADER = '新批次号,批次号,类别,质量(kg),损耗(kg),质量允差表版本';

  it('are a row each, all alike, with what came out said once', async () => {
    await registered('A,steel,100', 'B,steel,50', 'C,steel,20');
    const told = await plant.sends('lotsMerged', HEADER, 'M,A,steel,169,1,1', 'M,B,,,,', 'M,C,,,,');
    expect(told).toEqual([['accepted'], ['accepted'], ['accepted']]);
    expect(lot('M')?.massGrams).toBe(169_000);
    expect(plant.messages().at(-1)?.values).toMatchObject({
      lotNumber: 'A',
      others: [{ lotNumber: 'B' }, { lotNumber: 'C' }],
    });
  });

  it('are known when the list comes in another order', async () => {
    await registered('A,steel,100', 'B,steel,50');
    const rows = ['M,A,steel,150,0,1', 'M,B,steel,150,0,1'];
    await plant.sends('lotsMerged', HEADER, ...rows);
    const before = signed();
    expect(await plant.sends('lotsMerged', HEADER, ...[...rows].reverse())).toEqual([
      ['accepted'],
      ['accepted'],
    ]);
    expect(signed()).toBe(before);
  });

  it('are two at least, and of one material', async () => {
    await registered('A,steel,100', 'B,copper,50');
    expect(await plant.sends('lotsMerged', HEADER, 'M,A,steel,100,0,1')).toEqual([['refused', 'HL-9154']]);
    const told = await plant.sends('lotsMerged', HEADER, 'M,A,steel,150,0,1', 'M,B,steel,150,0,1');
    expect(told).toEqual([
      ['refused', 'HL-2144'],
      ['refused', 'HL-2144'],
    ]);
  });
});

describe('a hulk that is shredded', () => {
  it('is a row for each fraction', async () => {
    const intake = '回收证明编号,车辆识别代号,车辆类型,回收日期,净重（kg）,车主类型';
    await plant.sends('scrappedVehicleIntake', intake, `HS-001,${VIN},轿车,2025/6/30,1200,个人`);
    const out = '车架号,产出种类,类别,质量(kg),新批次号,发生时间';
    await plant.sends('vehicleDepolluted', out, `${VIN},批次,wasteOil,9,OIL-1,2025-07-01 00:00`);
    await plant.sends('vehicleDismantled', out, `${VIN},批次,glass,20,GLASS-1,2025-07-01 00:00`);
    await plant.sends('hulkWeighed', '车架号,质量(kg),损耗(kg),质量允差表版本', `${VIN},1170,1,1`);
    const header = '车架号,产出种类,类别,质量(kg),新批次号,损耗(kg),质量允差表版本';
    const told = await plant.sends(
      'hulkShredded',
      header,
      `${VIN},批次,steel,1000,S-1,10,1`,
      `${VIN},批次,shredderResidue,160,R-1,10,1`,
    );
    expect(told).toEqual([['accepted'], ['accepted']]);
    expect([lot('S-1')?.massGrams, lot('R-1')?.massGrams]).toEqual([1_000_000, 160_000]);
    expect(bound('vin', VIN)?.state).toBe('shredded');
  });
});
