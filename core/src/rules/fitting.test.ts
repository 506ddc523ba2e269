import { beforeEach, describe, expect, it } from 'vitest';
import type { ItemKind } from '../model/terms.js';
import { numbered } from '../testing/numbered.js';
import { Trade, type Party } from '../testing/trade.js';
import { MAX_NESTING } from './item.js';

let trade: Trade;
let shop: Party;
let plant: Party;
let customer: Party;
let car: string;
let starter: string;

beforeEach(() => {
  trade = new Trade();
  trade.table('massTolerance', 1, { permille: 10 });
  shop = trade.party('shop', ['repairShop', 'dismantler', 'shredder'], { mspId: 'AftermarketMSP' });
  plant = trade.party('plant', ['dismantler', 'shredder']);
  customer = trade.party('customer', ['usedCarDealer'], { mspId: 'AftermarketMSP' });
  car = registers('car', 'vehicle');
  starter = registers('starter', 'part');
});

function registers(name: string, kind: ItemKind): string {
  const { item, nonce } = shop.signer.item(name);
  trade.given(shop, {
    type: 'register',
    item,
    data: {
      kind,
      category: 'some',
      nonce,
      tags: kind === 'vehicle' ? numbered(nonce) : [],
      massGrams: 1000,
      ...(kind === 'part' ? { class: 'newPart' } : {}),
    },
  });
  return item;
}
const inspects = (item: string, result: 'fit' | 'unfit' = 'fit'): string =>
  trade.does(shop, { type: 'inspect', item, data: { result } });
const fits = (item: string, into: string, who = shop): string =>
  trade.does(who, { type: 'fit', item, data: { into } });
const removes = (item: string, from: string, who = shop): string =>
  trade.does(who, { type: 'remove', item, data: { from } });
function moves(item: string, from: Party, to: Party, keepOwnership = false): void {
  trade.given(from, { type: 'handover', item, data: { to: to.creditCode, keepOwnership } });
  trade.given(to, { type: 'accept', item, data: { from: from.creditCode } });
}
/** The car comes to its end, with what is in it. */
function shreds(item: string): void {
  const output = (name: string, massGrams: number) => ({
    ...shop.signer.item(name),
    kind: 'lot' as const,
    category: 'steel',
    massGrams,
  });
  trade.given(
    shop,
    { type: 'surrender', item, data: {} },
    { type: 'receive', item, data: { massGrams: 1000 } },
    { type: 'issueCertificate', item, data: { number: 'C-1' } },
    { type: 'depollute', item, data: { outputs: [output('oil', 10)] } },
    { type: 'dismantle', item, data: { outputs: [output('seats', 90)] } },
    { type: 'leaveHulk', item, data: { massGrams: 900, lossGrams: 0, toleranceVersion: 1 } },
    {
      type: 'shred',
      item,
      data: { outputs: [output('shreds', 900)], lossGrams: 0, toleranceVersion: 1 },
    },
  );
}
/** A fit part. */
function part(name: string): string {
  const item = registers(name, 'part');
  inspects(item);
  return item;
}

