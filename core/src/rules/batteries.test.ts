import { beforeEach, describe, expect, it } from 'vitest';
import type { EventOf } from '../model/events.js';
import { rowKey } from '../model/row-keys.js';
import { Trade, type Party } from '../testing/trade.js';
import { numbered } from '../testing/numbered.js';

type Output = EventOf<'dismantle'>['data']['outputs'][number];

const PACK = '001PE240000003B3C0000001';
const MODULE = '001ME240000003B3C0000002';
const CELL = '001CE240000003B3C0000003';
const NEW_CODE = '08GPE240000005P1A0000001';
const coded = (value: string) => [{ scheme: 'battery' as const, value }];

let trade: Trade;
let shop: Party;
let collector: Party;
let user: Party;
let recycler: Party;
let dealer: Party;
let battery: string;

beforeEach(() => {
  trade = new Trade();
  trade.table('massTolerance', 1, { permille: 10 });
  trade.table('secondLifeCapacity', 1, { permille: 600 });
  shop = trade.party('shop', ['repairShop'], { mspId: 'AftermarketMSP' });
  collector = trade.party('collector', ['collector']);
  user = trade.party('second-life user', ['secondLifeUser'], { mspId: 'AftermarketMSP' });
  recycler = trade.party('recycler', ['smelter']);
  dealer = trade.party('dealer', ['partsDealer'], { mspId: 'AftermarketMSP' });
  battery = registers(shop, PACK);
});

function registers(who: Party, code: string | undefined, massGrams: number | undefined = 400_000): string {
  const { item, nonce } = who.signer.item(`battery ${code ?? 'without a code'}`);
  trade.given(who, {
    type: 'register',
    item,
    data: {
      kind: 'battery',
      category: 'tractionBattery',
      nonce,
      tags: code === undefined ? [] : coded(code),
      massGrams,
    },
  });
  return item;
}
const output = (who: Party, name: string, massGrams: number, extra: Partial<Output> = {}): Output => ({
  ...who.signer.item(name),
  kind: 'lot',
  category: 'blackMass',
  massGrams,
  ...extra,
});
const inner = (who: Party, code: string, massGrams: number): Output =>
  output(who, code, massGrams, { kind: 'battery', category: 'tractionBattery', tags: coded(code) });
const hands = (
  item: string,
  from: Party,
  to: Party,
  data: { keepOwnership?: boolean; consignee?: string } = {},
): string => {
  const verdict = trade.does(from, { type: 'handover', item, data: { to: to.creditCode, ...data } });
  if (verdict === 'accepted') trade.given(to, { type: 'accept', item, data: { from: from.creditCode } });
  return verdict;
};
const takesIn = (who: Party, item = battery, massGrams = 400_000): string =>
  trade.does(who, { type: 'takeInBattery', item, data: { massGrams, toleranceVersion: 1 } });
const tests = (
  who: Party,
  capacityPermille: number,
  extra: Partial<EventOf<'testBattery'>['data']> = {},
): string =>
  trade.does(who, {
    type: 'testBattery',
    item: battery,
    data: { capacityPermille, tableVersion: 1, ...extra },
  });
const repurposes = (
  who: Party,
  product: Partial<Output> = {},
  masses: { addedGrams?: number; lossGrams?: number } = {},
): string =>
  trade.does(who, {
    type: 'repurpose',
    item: battery,
    data: {
      product: output(who, 'product', 400_000, {
        kind: 'battery',
        category: 'energyStorage',
        tags: coded(NEW_CODE),
        ...product,
      }),
      lossGrams: 0,
      toleranceVersion: 1,
      ...masses,
    },
  });
const recycles = (who: Party, item: string, outputs: Output[], lossGrams = 0): string =>
  trade.does(who, { type: 'recycle', item, data: { outputs, lossGrams, toleranceVersion: 1 } });
const takesApart = (who: Party, item: string, outputs: Output[]): string =>
  trade.does(who, { type: 'dismantle', item, data: { outputs, lossGrams: 0, toleranceVersion: 1 } });

/** The battery at a party, tested. */
function testedAt(who: Party, capacityPermille: number): void {
  hands(battery, shop, who);
  expect(takesIn(who)).toBe('accepted');
  expect(tests(who, capacityPermille)).toBe('accepted');
}

