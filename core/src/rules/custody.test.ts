import { beforeEach, describe, expect, it } from 'vitest';
import type { ItemRow } from '../model/rows.js';
import { Trade, type Party } from '../testing/trade.js';

let trade: Trade;
let plant: Party;
let shop: Party;
let carrier: Party;
let other: Party;
let item: string;

beforeEach(() => {
  trade = new Trade();
  plant = trade.party('plant', ['dismantler']);
  shop = trade.party('shop', ['repairShop'], { mspId: 'AftermarketMSP' });
  carrier = trade.party('carrier', ['carrier']);
  other = trade.party('other', ['repairShop'], { mspId: 'AftermarketMSP' });
  const made = plant.signer.item('engine');
  item = made.item;
  trade.given(plant, {
    type: 'register',
    item,
    data: { kind: 'part', category: 'starter', nonce: made.nonce, tags: [], massGrams: 120_000 },
  });
});

const handsOver = (from: Party, to: Party, keepOwnership?: boolean): string =>
  trade.does(from, {
    type: 'handover',
    item,
    data: { to: to.creditCode, ...(keepOwnership === undefined ? {} : { keepOwnership }) },
  });
const accepts = (by: Party, from: Party): string =>
  trade.does(by, { type: 'accept', item, data: { from: from.creditCode } });
const refuses = (by: Party, from: Party): string =>
  trade.does(by, { type: 'refuse', item, data: { from: from.creditCode, reason: 'damaged' } });
const withdraws = (by: Party): string => trade.does(by, { type: 'withdraw', item, data: {} });

/** What matters of an item, without the digest that links its events in their order. */
function settled(): Omit<ItemRow, 'head' | 'correction'> {
  const { head: _order, correction: _last, ...rest } = trade.item(item);
  return rest;
}

describe('a handover', () => {
  it('moves custody and ownership when the receiver accepts', () => {
    expect(handsOver(plant, shop)).toBe('accepted');
    expect(settled()).toMatchObject({ custodian: plant.creditCode, handover: { to: shop.creditCode } });
    expect(accepts(shop, plant)).toBe('accepted');
    expect(settled()).toMatchObject({ custodian: shop.creditCode, owner: shop.creditCode, count: 3 });
    expect(settled().handover).toBeUndefined();
  });

  it('ends in one state in whichever order the two intents arrive', () => {
    handsOver(plant, shop);
    accepts(shop, plant);
    const first = settled();
    const again = new Trade();
    [plant, shop, carrier, other] = [
      again.party('plant', ['dismantler']),
      again.party('shop', ['repairShop'], { mspId: 'AftermarketMSP' }),
      again.party('carrier', ['carrier']),
      again.party('other', ['repairShop'], { mspId: 'AftermarketMSP' }),
    ];
    trade = again;
    const made = plant.signer.item('engine');
    trade.given(plant, {
      type: 'register',
      item,
      data: { kind: 'part', category: 'starter', nonce: made.nonce, tags: [], massGrams: 120_000 },
    });
    expect(accepts(shop, plant)).toBe('accepted');
    expect(settled().custodian).toBe(plant.creditCode);
    expect(handsOver(plant, shop)).toBe('accepted');
    expect(settled()).toEqual(first);
  });

  it('leaves the owner when the giver keeps the ownership', () => {
    handsOver(plant, carrier, true);
    accepts(carrier, plant);
    expect(settled()).toMatchObject({ custodian: carrier.creditCode, owner: plant.creditCode });
  });

  it('by a carrier, who does not own, moves custody and never ownership', () => {
    handsOver(plant, carrier, true);
    accepts(carrier, plant);
    handsOver(carrier, shop);
    accepts(shop, carrier);
    expect(settled()).toMatchObject({ custodian: shop.creditCode, owner: plant.creditCode });
  });

  it('is refused to somebody who does not hold the item', () => {
    expect(handsOver(other, shop)).toBe('HL-2020');
  });

  it('is refused to oneself, to a stranger to the ledger, and while another is open', () => {
    expect(handsOver(plant, plant)).toBe('HL-2023');
    expect(trade.does(plant, { type: 'handover', item, data: { to: '91440300708461136T' } })).toBe('HL-2024');
    handsOver(plant, shop);
    expect(handsOver(plant, other)).toBe('HL-2022');
  });

  it('can be withdrawn by the giver until it is accepted, and by nobody else', () => {
    expect(withdraws(plant)).toBe('HL-2025');
    handsOver(plant, shop);
    expect(withdraws(shop)).toBe('HL-2020');
    expect(withdraws(plant)).toBe('accepted');
    expect(accepts(shop, plant)).toBe('accepted'); // it waits for another handover
    expect(settled().custodian).toBe(plant.creditCode);
  });

  it('can be refused by the receiver alone, and custody stays', () => {
    handsOver(plant, shop);
    expect(refuses(other, plant)).toBe('HL-2026');
    expect(refuses(shop, other)).toBe('HL-2026');
    expect(refuses(shop, plant)).toBe('accepted');
    expect(settled()).toMatchObject({ custodian: plant.creditCode });
    expect(settled().handover).toBeUndefined();
    expect(refuses(shop, plant)).toBe('HL-2025');
  });

  it('that is open keeps the item from being worked on', () => {
    handsOver(plant, shop);
    expect(trade.does(plant, { type: 'inspect', item, data: { result: 'fit' } })).toBe('HL-2021');
    expect(trade.does(shop, { type: 'inspect', item, data: { result: 'fit' } })).toBe('HL-2020');
  });
});

describe('an acceptance', () => {
  it('is refused from the holder and for a handover to somebody else', () => {
    expect(accepts(plant, shop)).toBe('HL-2023');
    handsOver(plant, shop);
    expect(accepts(other, plant)).toBe('HL-2026');
    expect(accepts(shop, other)).toBe('HL-2026');
  });

  it('that waits is nobody’s but the one named: a handover to another leaves it waiting', () => {
    accepts(other, plant);
    expect(handsOver(plant, shop)).toBe('accepted');
    expect(settled()).toMatchObject({ custodian: plant.creditCode, handover: { to: shop.creditCode } });
    expect(accepts(shop, plant)).toBe('accepted');
    expect(settled().acceptances).toBeUndefined();
  });

  it('that names another giver does not move custody', () => {
    accepts(shop, other);
    handsOver(plant, shop);
    expect(settled()).toMatchObject({ custodian: plant.creditCode, handover: { to: shop.creditCode } });
  });

  it('may wait once for each receiver and can be taken back', () => {
    accepts(shop, plant);
    expect(accepts(shop, plant)).toBe('HL-2027');
    expect(refuses(shop, plant)).toBe('accepted');
    expect(settled().acceptances).toBeUndefined();
    handsOver(plant, shop);
    expect(settled().custodian).toBe(plant.creditCode);
  });

  it('of strangers makes the item’s row grow to a bound and never blocks a handover', () => {
    const strangers = Array.from({ length: 9 }, (_, i) => trade.party(`stranger ${i}`, ['retailer']));
    const verdicts = strangers.map((stranger) => accepts(stranger, plant));
    expect(verdicts.filter((verdict) => verdict === 'accepted')).toHaveLength(8);
    expect(verdicts.at(-1)).toBe('HL-2027');
    expect(accepts(shop, plant)).toBe('HL-2027');
    handsOver(plant, shop);
    expect(accepts(shop, plant)).toBe('accepted');
    expect(settled()).toMatchObject({ custodian: shop.creditCode });
    expect(settled().acceptances).toBeUndefined();
  });
});
