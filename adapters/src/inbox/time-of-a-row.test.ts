import { rowKey } from '@huilian/core';
import { Trade } from '@huilian/core/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { codesOf, ImportDesk } from '../testing/import-desk.js';

const VIN = 'LSVAM4186C2123456';
const TODAY = { today: '2025-07-01' };
let trade: Trade;
let desk: ImportDesk;

beforeEach(() => {
  trade = new Trade();
});
afterEach(() => {
  desk.close();
});

const lines = (...text: readonly string[]): Buffer => Buffer.from(text.join('\n'));

describe('the time of a row', () => {
  it('is not the day on which the certificate of a scale ends, which lies ahead', async () => {
    desk = new ImportDesk(trade, trade.party('plant', ['processor']), 'scrappedVehicle');
    const { told } = await desk.imports(
      'truckWeighedIn',
      lines(
        '批次号,磅单号,磅单摘要,毛重（kg）,皮重（kg）,净重（kg）,衡器编号,检定有效期止,估计件数,申报类别,发生时间',
        `T-1,WB-77,${'a'.repeat(64)},"10,200","10,000",200,WB-1,2027-01-01 00:00,3,television,2025-06-30 09:30`,
      ),
      TODAY,
    );
    expect(codesOf(told)).toEqual([['accepted']]);
    expect(desk.messages()[0]?.time).toBe(Date.parse('2025-06-30T09:30:00+08:00') / 1000);
  });

  it('is not the day of the loss, which stands on the ledger beside it', async () => {
    const insurer = trade.party('insurer', ['insurer'], { mspId: 'AftermarketMSP' });
    desk = new ImportDesk(trade, insurer, 'insurance');
    await desk.sends('vehicleRegistered', '车架号,车辆类型', `${VIN},passengerCar`);
    const loss = lines('车架号,赔案号,出险日期', `${VIN},L1,2025-06-12`);
    const { told } = await desk.imports('lossReported', loss, TODAY);
    expect(codesOf(told)).toEqual([['accepted']]);
    expect(desk.messages().at(-1)?.time).toBe(trade.world.time);
    const car = trade.world.row(rowKey.tag({ scheme: 'vin', value: VIN }))?.item ?? '';
    expect(trade.world.row(rowKey.loss(car, 'L1'))?.day).toBe(20250612);
  });
});
