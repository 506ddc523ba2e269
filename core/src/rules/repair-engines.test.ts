import { beforeEach, describe, expect, it } from 'vitest';
import { correctable, corrects, lastEventOf } from '../testing/corrections.js';
import type { Party, Trade } from '../testing/trade.js';
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
