import { beforeEach, describe, expect, it } from 'vitest';
import { rowKey } from '../model/row-keys.js';
import type { EventOf } from '../model/events.js';
import { Trade, type Party } from '../testing/trade.js';
import { numbered } from '../testing/numbered.js';

type Output = EventOf<'dismantle'>['data']['outputs'][number];

let trade: Trade;
let plant: Party;
let engines: Party;
let smelter: Party;
let shredder: Party;
let shop: Party;
let trader: Party;
let carrier: Party;
let car: string;

/** A vehicle whose record says one engine and two axles. */
beforeEach(() => {
  trade = new Trade();
  trade.table('massTolerance', 1, { permille: 10 });
  plant = trade.party('plant', ['dismantler']);
  engines = licensedFor('engine works', 'engine');
  smelter = trade.party('smelter', ['smelter']);
  shredder = trade.party('shredder', ['shredder']);
  shop = trade.party('shop', ['repairShop'], { mspId: 'AftermarketMSP' });
  trader = trade.party('trader', ['partsDealer'], { mspId: 'AftermarketMSP' });
  carrier = trade.party('carrier', ['carrier']);
  car = trade.depolluted(plant, 'LSVAM4186C2123456', {
    assemblies: { engine: 1, frontAxle: 1, rearAxle: 1 },
  });
});

/** A remanufacturer whose licence names one category. */
function licensedFor(name: string, category: string): Party {
  const party = trade.party(name, ['remanufacturer'], { mspId: 'AftermarketMSP', licence: false });
  const licence = {
    number: 'R-1',
    kind: 'remanufacturer' as const,
    categories: [category],
    annualCapacity: 1_000,
    validFrom: 0,
    validTo: 2_000_000_000,
    authority: '市场监管局',
  };
  const { creditCode } = party;
  trade.given(trade.aftermarket, { type: 'licence.grant', data: { creditCode, licence } });
  trade.given(trade.oversight, { type: 'licence.countersign', data: { creditCode, number: 'R-1' } });
  return party;
}

function output(name: string, category: string, massGrams = 10_000): Output {
  return { ...plant.signer.item(name), kind: 'part', category, massGrams };
}
const takesOut = (...outputs: Output[]): string =>
  trade.does(plant, { type: 'dismantle', item: car, data: { outputs } });

/** An assembly that came out of the car and was inspected. */
function taken(category: string, result?: 'fit' | 'unfit', massGrams?: number): string {
  const made = output(`the ${category}`, category, massGrams);
  expect(takesOut(made)).toBe('accepted');
  if (result) inspects(plant, made.item, result);
  return made.item;
}
function inspects(who: Party, item: string, result: 'fit' | 'unfit'): void {
  trade.given(who, { type: 'inspect', item, data: { result } });
}
const goes = (
  item: string,
  from: Party,
  to: Party,
  data: { keepOwnership?: boolean; consignee?: string } = {},
): string => trade.does(from, { type: 'handover', item, data: { to: to.creditCode, ...data } });
function arrives(item: string, from: Party, to: Party): void {
  trade.given(to, { type: 'accept', item, data: { from: from.creditCode } });
}