describe('a fitting', () => {
  it('puts a part that was found fit into a car, which carries it from then on', () => {
    expect(fits(starter, car)).toBe('HL-2010');
    inspects(starter, 'unfit');
    expect(fits(starter, car)).toBe('HL-2060');
    inspects(starter);
    expect(fits(starter, car)).toBe('accepted');
    expect(trade.item(starter)).toMatchObject({ state: 'fitted', fittedInto: car });
    moves(car, shop, plant);
    expect(removes(starter, car)).toBe('HL-2020');
    expect(removes(starter, car, plant)).toBe('accepted');
    expect(trade.item(starter)).toMatchObject({
      state: 'registered',
      custodian: plant.creditCode,
      owner: plant.creditCode,
    });
    expect(trade.item(starter).inspection).toBeUndefined();
    expect(trade.item(starter).fittedInto).toBeUndefined();
  });

  it('makes the car’s owner the owner of a part that comes out again', () => {
    inspects(starter);
    fits(starter, car);
    moves(car, shop, customer);
    moves(car, customer, shop, true); // back for a repair
    expect(removes(starter, car)).toBe('accepted');
    expect(trade.item(starter)).toMatchObject({ custodian: shop.creditCode, owner: customer.creditCode });
  });

  it('leaves the owner of a part that the workshop only held: fitting and removing is no way to take it', () => {
    const lent = part('lent');
    moves(lent, shop, customer); // now the customer's
    moves(lent, customer, shop, true);
    inspects(lent);
    expect(fits(lent, car)).toBe('accepted');
    expect(removes(lent, car)).toBe('accepted');
    expect(trade.item(lent)).toMatchObject({ custodian: shop.creditCode, owner: customer.creditCode });
  });

  it('is refused into itself, into its own part, into a lot, into nothing and into what somebody else holds', () => {
    const inner = part('inner');
    inspects(starter);
    fits(inner, starter);
    expect(fits(starter, starter)).toBe('HL-2061');
    expect(fits(starter, inner)).toBe('HL-2061');
    expect(fits(starter, registers('copper', 'lot'))).toBe('HL-2062');
    expect(fits(starter, shop.signer.item('nothing').item)).toBe('HL-2001');
    moves(car, shop, customer);
    expect(fits(starter, car)).toBe('HL-2020');
  });

  it('is refused to a role that does not fit parts, and for a whole car', () => {
    inspects(starter);
    moves(starter, shop, plant);
    expect(fits(starter, car, plant)).toBe('HL-2030');
    inspects(car);
    expect(fits(car, registers('trailer', 'vehicle'))).toBe('HL-2004');
  });

  it('is refused while the car is on its way to somebody else, and so is a removal', () => {
    const inner = part('inner');
    inspects(starter);
    fits(starter, car);
    trade.given(shop, { type: 'handover', item: car, data: { to: plant.creditCode } });
    expect(fits(inner, car)).toBe('HL-2021');
    expect(fits(inner, starter)).toBe('HL-2021');
    expect(removes(starter, car)).toBe('HL-2021');
  });

  it('is refused into what is no more, or is part of it', () => {
    const inner = part('inner');
    inspects(starter);
    fits(starter, car);
    shreds(car);
    expect(fits(inner, car)).toBe('HL-2062');
    expect(fits(inner, starter)).toBe('HL-2062');
  });

  it('keeps a fitted part from being handed over, inspected or disposed of on its own', () => {
    inspects(starter);
    fits(starter, car);
    expect(inspects(starter)).toBe('HL-2010');
    expect(trade.does(shop, { type: 'handover', item: starter, data: { to: plant.creditCode } })).toBe(
      'HL-2010',
    );
    expect(trade.does(plant, { type: 'accept', item: starter, data: { from: shop.creditCode } })).toBe(
      'HL-2010',
    );
    expect(trade.does(shop, { type: 'dispose', item: starter, data: { method: 'smelted' } })).toBe('HL-2010');
  });
});

describe('a removal', () => {
  it('names what the part is fitted into', () => {
    inspects(starter);
    expect(removes(starter, car)).toBe('HL-2010');
    fits(starter, car);
    expect(removes(starter, registers('another car', 'vehicle'))).toBe('HL-2010');
  });

  it('out of a shredded car is refused: the part was shredded with it', () => {
    inspects(starter);
    fits(starter, car);
    shreds(car);
    expect(removes(starter, car)).toBe('HL-2011');
  });
});

describe('things fitted into one another', () => {
  it('are kept to a bounded depth, and deeper ones come out from the outside', () => {
    const chain = Array.from({ length: MAX_NESTING + 2 }, (_, i) => part(`part ${i}`));
    // Built from the inside: each finds its host empty.
    const verdicts = chain.slice(0, -1).map((item, i) => fits(item, chain[i + 1] ?? ''));
    expect(new Set(verdicts)).toEqual(new Set(['accepted']));
    const innermost = chain[0] ?? '';
    expect(removes(innermost, chain[1] ?? '')).toBe('HL-2063');
    expect(removes(chain.at(-2) ?? '', chain.at(-1) ?? '')).toBe('accepted');
    expect(removes(innermost, chain[1] ?? '')).toBe('accepted');
  });

  it('cannot be built deeper from the outside', () => {
    let host = car;
    for (let i = 0; i < MAX_NESTING; i++) {
      const inner = part(`part ${i}`);
      expect(fits(inner, host)).toBe('accepted');
      host = inner;
    }
    expect(fits(part('one more'), host)).toBe('HL-2063');
  });
});
