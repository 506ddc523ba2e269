import { rowKey } from '@huilian/core';
import { Trade } from '@huilian/core/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { codesOf, ImportDesk } from '../testing/import-desk.js';

const VIN = 'LSVAM4186C2123456';
const SALT = 'AAECAwQFBgcICQoLDA0ODw';
const AFTERMARKET = { mspId: 'AftermarketMSP' };
let trade: Trade;
let desk: ImportDesk;

beforeEach(() => {
  trade = new Trade();
});
afterEach(() => {
  desk.close();
});

describe('a list of approved lines', () => {
  it('is a message for each row; a supplement is another row, and a wrong version is refused', async () => {
    const party = trade.party('insurer', ['insurer'], AFTERMARKET);
    desk = new ImportDesk(trade, party, 'insurance');
    await desk.sends('vehicleRegistered', '车架号,车辆类型', `${VIN},passengerCar`);
    await desk.sends('lossReported', '车架号,赔案号', `${VIN},L1`);
    expect(
      await desk.sends('linesClaimed', '车架号,赔案号,赔付号,险种,项目号', `${VIN},L1,X-1,车损险,`),
    ).toEqual([['accepted']]);
    const header =
      '车架号,赔案号,赔付号,项目号,版本号,金额（元）,随机盐,核定零部件类别,核定数量,允许新件,允许回用件';
    const told = await desk.sends(
      'linesApproved',
      header,
      `${VIN},L1,X-1,1,1,800.50,${SALT},,,,`,
      `${VIN},L1,X-1,2,1,"1,200",${SALT},door,1,是,√`,
      `${VIN},L1,X-1,1,2,900,${SALT},,,,`,
      `${VIN},L1,X-1,2,3,900,${SALT},door,1,是,`,
      `${VIN},L1,X-1,3,1,900,,,,,`,
    );
    expect(told).toEqual([
      ['accepted'],
      ['accepted'],
      ['accepted'],
      ['refused', 'HL-2215'],
      ['refused', 'HL-9101'],
    ]);
    const car = trade.world.row(rowKey.tag({ scheme: 'vin', value: VIN }))?.item ?? '';
    expect(trade.world.row(rowKey.loss(car, 'L1'))?.lines).toMatchObject([
      { line: 1, version: 2 },
      { line: 2, version: 1, part: { category: 'door', classes: ['newPart', 'secondHandPart'] } },
    ]);
  });
});

describe('a list of inspections', () => {
  it('names a part or a battery in each row, and tells a second inspection from a row that is sent twice', async () => {
    const party = trade.party('shop', ['repairShop'], AFTERMARKET);
    desk = new ImportDesk(trade, party, 'repair');
    await desk.sends('partRegistered', '零件序列号,类别,新旧', 'ST-1,starter,旧件');
    const rows = ['ST-1,,合格,2025-06-30 10:00', 'ST-1,,合格,2025-06-30 11:00', ',,合格,2025-06-30 12:00'];
    const header = '零件序列号,电池编码,检验结果,发生时间';
    const wanted = [['accepted'], ['accepted'], ['refused', 'HL-9101']];
    expect(await desk.sends('partInspected', header, ...rows)).toEqual(wanted);
    const count = trade.item(
      trade.world.row(rowKey.tag({ scheme: 'serial', value: 'ST-1' }))?.item ?? '',
    ).count;
    expect(await desk.sends('partInspected', header, ...rows, '')).toEqual(wanted);
    expect(
      trade.item(trade.world.row(rowKey.tag({ scheme: 'serial', value: 'ST-1' }))?.item ?? '').count,
    ).toBe(count);
  });

  it('without the time is not taken, for nobody could tell which inspection it was', async () => {
    const party = trade.party('shop', ['repairShop'], AFTERMARKET);
    desk = new ImportDesk(trade, party, 'repair');
    await expect(desk.sends('partInspected', '零件序列号,检验结果', 'ST-1,合格')).rejects.toMatchObject({
      code: 'HL-9011',
    });
  });
});

describe('a list of vehicles', () => {
  it('has their types in the words of the intake list, or as codes', async () => {
    desk = new ImportDesk(trade, trade.party('shop', ['repairShop'], AFTERMARKET), 'repair');
    const told = await desk.sends(
      'vehicleRegistered',
      '车架号,车辆类型',
      `${VIN},小型轿车`,
      'LSVAM4187C2184847,sedan',
      'LSVAM4188C2123460,飞机',
    );
    expect(told).toEqual([['accepted'], ['accepted'], ['refused', 'HL-9108']]);
    expect(desk.messages().map(({ values }) => values['vehicleType'])).toEqual(['passengerCar', 'sedan']);
  });
});

describe('a list of parts and lots', () => {
  it('has their categories in words of the trade, or as codes', async () => {
    desk = new ImportDesk(trade, trade.party('plant', ['dismantler']), 'scrappedVehicle');
    const told = await desk.sends(
      'lotRegistered',
      '批次号,类别,质量(kg)',
      'L-1,废 钢,10',
      'L-2,waste oil,10',
      'L-3,shearedSteel,10',
      'L-4,月球岩石,10',
    );
    expect(told).toEqual([['accepted'], ['accepted'], ['accepted'], ['refused', 'HL-9108']]);
    const named = desk.messages().map(({ values }) => values['category']);
    expect(named).toEqual(['steel', 'wasteOil', 'shearedSteel']);
  });
});

describe('a list of telephones', () => {
  it('with an IMEI in the column of labels says so, and not that nothing is named', async () => {
    desk = new ImportDesk(trade, trade.party('plant', ['processor']), 'scrappedVehicle');
    const header = '入库条码,手机串号,产品类别';
    const { told } = await desk.imports(
      'unitRegistered',
      Buffer.from([header, '490154203237518,,mobilePhone', 'HX-1,490154203237518,mobilePhone'].join('\n')),
      { imeiPepper: new Uint8Array(32).fill(7) },
    );
    expect(codesOf(told)).toEqual([['refused', 'HL-1048'], ['accepted']]);
    expect(JSON.stringify([told, desk.messages()])).not.toContain('490154203237518');
  });
});