describe('an assembly of a scrapped vehicle', () => {
  it('that is fit goes to a remanufacturer licensed for it', () => {
    const engine = taken('engine', 'fit');
    expect(goes(engine, plant, engines)).toBe('accepted');
    arrives(engine, plant, engines);
    expect(trade.item(engine)).toMatchObject({ owner: engines.creditCode, class: 'usedPart' });
  });

  it('does not go to a remanufacturer whose licence lacks it', () => {
    expect(goes(taken('transmission', 'fit'), plant, engines)).toBe('HL-2105');
  });

  it('that is unfit goes to a smelter or a shredder, and what was not inspected goes nowhere', () => {
    expect(goes(taken('frame', 'unfit', 212_000), plant, smelter)).toBe('accepted');
    expect(goes(taken('steeringGear', 'unfit'), plant, shredder)).toBe('accepted');
    const transmission = taken('transmission');
    expect(goes(transmission, plant, engines)).toBe('HL-2106');
    expect(goes(transmission, plant, smelter)).toBe('HL-2106');
  });

  it('that is fit is not smelted, and one that is unfit is not remanufactured', () => {
    expect(goes(taken('engine', 'fit'), plant, smelter)).toBe('HL-2106');
    expect(goes(taken('frontAxle', 'unfit'), plant, engines)).toBe('HL-2104');
  });

  it('goes neither to a repair shop nor to a trader as their own', () => {
    const axle = taken('frontAxle', 'fit');
    expect(goes(axle, plant, shop)).toBe('HL-2104');
    expect(goes(axle, plant, trader)).toBe('HL-2104');
    expect(goes(axle, plant, shop, { keepOwnership: true })).toBe('HL-2104');
  });

  it('is carried to a lawful consignee, who alone may have it', () => {
    const engine = taken('engine', 'fit');
    expect(goes(engine, plant, carrier)).toBe('HL-2104');
    expect(goes(engine, plant, carrier, { keepOwnership: true })).toBe('HL-2107');
    const toShop = { keepOwnership: true, consignee: shop.creditCode };
    expect(goes(engine, plant, carrier, toShop)).toBe('HL-2104');
    const toWorks = { keepOwnership: true, consignee: engines.creditCode };
    expect(goes(engine, plant, carrier, toWorks)).toBe('accepted');
    arrives(engine, plant, carrier);
    expect(trade.item(engine)).toMatchObject({ owner: plant.creditCode, consignee: engines.creditCode });
    expect(goes(engine, carrier, smelter)).toBe('HL-2107');
    expect(goes(engine, carrier, shop)).toBe('HL-2107');
    expect(goes(engine, carrier, engines)).toBe('accepted');
    arrives(engine, carrier, engines);
    expect(trade.item(engine)).toMatchObject({ owner: engines.creditCode, custodian: engines.creditCode });
    expect(trade.item(engine).consignee).toBeUndefined();
  });

  it('comes out no more often than the vehicle’s record says', () => {
    taken('engine');
    expect(takesOut(output('another engine', 'engine'))).toBe('HL-2103');
    expect(takesOut(output('front', 'frontAxle'), output('rear', 'rearAxle'))).toBe('accepted');
    expect(takesOut(output('a third axle', 'rearAxle'))).toBe('HL-2103');
  });

  it('is not marked as reused', () => {
    const engine = taken('engine', 'fit');
    expect(trade.does(plant, { type: 'markReused', item: engine, data: { mark: 'R-1' } })).toBe('HL-2108');
  });
});

describe('a core', () => {
  function graded(grade: 'A' | 'unfit'): string {
    const engine = taken('engine', 'fit');
    goes(engine, plant, engines);
    arrives(engine, plant, engines);
    trade.given(
      engines,
      { type: 'designateCore', item: engine, data: {} },
      { type: 'grade', item: engine, data: { grade } },
    );
    return engine;
  }
  const remade = (core: string, name = 'product'): string =>
    trade.does(engines, {
      type: 'remanufacture',
      item: core,
      data: {
        product: {
          ...engines.signer.item(name),
          kind: 'part',
          category: 'engine',
          massGrams: 9_900,
          tags: [{ scheme: 'serial', value: name }],
        },
        mark: 'ZZZ-1',
      },
    });

  it('that fails grading goes to a shredder and not to a shop, and is not remanufactured', () => {
    const core = graded('unfit');
    expect(goes(core, engines, shop)).toBe('HL-2111');
    expect(remade(core)).toBe('HL-2111');
    expect(goes(core, engines, shredder)).toBe('accepted');
  });

  it('becomes one product, once, which names it and may be fitted into any vehicle', () => {
    const core = graded('A');
    expect(remade(core)).toBe('accepted');
    expect(remade(core, 'second')).toBe('HL-2011');
    const product = engines.signer.item('product').item;
    expect(trade.item(product)).toMatchObject({
      class: 'remanufacturedPart',
      core,
      state: 'inspected',
      inspection: 'fit',
    });
    expect(trade.world.row(rowKey.item(core))).toMatchObject({ state: 'remanufactured' });
    trade.given(engines, { type: 'handover', item: product, data: { to: shop.creditCode } });
    arrives(product, engines, shop);
    const other = shop.signer.item('another car');
    trade.given(shop, {
      type: 'register',
      item: other.item,
      data: { kind: 'vehicle', category: 'sedan', nonce: other.nonce, tags: numbered(other.nonce) },
    });
    expect(trade.does(shop, { type: 'fit', item: product, data: { into: other.item } })).toBe('accepted');
  });
});

