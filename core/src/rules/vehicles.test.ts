import { describe, expect, it } from 'vitest';
import type { ItemEvent } from '../model/events.js';
import type { Plain } from '../testing/trade.js';
import {
  auction,
  dismantles,
  hands,
  insurer,
  output,
  plant,
  police,
  registered,
  shop,
  totalLoss,
  trade,
} from './vehicles.testing.js';

describe('a vehicle that was given up', () => {
  it('goes to a licensed dismantler and to nobody else, at every step', () => {
    const other = trade.party('other plant', ['dismantler']);
    const unlicensed = trade.party('back yard', ['dismantler'], { licence: false });
    const car = trade.scrapped(plant, 'a car');
    for (const buyer of [shop, auction, unlicensed]) expect(hands(car, plant, buyer)).toBe('HL-2117');
    expect(hands(car, plant, other)).toBe('accepted');
    const surrendered = registered(shop, 'a surrendered car');
    trade.given(shop, { type: 'surrender', item: surrendered, data: {} });
    expect(hands(surrendered, shop, auction)).toBe('HL-2117');
    expect(hands(surrendered, shop, plant)).toBe('accepted');
  });

  it('may be towed by who does not own it', () => {
    const tow = trade.party('tow', ['carrier']);
    const car = registered(shop, 'a car');
    trade.given(shop, { type: 'surrender', item: car, data: {} });
    expect(hands(car, shop, tow, true)).toBe('accepted');
    expect(trade.item(car)).toMatchObject({ custodian: tow.creditCode, owner: shop.creditCode });
  });

  it('is a hulk for a licensed shredder in the end, even if it had to be scrapped', () => {
    const shredder = trade.party('shredder', ['shredder']);
    const smelter = trade.party('smelter', ['smelter']);
    const car = totalLoss('mustScrap');
    expect(hands(car, insurer, plant)).toBe('accepted');
    const oil = output('oil', 10_000, { category: 'wasteOil' });
    trade.given(
      plant,
      { type: 'surrender', item: car, data: {} },
      { type: 'receive', item: car, data: { massGrams: 1_000_000 } },
      { type: 'issueCertificate', item: car, data: { number: 'C-7' } },
      { type: 'depollute', item: car, data: { outputs: [oil] } },
      { type: 'dismantle', item: car, data: { outputs: [output('wheels', 90_000)] } },
    );
    expect(hands(car, plant, shredder)).toBe('HL-2112');
    const left = { massGrams: 900_000, lossGrams: 0, toleranceVersion: 1 };
    trade.given(plant, { type: 'leaveHulk', item: car, data: left });
    expect(hands(car, plant, smelter)).toBe('HL-2117');
    expect(hands(car, plant, shredder)).toBe('accepted');
  });
});

