import { rowKey, type ItemRow } from '@huilian/core';
import { Trade, type Party } from '@huilian/core/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { codesOf, ImportDesk } from '../testing/import-desk.js';

const VIN = 'LSVAM4186C2123456';
const PACK = '001PE240000003B3C0000001';
const INTAKE = '回收证明编号,车辆识别代号,车辆类型,回收日期,净重（kg）,车主类型,电池包编码';
let trade: Trade;
let party: Party;
let plant: ImportDesk;

beforeEach(() => {
  trade = new Trade();
  trade.table('massTolerance', 1, { permille: 10 });
  party = trade.party('plant', ['dismantler']);
  plant = new ImportDesk(trade, party, 'scrappedVehicle');
});
afterEach(() => {
  plant.close();
});

const car = (): ItemRow | undefined => {
  const item = trade.world.row(rowKey.tag({ scheme: 'vin', value: VIN }))?.item;
  return item === undefined ? undefined : trade.item(item);
};
const listed = (packs: string, type = '纯电动轿车'): string =>
  `HS-001,${VIN},${type},2025/6/30,1800,个人,${packs}`;

describe('a row that the ledger refused', () => {
  it('is offered again when it was mended, without what was accepted of it', async () => {
    expect(await plant.sends('scrappedVehicleIntake', INTAKE, listed(''))).toEqual([
      ['refused', 'HL-2160', expect.any(String)],
    ]);
    expect(car()?.state).toBe('surrendered');
    expect(await plant.sends('scrappedVehicleIntake', INTAKE, listed(PACK))).toEqual([['accepted']]);
    expect(car()).toMatchObject({ state: 'certificateIssued', battery: { packs: [PACK] } });
    const [, mended] = plant.messages();
    expect(mended?.attemptAfter).toBe(plant.messages()[0]?.id);
  });

  it('stays refused when it comes again as it was, and is offered again when that is asked for', async () => {
    const header = '批次号,类别,质量(kg)';
    const file = Buffer.from(`${header}\nA,steel,100`);
    const out = '批次号,产出种类,类别,质量(kg),新批次号,损耗(kg),质量允差表版本';
    const rows = Buffer.from([out, 'A,批次,steel,60,A-1,0,2', 'A,批次,steel,40,A-2,0,2'].join('\n'));
    await plant.imports('lotRegistered', file);
    const first = codesOf((await plant.imports('lotSplit', rows)).told);
    expect(first.map(([status]) => status)).toEqual(['refused', 'refused']);
    const before = plant.ledger.lastSigned();
    expect(codesOf((await plant.imports('lotSplit', rows)).told)).toEqual(first);
    expect(plant.ledger.lastSigned()).toBe(before);
    trade.table('massTolerance', 2, { permille: 10 });
    const again = await plant.imports('lotSplit', rows, {}, { isAgain: true });
    expect(codesOf(again.told)).toEqual([['accepted'], ['accepted']]);
    const after = plant.ledger.lastSigned();
    expect(codesOf((await plant.imports('lotSplit', rows, {}, { isAgain: true })).told)).toEqual([
      ['accepted'],
      ['accepted'],
    ]);
    expect(plant.ledger.lastSigned()).toBe(after);
  });

  it('cites the attempt before it, so that both are seen together', async () => {
    await plant.sends('scrappedVehicleIntake', INTAKE, listed(''));
    await plant.sends('scrappedVehicleIntake', INTAKE, listed(PACK.slice(0, 23) + 'Q'));
    await plant.sends('scrappedVehicleIntake', INTAKE, listed(PACK));
    const events = plant.stored().map(({ plan }) => plan?.events.map(({ type, cites }) => [type, cites]));
    const refused = plant.stored()[0]?.outcomes.find(({ verdict }) => verdict === 'HL-2160')?.id;
    expect(events[1]).toEqual([
      ['receive', refused],
      ['issueCertificate', undefined],
    ]);
  });
});

describe('a row that was recorded', () => {
  it('is refused when another one comes under its key, and says how to put a mistake right', async () => {
    await plant.sends('scrappedVehicleIntake', INTAKE, listed(PACK));
    const { told } = await plant.imports(
      'scrappedVehicleIntake',
      Buffer.from([INTAKE, listed(PACK, '轿车')].join('\n')),
    );
    expect(told).toMatchObject([
      {
        issues: [
          { code: 'HL-9155', found: 'HS-001', message: { zh: expect.stringContaining('huilian correct') } },
        ],
      },
    ]);
  });
});

