import { beforeEach, describe, expect, it } from 'vitest';
import { correctable, corrects, lastEventOf } from '../testing/corrections.js';
import type { Party, Trade } from '../testing/trade.js';
import { numbered } from '../testing/numbered.js';
import { AFTERMARKET, Workshop } from '../testing/workshop.js';

let workshop: Workshop;
let trade: Trade;
let shop: Party;
let police: Party;

beforeEach(() => {
  workshop = new Workshop();
  ({ trade, shop, police } = workshop);
});

describe('an engine that a shop took out of a registered car', () => {
  let engine: string;
  let owner: Party;

  beforeEach(() => {
    owner = trade.party('owner', ['vehicleOwner'], AFTERMARKET);
    engine = workshop.part('engine', 'engine');
    workshop.fits(engine);
    trade.given(police, { type: 'changeRegistration', item: workshop.car, data: { part: engine } });
    trade.given(shop, { type: 'remove', item: engine, data: { from: workshop.car } });
  });

  it('is repaired and refitted there', () => {
    trade.given(shop, { type: 'inspect', item: engine, data: { result: 'fit' } });
    expect(workshop.fits(engine)).toEqual(['accepted']);
  });

  it('is returned to its owner', () => {
    trade.given(shop, { type: 'handover', item: engine, data: { to: owner.creditCode } });
    trade.given(owner, { type: 'accept', item: engine, data: { from: shop.creditCode } });
    expect(trade.item(engine)).toMatchObject({ custodian: owner.creditCode, class: 'usedPart' });
  });

  it('becomes a core', () => {
    expect(trade.does(shop, { type: 'designateCore', item: engine, data: {} })).toBe('accepted');
  });
});

describe('an original engine, which the ledger hears of when a shop takes it out of a registered car', () => {
  let owner: Party;
  let car: string;

  beforeEach(() => {
    owner = trade.party('owner', ['vehicleOwner'], AFTERMARKET);
    const { item, nonce } = owner.signer.item('the owner’s car');
    car = item;
    const data = { kind: 'vehicle' as const, category: 'sedan', nonce, tags: numbered(nonce) };
    trade.given(owner, { type: 'register', item, data });
    trade.given(owner, { type: 'handover', item, data: { to: shop.creditCode, keepOwnership: true } });
    trade.given(shop, { type: 'accept', item, data: { from: owner.creditCode } });
  });

  function takesOut(who: Party, more: object = {}, category = 'engine'): { item: string; verdict: string } {
    const { item, nonce } = who.signer.item(`${category} ${JSON.stringify(more)}`);
    const part = { kind: 'part' as const, category, nonce, tags: [], massGrams: 140_000 };
    return {
      item,
      verdict: trade.does(who, { type: 'register', item, data: { ...part, outOf: car, ...more } }),
    };
  }

  it('names its car, is its owner’s, and is repaired and refitted there', () => {
    const { item, verdict } = takesOut(shop);
    expect(verdict).toBe('accepted');
    expect(trade.item(item)).toMatchObject({
      class: 'usedPart',
      removedFrom: car,
      custodian: shop.creditCode,
      owner: owner.creditCode,
    });
    trade.given(shop, { type: 'inspect', item, data: { result: 'fit' } });
    expect(trade.does(shop, { type: 'fit', item, data: { into: workshop.car } })).toBe('HL-2116');
    expect(trade.does(shop, { type: 'fit', item, data: { into: car } })).toBe('accepted');
    expect(trade.item(car).insurance?.changes, 'the number on record').toBeUndefined();
  });

  it('is returned to its owner, or becomes a core, and stands still with its car', () => {
    const { item } = takesOut(shop);
    const door = takesOut(shop, {}, 'door').item;
    expect(trade.does(shop, { type: 'designateCore', item, data: {} })).toBe('accepted');
    trade.given(police, { type: 'hold', item: car, data: { reason: 'suspectedStolen' } });
    const back = { to: owner.creditCode };
    expect(trade.does(shop, { type: 'handover', item: door, data: back })).toBe('HL-2115');
    trade.given(police, { type: 'release', item: car, data: {} });
    trade.given(shop, { type: 'handover', item: door, data: back });
    expect(trade.does(owner, { type: 'accept', item: door, data: { from: shop.creditCode } })).toBe(
      'accepted',
    );
  });

  it('comes out of a car that the workshop holds, that is not held and not on its way to be scrapped', () => {
    const dealer = trade.party('dealer', ['partsDealer'], AFTERMARKET);
    expect(takesOut(dealer).verdict).toBe('HL-2030');
    expect(takesOut(trade.party('another shop', ['repairShop'], AFTERMARKET)).verdict).toBe('HL-2020');
    expect(takesOut(shop, { class: 'newPart' }).verdict).toBe('HL-2311');
    expect(takesOut(shop, { kind: 'lot' }, 'steel').verdict).toBe('HL-2311');
    expect(takesOut(shop, { outOf: workshop.part('a gearbox', 'door') }).verdict).toBe('HL-2311');
    expect(takesOut(shop, { outOf: shop.signer.item('nothing').item }).verdict).toBe('HL-2001');
    trade.given(police, { type: 'hold', item: car, data: { reason: 'suspectedStolen' } });
    expect(takesOut(shop).verdict).toBe('HL-2100');
    trade.given(police, { type: 'release', item: car, data: {} });
    trade.given(shop, { type: 'surrender', item: car, data: {} });
    expect(takesOut(shop).verdict).toBe('HL-2101');
  });

  it('does not come out of a car that is handed over', () => {
    trade.given(shop, { type: 'handover', item: car, data: { to: owner.creditCode } });
    expect(takesOut(shop).verdict).toBe('HL-2021');
  });
});

