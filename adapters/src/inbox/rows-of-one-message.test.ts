import { rowKey } from '@huilian/core';
import { Trade } from '@huilian/core/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { codesOf, ImportDesk } from '../testing/import-desk.js';
import { sheetData, workbook, type CellXml } from '../testing/workbook.js';

const NUMBER = '20253100000001';
const OTHER = '20253100000002';
const BOARDS = '900-045-49';
const HEADER = '联单编号,承运人,接收单位,批次号,废物代码,发生时间';
let trade: Trade;
let plant: ImportDesk;
let carrier: ImportDesk;
let handler: ImportDesk;

beforeEach(async () => {
  trade = new Trade();
  trade.table('hazardousCategories', 1, { circuitBoards: BOARDS });
  trade.table('manifestNumber', 1, { digits: 14 });
  const licensed = trade.party('handler', ['hazardousWasteHandler'], { categories: ['HW49'] });
  plant = new ImportDesk(trade, trade.party('plant', ['processor']), 'scrappedVehicle');
  carrier = new ImportDesk(trade, trade.party('carrier', ['carrier']), 'scrappedVehicle');
  handler = new ImportDesk(trade, licensed, 'scrappedVehicle');
  const lots = ['PCB-1', 'PCB-2', 'PCB-3'].map((lot) => `${lot},circuitBoards,10 kg`);
  await plant.sends('lotRegistered', '批次号,类别,质量', ...lots);
});
afterEach(() => {
  for (const desk of [plant, carrier, handler]) desk.close();
});

/** A row of a manifest. */
const row = (lot: string, number = NUMBER, by = carrier.creditCode): string =>
  [number, by, handler.creditCode, lot, BOARDS, ''].join(',');
const signed = (): number => plant.ledger.lastSigned();
const custodian = (lot: string): string | undefined => {
  const item = trade.world.row(rowKey.tag({ scheme: 'serial', value: lot }))?.item;
  return item === undefined ? undefined : trade.item(item).custodian;
};

