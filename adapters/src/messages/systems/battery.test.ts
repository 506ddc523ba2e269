import { Trade } from '@huilian/core/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Desk } from '../../testing/desk.js';

const VIN = 'LSVAM4186C2123456';
const PACK = '001PE240000003B3C0000001';
const OTHER = '001PE240000003B3C0000002';
const NEW = '002PE250000003B3C0000009';
const MODULE = '001ME240000003B3C0000001';
const AFTERMARKET = { mspId: 'AftermarketMSP' };
let trade: Trade;
let plant: Desk;
let user: Desk;
let recycler: Desk;
let shop: Desk;

beforeEach(() => {
  trade = new Trade();
  trade.table('massTolerance', 1, { permille: 10 });
  trade.table('secondLifeCapacity', 1, { permille: 600 });
  const desk = (name: string, role: 'dismantler' | 'secondLifeUser' | 'smelter') =>
    new Desk(trade, trade.party(name, [role]), 'scrappedVehicle');
  plant = desk('plant', 'dismantler');
  user = desk('second-life user', 'secondLifeUser');
  recycler = desk('recycler', 'smelter');
  shop = new Desk(trade, trade.party('shop', ['repairShop'], AFTERMARKET), 'repair');
});
afterEach(() => {
  for (const desk of [plant, user, recycler, shop]) desk.close();
});

const balanced = { lossGrams: 0, toleranceVersion: 1 };

/** An electric car is taken in with a pack; another one on its papers is not there. */
async function packOutOfCar(): Promise<void> {
  await plant.sends(
    ['vehicleRegistered', { vin: VIN, vehicleType: 'electricCar' }],
    ['vehicleSurrendered', { vin: VIN, sourceKind: 'household', slip: 'S-1' }],
    [
      'vehicleReceived',
      { vin: VIN, netMassGrams: 1_700_000, packs: [{ packCode: PACK }, { packCode: OTHER }] },
    ],
    ['packDeclaredMissing', { vin: VIN, packCode: OTHER, incompleteReason: 'swapContract' }],
    ['certificateIssued', { vin: VIN, certificateNumber: 'HS-1' }],
    [
      'vehicleDepolluted',
      {
        vin: VIN,
        outputs: [{ kind: 'battery', category: 'tractionBattery', massGrams: 320_000, packCode: PACK }],
      },
    ],
  );
}

async function passes(packCode: string, from: Desk, to: Desk): Promise<void> {
  await from.sends(['goodsSent', { packCode, receiver: to.creditCode }]);
  await to.sends(['goodsAccepted', { packCode, sender: from.creditCode }]);
}

describe('a traction battery', () => {
  it('comes out of the car, gets a second life under a new code, and is recycled after it', async () => {
    await packOutOfCar();
    await plant.sends(['traceReported', { packCode: PACK, traceNumber: 'TR-1' }]);
    await passes(PACK, plant, user);
    await user.sends(
      ['batteryReceived', { packCode: PACK, massGrams: 320_000, toleranceVersion: 1 }],
      ['batteryTested', { packCode: PACK, capacityPermille: 780, capacityTable: 1 }],
      [
        'batteryRepurposed',
        {
          packCode: PACK,
          newPackCode: NEW,
          category: 'energyStorage',
          massGrams: 326_000,
          addedGrams: 6_000,
          ...balanced,
        },
      ],
      ['batteryCollected', { packCode: NEW }],
    );
    await passes(NEW, user, recycler);
    const black = [{ kind: 'lot', category: 'blackMass', massGrams: 326_000, newLotNumber: 'BM-1' }];
    await recycler.sends(
      ['batteryReceived', { packCode: NEW, massGrams: 326_000, toleranceVersion: 1 }],
      ['batteryRecycled', { packCode: NEW, ...balanced, outputs: black }],
    );
    expect(await user.send('goodsSent', { packCode: PACK, receiver: recycler.creditCode })).toEqual([
      'HL-2011',
    ]);
  });

  it('that failed its test is not made into a product', async () => {
    await packOutOfCar();
    await passes(PACK, plant, user);
    await user.sends(
      ['batteryReceived', { packCode: PACK, massGrams: 320_000, toleranceVersion: 1 }],
      ['batteryTested', { packCode: PACK, capacityPermille: 780, capacityTable: 1, defect: 'leaking' }],
    );
    const product = { packCode: PACK, newPackCode: NEW, category: 'energyStorage', massGrams: 320_000 };
    expect(await user.send('batteryRepurposed', { ...product, ...balanced })).toEqual(['HL-2167']);
  });

  it('is taken apart into modules that bear codes of their own', async () => {
    await user.sends([
      'batteryRegistered',
      { packCode: PACK, category: 'tractionBattery', massGrams: 320_000 },
    ]);
    const module = { kind: 'battery', category: 'tractionBattery', massGrams: 320_000, packCode: MODULE };
    await user.sends(['batteryDismantled', { packCode: PACK, ...balanced, outputs: [module] }]);
    expect(
      await user.send('batteryTested', { packCode: MODULE, capacityPermille: 700, capacityTable: 1 }),
    ).toEqual(['HL-2010']);
  });

  it('is fitted at a shop and removed again', async () => {
    await shop.sends(
      ['vehicleRegistered', { vin: VIN, vehicleType: 'electricCar' }],
      ['batteryRegistered', { packCode: PACK, category: 'tractionBattery', massGrams: 320_000 }],
      ['partInspected', { packCode: PACK, result: 'fit' }],
      ['partFitted', { packCode: PACK, vin: VIN }],
      ['partRemoved', { packCode: PACK, vin: VIN }],
    );
  });
});