describe('an assembly of a registered car', () => {
  function removed(): { engine: string; vehicle: string } {
    const [vehicle, engine] = [shop.signer.item('registered car'), shop.signer.item('its engine')];
    trade.given(
      shop,
      {
        type: 'register',
        item: vehicle.item,
        data: { kind: 'vehicle', category: 'sedan', nonce: vehicle.nonce, tags: numbered(vehicle.nonce) },
      },
      {
        type: 'register',
        item: engine.item,
        data: { kind: 'part', category: 'engine', class: 'newPart', nonce: engine.nonce, tags: [] },
      },
      { type: 'inspect', item: engine.item, data: { result: 'fit' } },
      { type: 'fit', item: engine.item, data: { into: vehicle.item } },
      { type: 'remove', item: engine.item, data: { from: vehicle.item } },
      { type: 'inspect', item: engine.item, data: { result: 'fit' } },
    );
    return { engine: engine.item, vehicle: vehicle.item };
  }

  it('is repaired and refitted into that car', () => {
    const { engine, vehicle } = removed();
    expect(trade.item(engine)).toMatchObject({ class: 'usedPart', removedFrom: vehicle });
    expect(trade.does(shop, { type: 'fit', item: engine, data: { into: vehicle } })).toBe('accepted');
  });

  it('is not fitted into another car, nor marked as a second-hand part for one', () => {
    const { engine } = removed();
    const { item, nonce } = shop.signer.item('another car');
    trade.given(shop, {
      type: 'register',
      item,
      data: { kind: 'vehicle', category: 'sedan', nonce, tags: numbered(nonce) },
    });
    expect(trade.does(shop, { type: 'fit', item: engine, data: { into: item } })).toBe('HL-2116');
    expect(trade.does(shop, { type: 'markReused', item: engine, data: { mark: 'R-2' } })).toBe('HL-2310');
    expect(trade.does(shop, { type: 'fit', item: engine, data: { into: item } })).toBe('HL-2116');
  });

  it('nor does one of unknown origin that a trader brings', () => {
    const { item, nonce } = trader.signer.item('an engine');
    const data = { kind: 'part' as const, category: 'engine', nonce, tags: [], massGrams: 140_000 };
    trade.given(trader, { type: 'register', item, data });
    expect(goes(item, trader, shop)).toBe('accepted');
    trade.given(shop, { type: 'accept', item, data: { from: trader.creditCode } });
    trade.given(shop, { type: 'inspect', item, data: { result: 'fit' } });
    expect(trade.does(shop, { type: 'markReused', item, data: { mark: 'R-3' } })).toBe('HL-2310');
  });

  it('is sold as a core to whom it may concern', () => {
    const { engine } = removed();
    expect(trade.does(shop, { type: 'designateCore', item: engine, data: {} })).toBe('accepted');
    expect(goes(engine, shop, trader)).toBe('accepted');
  });
});