describe('a manifest of several lots', () => {
  it('comes as a row for each, wherever they stand, and is one event', async () => {
    const told = await plant.sends('manifestOpened', HEADER, row('PCB-1'), row('PCB-3', OTHER), row('PCB-2'));
    expect(told).toEqual([['accepted'], ['accepted'], ['accepted']]);
    const opened = plant.messages().filter(({ type }) => type === 'manifestOpened');
    expect(opened.map(({ values }) => [values['manifestNumber'], values['lots']])).toEqual([
      [NUMBER, ['PCB-1', 'PCB-2'].map((lotNumber) => ({ lotNumber, wasteCode: BOARDS }))],
      [OTHER, [{ lotNumber: 'PCB-3', wasteCode: BOARDS }]],
    ]);
    const carried = ['PCB-1', 'PCB-2'].map((lot) => `${NUMBER},${lot}`);
    expect(await carrier.sends('manifestCarried', '联单号,批号', ...carried)).toEqual([
      ['accepted'],
      ['accepted'],
    ]);
    expect(['PCB-1', 'PCB-2', 'PCB-3'].map(custodian)).toEqual([
      carrier.creditCode,
      carrier.creditCode,
      plant.creditCode,
    ]);
    const arrived = [`${NUMBER},PCB-2,9.9 kg`, `${NUMBER},PCB-1,10 kg`];
    expect(await handler.sends('manifestAccepted', '联单号,批号,重量', ...arrived)).toEqual([
      ['accepted'],
      ['accepted'],
    ]);
  });

  it('of which one row is refused is not recorded by half; the next manifest is', async () => {
    const told = await plant.sends(
      'manifestOpened',
      HEADER,
      row('PCB-1'),
      row('PCB-2').replace(BOARDS, '=B2'),
      row('PCB-3', OTHER),
    );
    expect(told).toEqual([['refused', 'HL-9151'], ['refused', 'HL-9108'], ['accepted']]);
  });

  it('whose rows name two carriers says which columns differ', async () => {
    const told = await plant.sends(
      'manifestOpened',
      HEADER,
      row('PCB-1'),
      row('PCB-2', NUMBER, plant.creditCode),
    );
    expect(told).toEqual([
      ['refused', 'HL-9151'],
      ['refused', 'HL-9152'],
    ]);
  });

  it('is not recorded by half where a list has its number in the first row only', async () => {
    const empty = row('PCB-2').replace(/^[^,]*,[^,]*,[^,]*,/, ',,,');
    const told = await plant.sends('manifestOpened', HEADER, row('PCB-1'), empty, row('PCB-3', OTHER));
    expect(told).toEqual([
      ['refused', 'HL-9151'],
      ['refused', 'HL-9101'],
      ['refused', 'HL-9151'],
    ]);
  });

  it('says carrier and handler in one of its rows, and not in none', async () => {
    const bare = (lot: string, number = NUMBER): string => [number, '', '', lot, BOARDS, ''].join(',');
    const told = await plant.sends(
      'manifestOpened',
      HEADER,
      bare('PCB-1'),
      row('PCB-2'),
      bare('PCB-3', OTHER),
    );
    expect(told).toEqual([['accepted'], ['accepted'], ['refused', 'HL-9101', 'HL-9101']]);
  });

  it('has its number in merged cells over the rows of its lots', async () => {
    const header = HEADER.split(',').slice(0, 5);
    const cells = (lot: string, number?: string): CellXml[] =>
      number === undefined
        ? [undefined, undefined, undefined, lot, BOARDS]
        : [number, carrier.creditCode, handler.creditCode, lot, BOARDS];
    const xml = sheetData([header, cells('PCB-1', NUMBER), cells('PCB-2'), cells('PCB-3', OTHER)]);
    const merges = ['A2:A3', 'B2:B3', 'C2:C3'].map((ref) => `<mergeCell ref="${ref}"/>`).join('');
    const bytes = await workbook([{ name: '联单', xml: `${xml}<mergeCells>${merges}</mergeCells>` }]);
    const { told } = await plant.imports('manifestOpened', bytes);
    expect(codesOf(told)).toEqual([['accepted', 'HL-9163'], ['accepted', 'HL-9163'], ['accepted']]);
    const opened = plant.messages().filter(({ type }) => type === 'manifestOpened');
    expect(opened.map(({ values }) => values['lots'])).toEqual([
      ['PCB-1', 'PCB-2'].map((lotNumber) => ({ lotNumber, wasteCode: BOARDS })),
      [{ lotNumber: 'PCB-3', wasteCode: BOARDS }],
    ]);
  });

  it.each([
    ['is left out', ''],
    ['cannot be read', '2.02531E+13'],
  ])('is not recorded by half where the number of a row %s and its lot was spoilt', async (_, number) => {
    const spoilt = row('4.2E+17', number);
    const told = await plant.sends('manifestOpened', HEADER, row('PCB-1'), spoilt, row('PCB-3', OTHER));
    expect(told.map(([status]) => status)).toEqual(['refused', 'refused', 'refused']);
    expect([told[0], told[2]]).toEqual([
      ['refused', 'HL-9151'],
      ['refused', 'HL-9151'],
    ]);
    expect(told[1]).toContain('HL-9109');
  });

  it('is told in the order of the rows where a printed list says its header again', async () => {
    const told = await plant.sends('manifestOpened', HEADER, row('PCB-1'), HEADER, row('PCB-2'));
    expect(told).toEqual([['accepted'], ['repeated', 'HL-9162'], ['accepted']]);
  });

  it('is not held up by the sum below the list', async () => {
    const arrived = await plant.sends(
      'manifestCarried',
      '序号,联单号,批号',
      `1,${NUMBER},PCB-1`,
      '合计：1,,',
    );
    expect(arrived.map(([status]) => status)).toEqual(['waiting', 'refused']);
    expect(arrived[1]).toEqual(['refused', 'HL-9111']);
  });

  it('tells in each row what the ledger refused', async () => {
    const told = await plant.sends(
      'manifestOpened',
      HEADER,
      row('PCB-1'),
      row('PCB-2', NUMBER).replace(BOARDS, '900-001-01'),
    );
    expect(new Set(told.map(([status]) => status))).toEqual(new Set(['refused']));
    expect(told[0]?.[1]).toMatch(/^HL-2/);
    expect(told[1]).toEqual(told[0]);
  });

  it('is known when the list is exported again in another order, and refused when it has one lot more', async () => {
    const rows = [row('PCB-1'), row('PCB-2')];
    await plant.sends('manifestOpened', HEADER, ...rows);
    const before = signed();
    expect(await plant.sends('manifestOpened', HEADER, ...[...rows].reverse())).toEqual([
      ['accepted'],
      ['accepted'],
    ]);
    const longer = await plant.sends('manifestOpened', HEADER, ...rows, row('PCB-3'));
    expect(longer).toEqual([
      ['refused', 'HL-9155'],
      ['refused', 'HL-9155'],
      ['refused', 'HL-9155'],
    ]);
    expect(signed()).toBe(before);
  });

  it('counts a row that stands there twice once, and takes no more lots than a manifest has', async () => {
    const twice = await plant.sends('manifestOpened', HEADER, row('PCB-1'), row('PCB-1'));
    expect(twice).toEqual([['accepted'], ['repeated', 'HL-9160']]);
    const many = Array.from({ length: 21 }, (_, at) => row(`L-${at}`, OTHER));
    const told = await plant.sends('manifestOpened', HEADER, ...many);
    expect(told).toEqual(many.map(() => ['refused', 'HL-9153']));
  });
});

describe('a pallet that arrives short', () => {
  it('comes as a row for each thing that is not taken', async () => {
    await plant.sends('containerRegistered', '托盘号,载具类型', 'P-1,托盘');
    await plant.sends(
      'lotRegistered',
      '批次号,类别,质量',
      'ST-1,steel,1 kg',
      'ST-2,steel,1 kg',
      'ST-3,steel,1 kg',
    );
    const packed = ['ST-1', 'ST-2', 'ST-3'].map((lot) => `P-1,${lot},2025-06-30 10:00`);
    expect(await plant.sends('goodsPacked', '托盘号,批次号,发生时间', ...packed)).toEqual(
      packed.map(() => ['accepted']),
    );
    const to = carrier.creditCode;
    await plant.sends('goodsSent', '托盘号,接收方,发生时间', `P-1,${to},2025-06-30 11:00`);
    const header = '托盘号,移交方,清点件数,例外原因,批次号,发生时间';
    const from = plant.creditCode;
    const short = (rest: string): string => `P-1,${from},1,${rest},2025-06-30 12:00`;
    const told = await carrier.sends('containerAccepted', header, short('缺失,ST-1'), short('损坏,ST-2'));
    expect(told).toEqual([['accepted'], ['accepted']]);
    expect(custodian('ST-2')).toBe(from);
  });

  it('has a reason and a thing in each row that begins an exception', async () => {
    const header = '托盘号,移交方,例外原因,批次号,发生时间';
    const start = `P-1,${plant.creditCode}`;
    const told = await carrier.sends(
      'containerAccepted',
      header,
      `${start},缺失,,2025-06-30 12:00`,
      `${start},,ST-2,2025-06-30 13:00`,
    );
    expect(told).toEqual([
      ['refused', 'HL-9101'],
      ['refused', 'HL-9101'],
    ]);
  });
});
