import { beforeEach, describe, expect, it } from 'vitest';
import { rowKey } from '../model/row-keys.js';
import type { EventOf } from '../model/events.js';
import { Trade, type Party } from '../testing/trade.js';

type Output = EventOf<'dismantle'>['data']['outputs'][number];

let trade: Trade;
let plant: Party;
let alternator: string;

beforeEach(() => {
  trade = new Trade();
  trade.table('massTolerance', 1, { permille: 10 });
  plant = trade.party('plant', ['processor', 'shredder']);
  alternator = registers(plant, 'alternator', 1_000_000);
  trade.given(plant, { type: 'inspect', item: alternator, data: { result: 'unfit' } });
});

function registers(who: Party, name: string, massGrams?: number): string {
  const { item, nonce } = who.signer.item(name);
  const tags = [{ scheme: 'serial' as const, value: name }];
  trade.given(who, {
    type: 'register',
    item,
    data: {
      kind: 'part',
      category: 'alternator',
      nonce,
      tags,
      ...(massGrams === undefined ? {} : { massGrams }),
    },
  });
  return item;
}
function output(name: string, massGrams: number, extra: Partial<Output> = {}): Output {
  return { ...plant.signer.item(name), kind: 'lot', category: 'steel', massGrams, ...extra };
}
function dismantles(
  outputs: Output[],
  lossGrams = 0,
  options: { who?: Party; item?: string; toleranceVersion?: number } = {},
): string {
  const { who = plant, item = alternator, toleranceVersion = 1 } = options;
  return trade.does(who, { type: 'dismantle', item, data: { outputs, lossGrams, toleranceVersion } });
}