describe('a scrapped vehicle', () => {
  it('is surrendered, received, certified, depolluted, dismantled, weighed and shredded, in this order', () => {
    const car = registered(plant, 'car');
    const steps: Plain<ItemEvent>[] = [
      { type: 'surrender', item: car, data: {} },
      { type: 'receive', item: car, data: { massGrams: 1_000_000 } },
      { type: 'issueCertificate', item: car, data: { number: 'C-1' } },
      { type: 'depollute', item: car, data: { outputs: [output('oil', 10_000, { category: 'wasteOil' })] } },
      { type: 'dismantle', item: car, data: { outputs: [output('seats', 40_000, { category: 'textile' })] } },
      {
        type: 'leaveHulk',
        item: car,
        data: { massGrams: 940_000, lossGrams: 10_000, toleranceVersion: 1 },
      },
      {
        type: 'shred',
        item: car,
        data: { outputs: [output('shreds', 935_000)], lossGrams: 5_000, toleranceVersion: 1 },
      },
    ];
    const [first] = steps;
    for (const [at, step] of steps.entries()) {
      // What is still to come is refused.
      for (const later of steps.slice(at + 1)) expect(trade.does(plant, later)).toMatch(/^HL-/);
      expect(trade.does(plant, step), step.type).toBe('accepted');
    }
    expect(trade.item(car)).toMatchObject({ state: 'shredded', certificate: 'C-1', massGrams: 1_000_000 });
    expect(first && trade.does(plant, first)).toBe('HL-2011');
  });

  it('is depolluted after its certificate, unless Oversight’s table lets the certificate follow the dismantling', () => {
    trade.table('certificateAfter', 1, { after: 'receipt' });
    const car = registered(plant, 'car');
    trade.given(
      plant,
      { type: 'surrender', item: car, data: {} },
      { type: 'receive', item: car, data: { massGrams: 1_000_000 } },
    );
    const outputs = [output('oil', 10_000, { category: 'wasteOil' })];
    const drains = (certificateVersion?: number): string =>
      trade.does(plant, {
        type: 'depollute',
        item: car,
        data: { outputs, ...(certificateVersion === undefined ? {} : { certificateVersion }) },
      });
    expect(drains()).toBe('HL-2119');
    expect(drains(1)).toBe('HL-2119');
    trade.table('certificateAfter', 2, { after: 'dismantling' });
    expect(drains(1)).toBe('HL-2071');
    expect(drains(3)).toBe('HL-2070');
    expect(drains(2)).toBe('accepted');
    expect(dismantles(car, output('wheels', 90_000))).toBe('accepted');
    const left = { massGrams: 900_000, lossGrams: 0, toleranceVersion: 1 };
    trade.given(plant, { type: 'leaveHulk', item: car, data: left });
    const shreds: Plain<ItemEvent> = {
      type: 'shred',
      item: car,
      data: { outputs: [output('steel', 900_000)], lossGrams: 0, toleranceVersion: 1 },
    };
    expect(trade.does(police, { type: 'cancelRegistration', item: car, data: {} })).toBe('HL-2119');
    expect(trade.does(plant, shreds)).toBe('HL-2119');
    const certifies = { type: 'issueCertificate', item: car, data: { number: 'C-9' } } as const;
    expect(trade.does(plant, certifies)).toBe('accepted');
    expect(trade.does(plant, certifies)).toBe('HL-2118');
    expect(trade.item(car)).toMatchObject({ state: 'hulk', certificate: 'C-9' });
    expect(trade.does(plant, { type: 'cancelRegistration', item: car, data: {} })).toBe('HL-2030');
    expect(trade.does(police, { type: 'cancelRegistration', item: car, data: {} })).toBe('accepted');
    expect(trade.item(car)).toMatchObject({ registrationCancelled: true });
    expect(trade.does(plant, shreds)).toBe('accepted');
  });

  it('is not dismantled before it is depolluted', () => {
    const car = trade.scrapped(plant, 'car');
    expect(dismantles(car, output('door', 20_000))).toBe('HL-2101');
  });

  it('is taken in by a licensed dismantler alone', () => {
    const unlicensed = trade.party('unlicensed', ['dismantler'], { licence: false });
    for (const [who, code] of [
      [unlicensed, 'HL-2031'],
      [shop, 'HL-2030'],
    ] as const) {
      const car = registered(who, `car of ${code}`);
      trade.given(who, { type: 'surrender', item: car, data: {} });
      expect(trade.does(who, { type: 'receive', item: car, data: { massGrams: 1 } })).toBe(code);
    }
  });

  it('gives out no more mass than was taken in, and what is left closes the balance', () => {
    const car = trade.depolluted(plant, 'car', { massGrams: 1_000_000 });
    expect(dismantles(car, output('too much', 995_001))).toBe('HL-2050');
    expect(dismantles(car, output('parts', 295_000))).toBe('accepted');
    const weighs = (massGrams: number): string =>
      trade.does(plant, {
        type: 'leaveHulk',
        item: car,
        data: { massGrams, lossGrams: 0, toleranceVersion: 1 },
      });
    expect(weighs(689_999)).toBe('HL-2050');
    expect(weighs(710_001)).toBe('HL-2050');
    expect(weighs(710_000)).toBe('accepted');
  });

  it('that is to be supervised is not dismantled until the police have signed', () => {
    const bus = trade.depolluted(plant, 'bus', { supervised: true });
    expect(dismantles(bus, output('seats', 1_000))).toBe('HL-2102');
    const evidence = ['a'.repeat(64)];
    expect(trade.does(plant, { type: 'witness', item: bus, data: { evidence } })).toBe('HL-2030');
    expect(trade.does(police, { type: 'witness', item: bus, data: { evidence } })).toBe('accepted');
    expect(dismantles(bus, output('seats', 1_000))).toBe('accepted');
  });
});

describe('a suspected stolen car', () => {
  it('stands still, and the parts that came out of it too, until the police release it', () => {
    const car = trade.depolluted(plant, 'car');
    const door = output('door', 20_000, { kind: 'part', category: 'door' });
    expect(dismantles(car, door)).toBe('accepted');
    trade.given(
      plant,
      { type: 'inspect', item: door.item, data: { result: 'fit' } },
      { type: 'markReused', item: door.item, data: { mark: 'R-1' } },
      { type: 'hold', item: car, data: { reason: 'suspectedStolen' } },
    );
    expect(dismantles(car, output('seats', 1_000))).toBe('HL-2100');
    expect(hands(car, plant, shop)).toBe('HL-2100');
    expect(hands(door.item, plant, shop)).toBe('HL-2115');
    expect(trade.does(plant, { type: 'release', item: car, data: {} })).toBe('HL-2030');
    expect(trade.does(police, { type: 'release', item: car, data: {} })).toBe('accepted');
    expect(trade.does(police, { type: 'release', item: car, data: {} })).toBe('HL-2109');
    expect(dismantles(car, output('seats', 1_000))).toBe('accepted');
    expect(hands(door.item, plant, shop)).toBe('accepted');
  });

  it('that is held after a part was handed over keeps the part from arriving', () => {
    const car = trade.depolluted(plant, 'car');
    const door = output('door', 20_000, { kind: 'part', category: 'door' });
    dismantles(car, door);
    trade.given(plant, { type: 'handover', item: door.item, data: { to: shop.creditCode } });
    trade.given(plant, { type: 'hold', item: car, data: { reason: 'suspectedStolen' } });
    const accept = { type: 'accept', item: door.item, data: { from: plant.creditCode } } as const;
    expect(trade.does(shop, accept)).toBe('HL-2115');
    trade.given(police, { type: 'release', item: car, data: {} });
    expect(trade.does(shop, accept)).toBe('accepted');
  });
});
