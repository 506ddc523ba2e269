import { beforeEach, describe, expect, it } from 'vitest';
import type { EventOf, ItemEvent } from '../model/events.js';
import { Trade, type Party, type Plain } from '../testing/trade.js';
import { numbered } from '../testing/numbered.js';

type Output = EventOf<'dismantle'>['data']['outputs'][number];

let trade: Trade;
let plant: Party;
let insurer: Party;
let shop: Party;
let auction: Party;
let police: Party;

beforeEach(() => {
  trade = new Trade();
  trade.table('massTolerance', 1, { permille: 10 });
  plant = trade.party('plant', ['dismantler', 'shredder']);
  insurer = trade.party('insurer', ['insurer'], { mspId: 'AftermarketMSP' });
  shop = trade.party('shop', ['repairShop'], { mspId: 'AftermarketMSP' });
  auction = trade.party('auction', ['auctionHouse'], { mspId: 'AftermarketMSP' });
  police = trade.party('police', ['police'], { mspId: 'OversightMSP' });
});

function registered(who: Party, name: string): string {
  const { item, nonce } = who.signer.item(name);
  trade.given(who, {
    type: 'register',
    item,
    data: { kind: 'vehicle', category: 'sedan', nonce, tags: numbered(nonce) },
  });
  return item;
}
const output = (name: string, massGrams: number, extra: Partial<Output> = {}): Output => ({
  ...plant.signer.item(name),
  kind: 'lot',
  category: 'steel',
  massGrams,
  ...extra,
});
const dismantles = (item: string, ...outputs: Output[]): string =>
  trade.does(plant, { type: 'dismantle', item, data: { outputs } });
const hands = (item: string, from: Party, to: Party, keepOwnership?: boolean): string => {
  const data = { to: to.creditCode, ...(keepOwnership === undefined ? {} : { keepOwnership }) };
  const verdict = trade.does(from, { type: 'handover', item, data });
  if (verdict === 'accepted') trade.given(to, { type: 'accept', item, data: { from: from.creditCode } });
  return verdict;
};

/** A total loss that the insurer holds. */
function totalLoss(kind: 'constructive' | 'mustScrap', holder = insurer): string {
  const car = registered(holder, `a ${kind} loss`);
  trade.given(
    insurer,
    { type: 'reportDamage', item: car, data: { loss: 'L1' } },
    { type: 'assess', item: car, data: { loss: 'L1' } },
    { type: 'declareTotalLoss', item: car, data: { loss: 'L1', totalLoss: kind } },
  );
  return car;
}

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

describe('a total loss', () => {
  it('that is constructive goes to the auction’s winner alone, is repaired, and bears it for ever', () => {
    const car = totalLoss('constructive', insurer);
    expect(hands(car, insurer, auction, true)).toBe('accepted');
    expect(trade.does(auction, { type: 'sellSalvage', item: car, data: { to: shop.creditCode } })).toBe(
      'accepted',
    );
    expect(hands(car, auction, plant)).toBe('HL-2107');
    expect(hands(car, auction, shop)).toBe('accepted');
    expect(trade.item(car)).toMatchObject({ custodian: shop.creditCode, owner: shop.creditCode });
    expect(trade.does(shop, { type: 'returnToUse', item: car, data: {} })).toBe('HL-2060');
    trade.given(shop, { type: 'inspect', item: car, data: { result: 'fit' } });
    expect(trade.does(shop, { type: 'returnToUse', item: car, data: {} })).toBe('accepted');
    expect(trade.item(car)).toMatchObject({ state: 'inUse', rebuilt: true });
  });

  it('whose buyer never takes it over is sold again by its owner, and by nobody who only holds it', () => {
    const car = totalLoss('constructive');
    const sells = (by: Party, to: Party): string =>
      trade.does(by, { type: 'sellSalvage', item: car, data: { to: to.creditCode } });
    expect(sells(insurer, shop)).toBe('accepted');
    expect(hands(car, insurer, plant)).toBe('HL-2107');
    trade.given(insurer, { type: 'handover', item: car, data: { to: shop.creditCode } });
    expect(sells(insurer, plant), 'the buyer may still take it over').toBe('HL-2021');
    trade.given(insurer, { type: 'withdraw', item: car, data: {} });
    const event = trade.event({ type: 'sellSalvage', item: car, data: { to: plant.creditCode } });
    const [batch] = trade.world.record(insurer.signer.batch([event])).batches;
    expect(batch).toMatchObject({ verdicts: ['accepted'], notices: [[0, 'HL-2305']] });
    expect(hands(car, insurer, shop)).toBe('HL-2107');
    expect(hands(car, insurer, plant)).toBe('accepted');
  });

  it('is given back to its owner before it is sold again', () => {
    const car = totalLoss('constructive');
    expect(hands(car, insurer, auction, true)).toBe('accepted');
    const sells = (by: Party, to: Party): string =>
      trade.does(by, { type: 'sellSalvage', item: car, data: { to: to.creditCode } });
    expect(sells(auction, shop)).toBe('accepted');
    expect(sells(auction, plant)).toBe('HL-2307');
    expect(hands(car, auction, insurer)).toBe('accepted');
    expect(sells(insurer, plant)).toBe('accepted');
    expect(hands(car, insurer, plant)).toBe('accepted');
  });

  it('that must be scrapped is sold to a licensed dismantler and to nobody else', () => {
    const car = totalLoss('mustScrap');
    const sells = (to: Party): string =>
      trade.does(insurer, { type: 'sellSalvage', item: car, data: { to: to.creditCode } });
    expect(sells(shop)).toBe('HL-2112');
    expect(hands(car, insurer, shop)).toBe('HL-2112');
    expect(sells(plant)).toBe('accepted');
    expect(hands(car, insurer, plant)).toBe('accepted');
    expect(trade.does(plant, { type: 'surrender', item: car, data: {} })).toBe('accepted');
  });

  it('whose buyer accepts before the auction house hands over ends in the same state', () => {
    const accept = (car: string): void =>
      trade.given(plant, { type: 'accept', item: car, data: { from: auction.creditCode } });
    const hand = (car: string): void =>
      trade.given(auction, { type: 'handover', item: car, data: { to: plant.creditCode } });
    const ends = [
      [accept, hand],
      [hand, accept],
    ].map((order, i) => {
      const car = registered(insurer, `car ${i}`);
      trade.given(
        insurer,
        { type: 'reportDamage', item: car, data: { loss: 'L1' } },
        { type: 'assess', item: car, data: { loss: 'L1' } },
        { type: 'declareTotalLoss', item: car, data: { loss: 'L1', totalLoss: 'constructive' } },
      );
      hands(car, insurer, auction, true);
      trade.given(auction, { type: 'sellSalvage', item: car, data: { to: plant.creditCode } });
      for (const step of order) step(car);
      const { head: _order, correction: _last, tags: _name, ...rest } = trade.item(car);
      return rest;
    });
    expect(ends[0]).toEqual(ends[1]);
    expect(ends[0]).toMatchObject({ custodian: plant.creditCode, owner: plant.creditCode });
  });
});