describe('a battery on paper', () => {
  const slip = { document: 'd'.repeat(64), household: 'SLIP-1' };
  const gives = (by: Party, item: string): string =>
    trade.does(by, { type: 'acceptOnBehalf', item, data: slip });
  const comesBack = (to: Party, item: string): string =>
    trade.does(to, { type: 'receiveOnPaper', item, data: slip });

  it('goes to nobody as long as only who is licensed takes it in', () => {
    expect(gives(shop, battery)).toBe('HL-2187');
    expect(comesBack(shop, battery)).toBe('HL-2186');
    testedAt(user, 800);
    expect(gives(user, battery)).toBe('HL-2187');
  });

  it('goes as a second-life product to who uses it, and comes back to be collected', () => {
    testedAt(user, 800);
    expect(repurposes(user)).toBe('accepted');
    const product = user.signer.item('product').item;
    expect(gives(user, product)).toBe('accepted');
    expect(trade.item(product)).toMatchObject({ custodian: 'household:SLIP-1', state: 'secondLife' });
    expect(comesBack(user, product)).toBe('accepted');
    expect(trade.does(user, { type: 'collectBattery', item: product, data: {} })).toBe('accepted');
    expect(gives(user, product)).toBe('HL-2187');
  });
});

describe('a battery out of use', () => {
  it('is collected, taken in, tested, made into a second-life product, which comes back and is recycled', () => {
    hands(battery, shop, collector);
    expect(trade.does(collector, { type: 'collectBattery', item: battery, data: { slip: 'S-1' } })).toBe(
      'accepted',
    );
    expect(trade.item(battery).state).toBe('collected');
    hands(battery, collector, user);
    expect(tests(user, 800)).toBe('HL-2010');
    expect(takesIn(user)).toBe('accepted');
    expect(tests(user, 800)).toBe('accepted');
    expect(trade.item(battery)).toMatchObject({
      state: 'tested',
      battery: { capacityPermille: 800, result: 'secondLife' },
    });
    expect(repurposes(user)).toBe('accepted');
    const product = user.signer.item('product').item;
    expect(trade.item(battery).state).toBe('repurposed');
    expect(trade.item(product)).toMatchObject({
      state: 'secondLife',
      parent: battery,
      battery: { capacityPermille: 800 },
    });
    const site = trade.party('site', ['retailer'], { mspId: 'AftermarketMSP' });
    expect(hands(product, user, site)).toBe('accepted');
    expect(hands(product, site, collector)).toBe('accepted');
    expect(trade.does(collector, { type: 'collectBattery', item: product, data: {} })).toBe('accepted');
    expect(hands(product, collector, recycler)).toBe('accepted');
    expect(takesIn(recycler, product)).toBe('accepted');
    expect(recycles(recycler, product, [output(recycler, 'black mass', 395_000)], 4_000)).toBe('accepted');
    expect(trade.item(product).state).toBe('recycled');
    expect(trade.item(recycler.signer.item('black mass').item)).toMatchObject({ parent: product });
    const report = { type: 'reportTrace', item: product, data: { number: 'T-1' } } as const;
    expect(trade.does(recycler, report)).toBe('accepted');
    expect(trade.does(dealer, report)).toBe('HL-2030');
  });

  it('is taken in, tested and recycled by who has a licence alone', () => {
    const unlicensed = trade.party('unlicensed', ['secondLifeUser'], { licence: false });
    hands(battery, shop, unlicensed);
    expect(takesIn(unlicensed)).toBe('HL-2031');
    expect(hands(battery, unlicensed, dealer)).toBe('accepted');
    expect(takesIn(dealer)).toBe('HL-2030');
    expect(hands(battery, dealer, user)).toBe('accepted');
    takesIn(user);
    expect(recycles(user, battery, [output(user, 'black mass', 400_000)])).toBe('HL-2030');
  });

  it('weighs at intake what is on record, within the tolerance of the table', () => {
    hands(battery, shop, user);
    expect(takesIn(user, battery, 404_001)).toBe('HL-2050');
    expect(takesIn(user, battery, 395_999)).toBe('HL-2050');
    expect(takesIn(user, battery, 404_000)).toBe('accepted');
    expect(trade.item(battery).massGrams).toBe(404_000);
  });

  it('is neither shredded nor dumped: it is recycled', () => {
    hands(battery, shop, recycler);
    expect(trade.does(recycler, { type: 'dispose', item: battery, data: { method: 'smelted' } })).toBe(
      'HL-2004',
    );
  });
});

