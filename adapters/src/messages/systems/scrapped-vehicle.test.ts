import { rowKey } from '@huilian/core';
import { Trade } from '@huilian/core/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Desk } from '../../testing/desk.js';

const VIN = 'LSVAM4186C2123456';
let trade: Trade;
let plant: Desk;

beforeEach(() => {
  trade = new Trade();
  const categories = ['sedan', 'electricCar', 'bus', 'motorcycle'];
  plant = new Desk(trade, trade.party('plant', ['dismantler'], { categories }), 'scrappedVehicle');
});
afterEach(() => {
  plant.close();
});

const vehicle = () => {
  const tag = trade.world.row(rowKey.tag({ scheme: 'vin', value: VIN }));
  return tag && trade.item(tag.item);
};
const intake = (vehicleType: string) => ({
  certificateNumber: 'HS-2026-0001',
  vin: VIN,
  vehicleType,
  intakeDate: '2025-07-01',
  netMassGrams: 1_350_000,
  ownerKind: 'individual',
});
const taken = ['accepted', 'accepted', 'accepted'];

describe('an assembly that comes out', () => {
  it('has its model on record, and gets the code under which a remanufacturer takes it', async () => {
    const works = trade.party('works', ['remanufacturer'], { mspId: 'AftermarketMSP' });
    const frame = { kind: 'part', category: 'frame', massGrams: 212_000, partSerial: 'CJ-1', model: 'MQB' };
    await plant.sends(
      ['vehicleRegistered', { vin: VIN, vehicleType: 'sedan' }],
      ['scrappedVehicleIntake', intake('passengerCar')],
      [
        'vehicleDepolluted',
        {
          vin: VIN,
          outputs: [{ kind: 'lot', category: 'wasteOil', massGrams: 9_000, newLotNumber: 'OIL-1' }],
        },
      ],
      ['vehicleDismantled', { vin: VIN, outputs: [frame] }],
      ['partInspected', { partSerial: 'CJ-1', result: 'fit' }],
    );
    const sends = (id: string) =>
      plant.send('goodsSent', { partSerial: 'CJ-1', receiver: works.creditCode }, { id });
    const row = () =>
      trade.item(trade.world.row(rowKey.tag({ scheme: 'serial', value: 'CJ-1' }))?.item ?? '');
    expect(row().model).toBe('MQB');
    expect(await sends('early')).toEqual(['HL-2314']);
    await plant.sends(['partCoded', { partSerial: 'CJ-1', partCode: `${VIN}-F`, model: 'MQB A0' }]);
    expect(row()).toMatchObject({
      model: 'MQB A0',
      tags: [
        { scheme: 'serial', value: 'CJ-1' },
        { scheme: 'serial', value: `${VIN}-F` },
      ],
    });
    expect(await sends('again')).toEqual(['accepted']);
  });
});

describe('a vehicle on the intake list', () => {
  it('that is a sedan on the ledger is a passenger car on the list, which is no difference', async () => {
    await plant.sends(['vehicleRegistered', { vin: VIN, vehicleType: 'sedan' }]);
    expect(await plant.send('scrappedVehicleIntake', intake('passengerCar'), { id: 'car' })).toEqual(taken);
    expect(plant.signed('car')).not.toContain('passengerCar');
    expect(vehicle()).toMatchObject({ state: 'certificateIssued' });
  });

  it('that is a bus there says so, whatever it was registered as', async () => {
    trade.table('supervisedCategories', 1, { categories: ['bus'] });
    await plant.sends(['vehicleRegistered', { vin: VIN, vehicleType: 'sedan' }]);
    expect(await plant.send('scrappedVehicleIntake', intake('bus'), { id: 'car' })).toEqual(taken);
    expect(plant.signed('car')).toContain('"category":"bus"');
    expect(vehicle()?.supervision).toBeDefined();
  });

  it.each([
    ['sedan', 'passengerCar', false],
    ['electricCar', 'passengerCar', false],
    ['motorcycle', 'electricCar', true],
  ])('or received: a %s as %s', async (registered, vehicleType, isSent) => {
    await plant.sends(
      ['vehicleRegistered', { vin: VIN, vehicleType: registered }],
      ['vehicleSurrendered', { vin: VIN }],
    );
    const more = { netMassGrams: 1_350_000, incompleteReason: 'swapContract' };
    await plant.send('vehicleReceived', { vin: VIN, vehicleType, ...more }, { id: 'in' });
    expect(plant.signed('in').includes('"category"')).toBe(isSent);
  });
});
