import { rowKey, type Tag } from '@huilian/core';
import { Trade } from '@huilian/core/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Desk } from '../../testing/desk.js';

const VIN = 'LSVAM4186C2123456';
let trade: Trade;
let shop: Desk;

beforeEach(() => {
  trade = new Trade();
  shop = new Desk(trade, trade.party('shop', ['repairShop'], { mspId: 'AftermarketMSP' }), 'repair');
});
afterEach(() => {
  shop.close();
});

function idOf(tag: Tag): string {
  const bound = trade.world.row(rowKey.tag(tag));
  if (!bound) throw new Error(`nothing bears ${tag.value}`);
  return bound.item;
}

describe('the original engine of a car in a shop', () => {
  it('is registered with its car, and fitted into that again', async () => {
    await shop.sends(
      ['vehicleRegistered', { vin: VIN, vehicleType: 'passengerCar' }],
      ['partRegistered', { partSerial: 'E-1', category: 'engine', partClass: 'usedPart', vin: VIN }],
    );
    const engine = idOf({ scheme: 'serial', value: 'E-1' });
    const car = idOf({ scheme: 'vin', value: VIN });
    expect(trade.item(engine)).toMatchObject({ state: 'registered', removedFrom: car });
    await shop.sends(
      ['partInspected', { partSerial: 'E-1', result: 'fit' }],
      ['partFitted', { partSerial: 'E-1', vin: VIN }],
    );
    expect(trade.item(engine)).toMatchObject({ state: 'fitted', fittedInto: car });
  });
});