describe('a battery that failed its test', () => {
  it('for want of capacity or for a defect goes to a licensed recycler and to nobody else', () => {
    testedAt(user, 599);
    expect(trade.item(battery).battery).toMatchObject({ result: 'recycle' });
    expect(repurposes(user)).toBe('HL-2167');
    expect(hands(battery, user, dealer)).toBe('HL-2167');
    expect(hands(battery, user, collector)).toBe('HL-2167');
    expect(hands(battery, user, collector, { keepOwnership: true })).toBe('HL-2107');
    const away = { keepOwnership: true, consignee: dealer.creditCode };
    expect(hands(battery, user, collector, away)).toBe('HL-2167');
    const unlicensed = trade.party('unlicensed', ['smelter'], { licence: false });
    expect(hands(battery, user, unlicensed)).toBe('HL-2167');
    expect(hands(battery, user, collector, { ...away, consignee: recycler.creditCode })).toBe('accepted');
    expect(hands(battery, collector, recycler)).toBe('accepted');
    expect(trade.item(battery)).toMatchObject({ owner: recycler.creditCode });
  });

  it('is not tested until it passes, not fitted, and taken apart only by who recycles it', () => {
    testedAt(user, 900);
    expect(tests(user, 900, { defect: 'leaking' })).toBe('accepted');
    expect(tests(user, 900)).toBe('HL-2167');
    trade.given(user, { type: 'inspect', item: battery, data: { result: 'fit' } });
    const pack = user.signer.item('pack').item;
    expect(trade.does(user, { type: 'fit', item: battery, data: { into: pack } })).toBe('HL-2167');
    expect(takesApart(user, battery, [inner(user, MODULE, 400_000)])).toBe('HL-2167');
    expect(hands(battery, user, recycler)).toBe('accepted');
    expect(takesApart(recycler, battery, [inner(recycler, MODULE, 400_000)])).toBe('accepted');
  });

  it('was not tested by a table that is not in force', () => {
    hands(battery, shop, user);
    takesIn(user);
    expect(tests(user, 900, { tableVersion: 2 })).toBe('HL-2070');
  });
});

describe('second life', () => {
  it('needs a new test when the battery was used again since', () => {
    const both = trade.party('both', ['secondLifeUser', 'repairShop'], { mspId: 'AftermarketMSP' });
    testedAt(both, 900);
    const { item: car, nonce } = both.signer.item('car');
    trade.given(
      both,
      {
        type: 'register',
        item: car,
        data: { kind: 'vehicle', category: 'electricCar', nonce, tags: numbered(nonce) },
      },
      { type: 'inspect', item: battery, data: { result: 'fit' } },
      { type: 'fit', item: battery, data: { into: car } },
      { type: 'remove', item: battery, data: { from: car } },
    );
    expect(trade.item(battery)).toMatchObject({ state: 'removed', massGrams: 400_000 });
    expect(trade.item(battery).battery).toBeUndefined();
    expect(hands(battery, both, dealer)).toBe('accepted');
  });

  it('needs a test that was passed', () => {
    hands(battery, shop, user);
    expect(takesIn(user)).toBe('accepted');
    expect(repurposes(user)).toBe('HL-2010');
  });

  it('is for a licensed second-life user: others pass a fit battery on, to nobody else', () => {
    testedAt(recycler, 800);
    expect(repurposes(recycler)).toBe('HL-2030');
    expect(hands(battery, recycler, dealer)).toBe('HL-2168');
    const unlicensed = trade.party('unlicensed', ['secondLifeUser'], { licence: false });
    expect(hands(battery, recycler, unlicensed)).toBe('HL-2168');
    expect(hands(battery, recycler, user)).toBe('accepted');
    expect(repurposes(user)).toBe('accepted');
  });

  it('makes one product of a battery, once, under a code of its own', () => {
    testedAt(user, 700);
    expect(repurposes(user, { tags: [] })).toBe('HL-2161');
    expect(repurposes(user, { kind: 'lot' })).toBe('HL-2161');
    expect(repurposes(user, { tags: coded(PACK) })).toBe('HL-2170');
    registers(shop, MODULE);
    expect(repurposes(user, { tags: coded(MODULE) })).toBe('HL-2170');
    expect(repurposes(user)).toBe('accepted');
    expect(repurposes(user, user.signer.item('another'))).toBe('HL-2011');
    // The old code is retired and still found.
    expect(trade.world.row(rowKey.tag({ scheme: 'battery', value: PACK }))).toEqual({
      item: battery,
      retired: true,
    });
  });

  it('makes no mass: product and loss are the old battery and what was built in', () => {
    testedAt(user, 700);
    expect(repurposes(user, { massGrams: 405_000 })).toBe('HL-2050');
    expect(repurposes(user, { massGrams: 390_000 }, { lossGrams: 1_000 })).toBe('HL-2050');
    expect(repurposes(user, { massGrams: 450_000 }, { addedGrams: 60_000, lossGrams: 10_000 })).toBe(
      'accepted',
    );
  });
});

