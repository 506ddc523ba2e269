import { rowKey } from '@huilian/core';
import { Trade } from '@huilian/core/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Desk } from '../../testing/desk.js';

const VIN = 'LSVAM4186C2123456';
const AFTERMARKET = { mspId: 'AftermarketMSP' };
let trade: Trade;
let plant: Desk;
let shop: Desk;

beforeEach(() => {
  trade = new Trade();
  trade.table('correctionTerm', 1, { alone: 7, together: 30 });
  plant = new Desk(trade, trade.party('plant', ['dismantler']), 'scrappedVehicle');
  shop = new Desk(trade, trade.party('shop', ['repairShop'], AFTERMARKET), 'repair');
});
afterEach(() => {
  for (const desk of [plant, shop]) desk.close();
});

const wrong = (wrongMessage: string, correctionReason = 'wrongValue') => ({
  wrongMessage,
  correctionReason,
  termVersion: 1,
});
const part = (serial: string) => {
  const tag = trade.world.row(rowKey.tag({ scheme: 'serial', value: serial }));
  return tag && trade.item(tag.item);
};
const registered = (partSerial: string) =>
  ['partRegistered', { partSerial, category: 'starter', partClass: 'usedPart' }] as const;

describe('a message that was wrong', () => {
  it('is declared wrong by its own id, put back, and replaced', async () => {
    await shop.sends(registered('ST-1'));
    await shop.send('partInspected', { partSerial: 'ST-1', result: 'unfit' }, { id: 'inspection' });
    expect(await shop.send('messageWrong', wrong('inspection'))).toEqual(['accepted']);
    expect(part('ST-1')).toMatchObject({ state: 'registered' });
    const right = await shop.send(
      'partInspected',
      { partSerial: 'ST-1', result: 'fit' },
      { id: 'again', replaces: 'inspection' },
    );
    expect(right).toEqual(['accepted']);
    expect(shop.signed('again')).toContain(`"replaces":"${shop.eventsOf('inspection')[0]}"`);
    expect(await shop.send('messageWrong', wrong('inspection'))).toEqual(['HL-2241']);
  });

  it('takes with it what it brought into the ledger', async () => {
    const received = { vin: VIN, netMassGrams: 1_000_000 };
    await plant.sends(
      ['vehicleRegistered', { vin: VIN, vehicleType: 'passengerCar' }],
      ['vehicleSurrendered', { vin: VIN }],
      ['vehicleReceived', received],
      ['certificateIssued', { vin: VIN, certificateNumber: 'HS-1' }],
      ['vehicleDepolluted', { vin: VIN, outputs: [{ kind: 'lot', category: 'wasteOil', massGrams: 5_000 }] }],
    );
    const outputs = [
      { kind: 'part', category: 'starter', massGrams: 6_000, partSerial: 'ST-2' },
      { kind: 'lot', category: 'glass', massGrams: 20_000 },
    ];
    await plant.send('vehicleDismantled', { vin: VIN, outputs }, { id: 'apart' });
    expect(await plant.send('messageWrong', wrong('apart', 'wrongItem'))).toEqual(['accepted']);
    expect(part('ST-2')?.state).toBe('voided');
  });

  it('of a certificate is replaced by one with another number', async () => {
    await plant.sends(
      ['vehicleRegistered', { vin: VIN, vehicleType: 'passengerCar' }],
      ['vehicleSurrendered', { vin: VIN }],
      ['vehicleReceived', { vin: VIN, netMassGrams: 1_000_000 }],
    );
    const numbered = (certificateNumber: string) => ({ vin: VIN, certificateNumber });
    await plant.send('certificateIssued', numbered('HS-1'), { id: 'paper' });
    expect(await plant.send('messageWrong', wrong('paper'))).toEqual(['accepted']);
    const right = { id: 'right', replaces: 'paper' };
    expect(await plant.send('certificateIssued', numbered('HS-2'), right)).toEqual(['accepted']);
    const car = trade.world.row(rowKey.tag({ scheme: 'vin', value: VIN }));
    expect(car && trade.item(car.item)).toMatchObject({ certificate: 'HS-2' });
    expect(car && trade.item(car.item).correction?.questioned).toBeUndefined();
  });

  it('of several events is taken back from its end', async () => {
    const intake = {
      certificateNumber: 'HS-2026-0001',
      vin: VIN,
      vehicleType: 'passengerCar',
      intakeDate: '2025-07-01',
      netMassGrams: 1_350_000,
      ownerKind: 'individual',
    };
    await plant.send('scrappedVehicleIntake', intake, { id: 'car' });
    const verdicts = await plant.send('messageWrong', wrong('car', 'wrongItem'));
    expect(verdicts).toHaveLength(4);
    expect(verdicts[0]).toBe('accepted');
  });

  it('that was never recorded is told so, and nothing is signed', async () => {
    expect(await shop.send('messageWrong', wrong('nothing'))).toEqual(['HL-9226']);
    await shop.sends(registered('ST-3'));
    const again = await shop.send(
      'partInspected',
      { partSerial: 'ST-3', result: 'fit' },
      { replaces: 'nothing' },
    );
    expect(again).toEqual(['HL-9226']);
  });
});

describe('a change of hands that was wrong', () => {
  it('takes both: one declares it wrong by its event, the other agrees', async () => {
    await plant.sends(registered('ST-4'), ['goodsSent', { partSerial: 'ST-4', receiver: shop.creditCode }]);
    await shop.send('goodsAccepted', { partSerial: 'ST-4', sender: plant.creditCode }, { id: 'taken' });
    const [wrongEvent] = shop.eventsOf('taken');
    expect(await shop.send('messageWrong', wrong('taken', 'wrongParty'))).toEqual(['accepted']);
    expect(part('ST-4')?.custodian).toBe(shop.creditCode);
    const agreed = { partSerial: 'ST-4', wrongEvent, termVersion: 1 };
    expect(await shop.send('correctionAgreed', agreed)).toEqual(['HL-2245']);
    expect(await plant.send('correctionAgreed', agreed)).toEqual(['accepted']);
    expect(part('ST-4')?.custodian).toBe(plant.creditCode);
  });

  it('may be begun by the giver, who names the event that a webhook told him', async () => {
    await plant.sends(registered('ST-5'), ['goodsSent', { partSerial: 'ST-5', receiver: shop.creditCode }]);
    await shop.send('goodsAccepted', { partSerial: 'ST-5', sender: plant.creditCode }, { id: 'taken' });
    const named = { partSerial: 'ST-5', wrongEvent: shop.eventsOf('taken')[0], termVersion: 1 };
    expect(await plant.send('eventWrong', { ...named, correctionReason: 'wrongItem' })).toEqual(['accepted']);
    expect(await shop.send('correctionAgreed', named)).toEqual(['accepted']);
    expect(part('ST-5')?.custodian).toBe(plant.creditCode);
  });
});
