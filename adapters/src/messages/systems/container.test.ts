import { rowKey } from '@huilian/core';
import { Trade } from '@huilian/core/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Desk } from '../../testing/desk.js';

const VIN = 'LSVAM4186C2123456';
const SSCC = '106141412345678908';
let trade: Trade;
let plant: Desk;
let works: Desk;

beforeEach(() => {
  trade = new Trade();
  plant = new Desk(trade, trade.party('plant', ['dismantler']), 'scrappedVehicle');
  works = new Desk(
    trade,
    trade.party('works', ['remanufacturer'], { mspId: 'AftermarketMSP' }),
    'oldForReman',
  );
});
afterEach(() => {
  for (const desk of [plant, works]) desk.close();
});

const item = (value: string, scheme: 'serial' | 'gs1' = 'serial') => {
  const id = trade.world.row(rowKey.tag({ scheme, value }))?.item;
  return id === undefined ? undefined : trade.item(id);
};
const starter = (partSerial: string) =>
  ['partRegistered', { partSerial, category: 'starter', partClass: 'usedPart' }] as const;

/** A pallet with three starters in it. */
async function packed(): Promise<void> {
  await plant.sends(
    ['containerRegistered', { containerNumber: 'P-1', sscc: SSCC, containerCategory: 'pallet' }],
    starter('S-1'),
    starter('S-2'),
    starter('S-3'),
    [
      'goodsPacked',
      {
        containerNumber: 'P-1',
        contents: [{ partSerial: 'S-1' }, { partSerial: 'S-2' }, { partSerial: 'S-3' }],
      },
    ],
  );
}

describe('a pallet', () => {
  it('is packed, and changes hands with all that lies in it', async () => {
    await packed();
    await plant.sends([
      'goodsSent',
      { containerNumber: 'P-1', receiver: works.creditCode, keepsOwner: 'yes' },
    ]);
    await works.sends(['containerAccepted', { sscc: SSCC, sender: plant.creditCode, count: 3 }]);
    expect(item('P-1')).toMatchObject({ custodian: works.creditCode, owner: plant.creditCode });
    await works.sends(
      ['goodsUnpacked', { containerNumber: 'P-1', contents: [{ partSerial: 'S-1' }] }],
      ['coreDesignated', { partSerial: 'S-1' }],
    );
    expect(item('S-1')).toMatchObject({ custodian: works.creditCode, class: 'core' });
  });

  it('is known by its logistics label as by its number', async () => {
    await packed();
    expect(item(`00/${SSCC}`, 'gs1')).toEqual(item('P-1'));
  });

  it('is accepted without what is missing and what is damaged, each by its name', async () => {
    await packed();
    await plant.sends(['goodsSent', { containerNumber: 'P-1', receiver: works.creditCode }]);
    const exceptions = [
      { exceptionReason: 'missing', partSerial: 'S-1' },
      { exceptionReason: 'damaged', partSerial: 'S-2' },
    ];
    await works.sends([
      'containerAccepted',
      { containerNumber: 'P-1', sender: plant.creditCode, count: 1, exceptions },
    ]);
    expect(item('S-1')).toMatchObject({ custodian: plant.creditCode, handover: { to: works.creditCode } });
    expect(item('S-2')).toMatchObject({ custodian: plant.creditCode });
    expect(item('S-2')?.handover).toBeUndefined();
    expect(item('P-1')?.logistics?.goods).toMatchObject({ count: 1 });
  });

  it('whose count differs is settled by its reason; emptied, it is retired', async () => {
    await packed();
    await plant.sends(['goodsSent', { containerNumber: 'P-1', receiver: works.creditCode }]);
    await works.sends(
      ['containerAccepted', { containerNumber: 'P-1', sender: plant.creditCode, count: 2 }],
      ['differenceSettled', { containerNumber: 'P-1', settlementReason: 'recounted' }],
    );
    expect(await works.send('containerRetired', { containerNumber: 'P-1' })).toEqual(['HL-2182']);
    const contents = ['S-1', 'S-2', 'S-3'].map((partSerial) => ({ partSerial }));
    await works.sends(
      ['goodsUnpacked', { containerNumber: 'P-1', contents }],
      ['containerRetired', { containerNumber: 'P-1' }],
    );
  });

  it('does not take in what is not there, nor a vehicle', async () => {
    await packed();
    const again = { containerNumber: 'P-1', contents: [{ partSerial: 'S-1' }] };
    expect(await plant.send('goodsPacked', again)).toEqual(['HL-2176']);
    const nothing = plant.send('goodsPacked', { containerNumber: 'P-1', contents: [{}] });
    await expect(nothing).rejects.toMatchObject({ code: 'HL-9202' });
    await plant.sends(['vehicleRegistered', { vin: VIN, vehicleType: 'passengerCar' }]);
    const car = { containerNumber: 'P-1', contents: [{ vin: VIN }] };
    await expect(plant.send('goodsPacked', car)).rejects.toMatchObject({ code: 'HL-9202' });
  });
});

describe('a handover', () => {
  it('that nobody answered is withdrawn', async () => {
    await plant.sends(
      starter('S-9'),
      ['goodsSent', { partSerial: 'S-9', receiver: works.creditCode }],
      ['goodsWithdrawn', { partSerial: 'S-9' }],
    );
    expect(item('S-9')?.handover).toBeUndefined();
  });
});