describe('a row that was declared wrong by the id that its report names', () => {
  it('is replaced by the right one under its key', async () => {
    trade.table('correctionTerm', 1, { alone: 7, together: 30 });
    const header = '零件序列号,检验结果,发生时间';
    const inspected = (result: string): string => `ST-1,${result},2025-06-30 10:00`;
    await plant.sends('partRegistered', '零件序列号,类别,新旧', 'ST-1,starter,旧件');
    const { told } = await plant.imports(
      'partInspected',
      Buffer.from([header, inspected('不合格')].join('\n')),
    );
    const wrong = told[0]?.message ?? '';
    expect(await plant.sends('partInspected', header, inspected('合格'))).toEqual([['refused', 'HL-9155']]);
    const mistake = '有误消息编号,更正原因,更正期限表版本';
    expect(await plant.sends('messageWrong', mistake, `${wrong},数值写错,1`)).toEqual([['accepted']]);
    // The same file again: the row is looked at anew, because now it may be recorded.
    expect(await plant.sends('partInspected', header, inspected('合格'))).toEqual([['accepted']]);
    const event = plant.stored().find(({ message }) => message.id === wrong)?.plan?.ids?.[0];
    expect(plant.stored().at(-1)?.plan?.events).toMatchObject([{ type: 'inspect', replaces: event }]);
  });
});

describe('a row that was declared wrong without the inbox', () => {
  const header = '零件序列号,检验结果,发生时间';
  const inspected = (result: string): string => `ST-1,${result},2025-06-30 10:00`;
  const starter = (): string => trade.world.row(rowKey.tag({ scheme: 'serial', value: 'ST-1' }))?.item ?? '';

  beforeEach(async () => {
    trade.table('correctionTerm', 1, { alone: 7, together: 30 });
    await plant.sends('partRegistered', '零件序列号,类别,新旧', 'ST-1,starter,旧件');
    await plant.sends('partInspected', header, inspected('不合格'));
  });

  /** Another device of the plant declares the inspection wrong. */
  const correct = (): string => {
    const event = plant.stored().at(-1)?.plan?.ids?.[0] ?? '';
    const other = trade.key('plant’s other', party.creditCode, party.mspId);
    const data = { event, eventType: 'inspect', reason: 'wrongValue', termVersion: 1 } as const;
    trade.given(other, { type: 'correct', item: starter(), data });
    return event;
  };

  it('is replaced by the right one under its key, once the ledger can be asked', async () => {
    const event = correct();
    plant.ledger.isOnline = false;
    const { told } = await plant.imports('partInspected', Buffer.from(`${header}\n${inspected('合格')}`));
    expect(told).toMatchObject([{ issues: [{ code: 'HL-9155', found: 'ST-1 2025-06-30 10:00' }] }]);
    plant.ledger.isOnline = true;
    expect(await plant.sends('partInspected', header, inspected('合格'))).toEqual([['accepted']]);
    expect(plant.stored().at(-1)?.plan?.events).toMatchObject([{ type: 'inspect', replaces: event }]);
  });

  it('is not replaced once more when the right step was recorded beside the inbox', async () => {
    const replaces = correct();
    trade.given(party, { type: 'inspect', item: starter(), data: { result: 'fit' }, replaces });
    expect(await plant.sends('partInspected', header, inspected('合格'))).toEqual([['refused', 'HL-9155']]);
  });
});

describe('a row of tomorrow', () => {
  it('is refused today and recorded when the same file comes tomorrow', async () => {
    const file = Buffer.from([INTAKE, listed(PACK).replace('2025/6/30', '2025/7/1')].join('\n'));
    const early = await plant.imports('scrappedVehicleIntake', file, { today: '2025-06-30' });
    expect(codesOf(early.told)).toEqual([['refused', 'HL-9133']]);
    const { told } = await plant.imports('scrappedVehicleIntake', file, { today: '2025-07-01' });
    expect(codesOf(told)).toEqual([['accepted']]);
  });
});

describe('a row that waits for an item', () => {
  it('is replaced by what was mended in it, for nothing of it was signed', async () => {
    const header = '回收证明编号,车架号';
    expect(await plant.sends('certificateIssued', header, 'HS-001,LSVAM4187C2184847')).toEqual([
      ['waiting', 'HL-9220'],
    ]);
    await plant.sends('vehicleRegistered', '车架号,车辆类型', `${VIN},轿车`);
    await plant.sends('vehicleSurrendered', '车架号', VIN);
    await plant.sends('vehicleReceived', '车架号,净重(kg)', `${VIN},1200`);
    expect(await plant.sends('certificateIssued', header, `HS-001,${VIN}`)).toEqual([['accepted']]);
    expect(plant.stored().filter(({ state }) => state !== 'settled')).toEqual([]);
  });
});
