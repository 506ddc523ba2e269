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