describe('a dismantling', () => {
  it('turns an inspected item into parts and fractions of the same holder and owner', () => {
    const shaft = output('shaft', 120_000, {
      kind: 'part',
      category: 'shaft',
      tags: [{ scheme: 'serial', value: 'S-1' }],
    });
    const steel = output('steel', 875_000);
    expect(dismantles([shaft, steel], 5_000)).toBe('accepted');
    expect(trade.item(alternator)).toMatchObject({ state: 'dismantled', count: 3 });
    expect(trade.item(shaft.item)).toMatchObject({
      state: 'registered',
      kind: 'part',
      parent: alternator,
      custodian: plant.creditCode,
      owner: plant.creditCode,
      massGrams: 120_000,
      count: 1,
    });
    expect(trade.item(steel.item)).toMatchObject({ kind: 'lot', category: 'steel', parent: alternator });
    expect(trade.world.row(rowKey.tag({ scheme: 'serial', value: 'S-1' }))).toEqual({
      item: shaft.item,
    });
    expect(trade.world.row(rowKey.tag({ scheme: 'serial', value: 'alternator' }))).toEqual({
      item: alternator,
      retired: true,
    });
  });

  it('is refused when mass appears or vanishes beyond the tolerance of the table it names', () => {
    expect(dismantles([output('steel', 989_999)])).toBe('HL-2050');
    expect(dismantles([output('steel', 1_010_001)])).toBe('HL-2050');
    expect(dismantles([output('steel', 900_000)], 110_001)).toBe('HL-2050');
    expect(dismantles([output('steel', 990_000)])).toBe('accepted');
  });

  it('is refused without outputs, without the mass of the item and without a table', () => {
    expect(dismantles([])).toBe('HL-2052');
    expect(dismantles([output('steel', 1_000_000)], 0, { toleranceVersion: 2 })).toBe('HL-2070');
    const unweighed = registers(plant, 'unweighed');
    trade.given(plant, { type: 'inspect', item: unweighed, data: { result: 'unfit' } });
    expect(dismantles([output('steel', 1)], 0, { item: unweighed })).toBe('HL-2051');
  });

  it('is refused by a table that is not approved, or not yet in force', () => {
    trade.given(trade.oversight, {
      type: 'rule.propose',
      data: { name: 'massTolerance', province: 'CN', version: 2, from: 0, table: { permille: 10 } },
    });
    trade.table('massTolerance', 3, { permille: 10 }, trade.world.time + 1);
    for (const toleranceVersion of [2, 3])
      expect(dismantles([output('steel', 1_000_000)], 0, { toleranceVersion })).toBe('HL-2070');
  });

  it('is refused before the inspection, a second time, and by somebody who does not hold the item', () => {
    const fresh = registers(plant, 'fresh', 1_000_000);
    expect(dismantles([output('steel', 1_000_000)], 0, { item: fresh })).toBe('HL-2010');
    const rival = trade.party('rival', ['processor']);
    expect(dismantles([output('steel', 1_000_000)], 0, { who: rival })).toBe('HL-2020');
    expect(dismantles([output('steel', 1_000_000)])).toBe('accepted');
    expect(dismantles([output('more steel', 1_000_000)])).toBe('HL-2011');
  });

  it('is refused without a licence that is countersigned, in force and for the category', () => {
    const unlicensed = trade.party('unlicensed', ['processor'], { licence: false });
    const item = registers(unlicensed, 'old-alternator', 1000);
    trade.given(unlicensed, { type: 'inspect', item, data: { result: 'unfit' } });
    const steel = {
      ...unlicensed.signer.item('some steel'),
      kind: 'lot' as const,
      category: 'steel',
      massGrams: 1000,
    };
    const tries = (): string => dismantles([steel], 0, { who: unlicensed, item });
    expect(tries()).toBe('HL-2031');
    const { creditCode } = unlicensed;
    const licence = {
      number: 'L-1',
      kind: 'processor' as const,
      categories: ['television'],
      annualCapacity: 1,
      validFrom: 0,
      validTo: 2_000_000_000,
      authority: '商务局',
    };
    const grants = (change: object): void => {
      trade.given(trade.recycling, {
        type: 'licence.grant',
        data: { creditCode, licence: { ...licence, ...change } },
      });
    };
    const countersigns = (): string =>
      trade.does(trade.oversight, { type: 'licence.countersign', data: { creditCode, number: 'L-1' } });
    grants({ categories: ['alternator'] });
    expect(tries()).toBe('HL-2031');
    expect(countersigns()).toBe('accepted');
    grants({ categories: ['television'] }); // entered again: the countersignature is gone
    expect(tries()).toBe('HL-2031');
    countersigns();
    expect(tries()).toBe('HL-2031');
    grants({ categories: ['alternator'], validTo: trade.world.time });
    countersigns();
    expect(tries()).toBe('HL-2033');
    grants({ categories: ['alternator'], validFrom: trade.world.time });
    countersigns();
    expect(tries()).toBe('accepted');
  });

  it('of a part is for who is licensed for what it came out of, and not for another’s vehicles', () => {
    const yard = trade.party('yard', ['dismantler'], { categories: ['sedan'] });
    const of = (who: Party, name: string, massGrams: number, kind: 'part' | 'lot') => ({
      ...who.signer.item(name),
      kind,
      category: name,
      massGrams,
    });
    const car = trade.depolluted(yard, 'car');
    const door = of(yard, 'door', 30_000, 'part');
    const mirror = of(yard, 'mirror', 1_000, 'part');
    trade.given(
      yard,
      { type: 'dismantle', item: car, data: { outputs: [door] } },
      { type: 'inspect', item: door.item, data: { result: 'fit' } },
    );
    const outputs = [mirror, of(yard, 'steel', 29_000, 'lot')];
    expect(dismantles(outputs, 0, { who: yard, item: door.item })).toBe('accepted');
    trade.given(yard, { type: 'inspect', item: mirror.item, data: { result: 'fit' } });
    const glass = [of(yard, 'glass', 1_000, 'lot')];
    expect(dismantles(glass, 0, { who: yard, item: mirror.item })).toBe('accepted');

    const buses = trade.party('buses', ['dismantler'], { categories: ['bus'] });
    const seat = of(yard, 'seat', 9_000, 'part');
    trade.given(
      yard,
      { type: 'dismantle', item: car, data: { outputs: [seat] } },
      { type: 'inspect', item: seat.item, data: { result: 'fit' } },
      { type: 'handover', item: seat.item, data: { to: buses.creditCode } },
    );
    trade.given(buses, { type: 'accept', item: seat.item, data: { from: yard.creditCode } });
    const foam = [of(buses, 'foam', 9_000, 'lot')];
    expect(dismantles(foam, 0, { who: buses, item: seat.item })).toBe('HL-2031');
  });

  it('is refused whole when one output’s id is taken, named twice or not the signer’s', () => {
    const before = new Map(trade.world.rows);
    const steel = output('steel', 500_000);
    expect(dismantles([steel, steel])).toBe('HL-2002');
    expect(dismantles([steel, { ...output('x', 500_000), item: trade.recycling.item('x').item }])).toBe(
      'HL-2003',
    );
    expect(trade.world.rows.get(`item/${steel.item}`)).toBeUndefined();
    expect(trade.world.rows.get(`item/${alternator}`)).toEqual(before.get(`item/${alternator}`));
  });

  it('may name the tag of the item for a part that still bears it', () => {
    const housing = output('housing', 1_000_000, {
      kind: 'part',
      category: 'housing',
      tags: [{ scheme: 'serial', value: 'alternator' }],
    });
    expect(dismantles([housing])).toBe('accepted');
    expect(trade.world.row(rowKey.tag({ scheme: 'serial', value: 'alternator' }))).toEqual({
      item: housing.item,
      former: alternator,
    });
    expect(trade.item(housing.item).contested).toBeUndefined();
  });
});

describe('a disposal', () => {
  it('by a licensed holder ends an item and frees its tags', () => {
    expect(trade.does(plant, { type: 'dispose', item: alternator, data: { method: 'shredded' } })).toBe(
      'accepted',
    );
    expect(trade.item(alternator).state).toBe('disposed');
    expect(trade.does(plant, { type: 'dispose', item: alternator, data: { method: 'shredded' } })).toBe(
      'HL-2011',
    );
  });

  it('is refused to others', () => {
    const shop = trade.party('shop', ['repairShop'], { mspId: 'AftermarketMSP' });
    expect(trade.does(shop, { type: 'dispose', item: alternator, data: { method: 'shredded' } })).toBe(
      'HL-2020',
    );
    trade.given(plant, { type: 'handover', item: alternator, data: { to: shop.creditCode } });
    trade.given(shop, { type: 'accept', item: alternator, data: { from: plant.creditCode } });
    expect(trade.does(shop, { type: 'dispose', item: alternator, data: { method: 'shredded' } })).toBe(
      'HL-2030',
    );
  });
});