describe('an engine or a frame that goes into another car', () => {
  const due = (): readonly string[] =>
    (trade.item(workshop.car).insurance?.changes ?? []).map(({ part: id }) => id);

  it('opens a change of registration, which the police close', () => {
    const engine = workshop.part('engine', 'engine');
    expect(workshop.fits(engine)).toEqual(['accepted', 'HL-2220']);
    expect(trade.item(workshop.car).insurance?.changes).toEqual([{ part: engine, since: trade.world.time }]);
    const changes = (who: Party, id: string): string =>
      trade.does(who, { type: 'changeRegistration', item: workshop.car, data: { part: id } });
    expect(changes(shop, engine)).toBe('HL-2030');
    expect(changes(police, workshop.car)).toBe('HL-2219');
    expect(changes(police, engine)).toBe('accepted');
    expect(due()).toEqual([]);
    expect(changes(police, engine)).toBe('HL-2219');
  });

  it('opens none when its fitting is taken back', () => {
    correctable(trade);
    const engine = workshop.part('engine', 'engine');
    workshop.fits(engine);
    expect(corrects(trade, shop, engine, lastEventOf(shop))).toBe('accepted');
    expect(due()).toEqual([]);
  });

  it('opens none when it comes out again, nor when the car’s own engine is refitted', () => {
    const engine = workshop.part('engine', 'engine');
    expect(workshop.fits(engine)).toEqual(['accepted', 'HL-2220']);
    trade.given(
      shop,
      { type: 'remove', item: engine, data: { from: workshop.car } },
      { type: 'inspect', item: engine, data: { result: 'fit' } },
    );
    expect(due()).toEqual([]);
    expect(workshop.fits(engine)).toEqual(['accepted']);
    expect(due()).toEqual([engine]);
    trade.given(police, { type: 'changeRegistration', item: workshop.car, data: { part: engine } });
    trade.given(
      shop,
      { type: 'remove', item: engine, data: { from: workshop.car } },
      { type: 'inspect', item: engine, data: { result: 'fit' } },
    );
    expect(workshop.fits(engine)).toEqual(['accepted']);
    expect(due()).toEqual([]);
  });

  it('opens none for a door', () => {
    workshop.fits(workshop.part('door'));
    expect(due()).toEqual([]);
  });
});