describe('an assembly that was fitted on the ledger and comes out of a scrapped vehicle', () => {
  /** A car whose engine was fitted by a workshop, and which its dismantler has taken in. */
  function scrappedWithEngine(supervised = false): { engine: string; vehicle: string; both: Party } {
    const both = trade.party('workshop and plant', ['repairShop', 'dismantler']);
    const vehicle = both.signer.item('its car');
    const engine = trade.bought(both, 'its engine', 'engine', 142_000);
    trade.given(
      both,
      {
        type: 'register',
        item: vehicle.item,
        data: { kind: 'vehicle', category: 'sedan', nonce: vehicle.nonce, tags: numbered(vehicle.nonce) },
      },
      { type: 'inspect', item: engine, data: { result: 'fit' } },
      { type: 'fit', item: engine, data: { into: vehicle.item } },
      { type: 'surrender', item: vehicle.item, data: {} },
      { type: 'receive', item: vehicle.item, data: { massGrams: 1_000_000, supervised } },
      { type: 'issueCertificate', item: vehicle.item, data: { number: 'C-9' } },
    );
    return { engine, vehicle: vehicle.item, both };
  }
  function drains(both: Party, item: string): void {
    const oil = { ...both.signer.item('oil'), kind: 'lot' as const, category: 'wasteOil', massGrams: 1_000 };
    trade.given(both, { type: 'depollute', item, data: { outputs: [oil] } });
  }
  const removes = (both: Party, item: string, from: string): string =>
    trade.does(both, { type: 'remove', item, data: { from } });

  it('is as bound as one that was always in it', () => {
    const { engine, vehicle, both } = scrappedWithEngine();
    expect(removes(both, engine, vehicle)).toBe('HL-2101');
    drains(both, vehicle);
    expect(removes(both, engine, vehicle)).toBe('accepted');
    inspects(both, engine, 'fit');
    expect(trade.does(both, { type: 'markReused', item: engine, data: { mark: 'R-9' } })).toBe('HL-2108');
    expect(goes(engine, both, trader)).toBe('HL-2104');
    expect(goes(engine, both, engines)).toBe('accepted');
  });

  it('is one of those on the vehicle’s record, and weighs what it weighs', () => {
    const { engine, vehicle, both } = scrappedWithEngine();
    drains(both, vehicle);
    const second = {
      ...both.signer.item('second'),
      kind: 'part' as const,
      category: 'engine',
      massGrams: 90_000,
    };
    expect(removes(both, engine, vehicle)).toBe('accepted');
    expect(trade.item(vehicle)).toMatchObject({ assemblies: { engine: 0 }, takenGrams: 143_000 });
    expect(trade.does(both, { type: 'dismantle', item: vehicle, data: { outputs: [second] } })).toBe(
      'HL-2103',
    );
  });

  it('does not come out when as many as on record came out before', () => {
    const { engine, vehicle, both } = scrappedWithEngine();
    drains(both, vehicle);
    const first = {
      ...both.signer.item('first'),
      kind: 'part' as const,
      category: 'engine',
      massGrams: 90_000,
    };
    trade.given(both, { type: 'dismantle', item: vehicle, data: { outputs: [first] } });
    expect(removes(both, engine, vehicle)).toBe('HL-2103');
  });

  it('does not come out before the supervisor has signed', () => {
    const { engine, vehicle, both } = scrappedWithEngine(true);
    drains(both, vehicle);
    expect(removes(both, engine, vehicle)).toBe('HL-2102');
  });

  it('is not fitted into another car by who registers it as a new one', () => {
    const both = trade.party('workshop and plant', ['repairShop', 'dismantler']);
    const [engine, other] = [both.signer.item('its engine'), both.signer.item('another car')];
    const part = { kind: 'part' as const, category: 'engine', class: 'newPart' as const, tags: [] };
    const tags = numbered(other.nonce);
    trade.given(
      both,
      { type: 'register', item: engine.item, data: { ...part, nonce: engine.nonce } },
      { type: 'inspect', item: engine.item, data: { result: 'fit' } },
      {
        type: 'register',
        item: other.item,
        data: { kind: 'vehicle', category: 'sedan', nonce: other.nonce, tags },
      },
    );
    expect(trade.does(both, { type: 'fit', item: engine.item, data: { into: other.item } })).toBe('HL-2108');
  });
});