describe('a pack that is taken apart', () => {
  beforeEach(() => {
    hands(battery, shop, user);
    takesIn(user);
  });

  it('becomes modules and cells, each under its code, and nothing bigger', () => {
    const other = '001PE240000003B3C0000009';
    expect(takesApart(user, battery, [inner(user, other, 400_000)])).toBe('HL-2166');
    const uncoded = { ...inner(user, MODULE, 400_000), tags: [] };
    expect(takesApart(user, battery, [uncoded])).toBe('HL-2161');
    const [first, second] = [inner(user, MODULE, 300_000), inner(user, CELL, 100_000)];
    expect(takesApart(user, battery, [first, second])).toBe('accepted');
    expect(trade.item(first.item)).toMatchObject({ state: 'removed', parent: battery });
    const cell = inner(user, '001CE240000003B3C0000004', 300_000);
    expect(takesApart(user, first.item, [cell])).toBe('accepted');
    expect(takesApart(user, cell.item, [inner(user, '001CE240000003B3C0000005', 300_000)])).toBe('HL-2166');
  });

  it('keeps its mass, and a dismantler of cars does not do it', () => {
    expect(takesApart(user, battery, [inner(user, MODULE, 395_000)])).toBe('HL-2050');
    const plant = trade.party('plant', ['dismantler']);
    hands(battery, user, plant);
    expect(takesApart(plant, battery, [inner(plant, MODULE, 400_000)])).toBe('HL-2030');
  });

  it('is recycled into fractions, not into parts', () => {
    hands(battery, user, recycler);
    expect(recycles(recycler, battery, [])).toBe('HL-2052');
    expect(recycles(recycler, battery, [inner(recycler, MODULE, 400_000)])).toBe('HL-2172');
    expect(recycles(recycler, battery, [output(recycler, 'black mass', 300_000)])).toBe('HL-2050');
  });
});

describe('nesting', () => {
  it('puts a cell into a module, a module into a pack, a pack into a vehicle, and nothing else', () => {
    const [module, cell, uncoded] = [
      registers(shop, MODULE, 50_000),
      registers(shop, CELL, 1_000),
      registers(shop, undefined),
    ] as [string, string, string];
    const { item: car, nonce } = shop.signer.item('car');
    const { item: rack, nonce: second } = shop.signer.item('rack');
    trade.given(
      shop,
      {
        type: 'register',
        item: car,
        data: { kind: 'vehicle', category: 'electricCar', nonce, tags: numbered(nonce) },
      },
      { type: 'register', item: rack, data: { kind: 'part', category: 'rack', nonce: second, tags: [] } },
    );
    const fits = (item: string, into: string): string => {
      trade.given(shop, { type: 'inspect', item, data: { result: 'fit' } });
      return trade.does(shop, { type: 'fit', item, data: { into } });
    };
    for (const [item, into] of [
      [cell, battery],
      [cell, car],
      [module, car],
      [module, cell],
      [battery, rack],
      [battery, module],
    ] as const)
      expect(fits(item, into)).toBe('HL-2166');
    expect(fits(uncoded, car)).toBe('HL-2161');
    expect(fits(cell, module)).toBe('accepted');
    expect(fits(module, battery)).toBe('accepted');
    expect(fits(battery, car)).toBe('accepted');
    // It goes where the car goes.
    hands(car, shop, dealer);
    expect(trade.does(shop, { type: 'remove', item: cell, data: { from: module } })).toBe('HL-2020');
  });
});
