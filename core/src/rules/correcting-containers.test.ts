import { beforeEach, describe, expect, it } from 'vitest';
import { agrees, correctable, corrects, recorded } from '../testing/corrections.js';
import { carrier, maker, pallet, plant, shop, trade, yard } from './yard.testing.js';

beforeEach(() => {
  correctable(trade);
});

/** What a container is, apart from what goes on growing. */
function standing(id: string) {
  const { count: _count, head: _head, correction: _facts, ...row } = trade.item(id);
  return row;
}
const given = (to = shop) =>
  recorded(trade, plant, { type: 'handover', item: pallet, data: { to: to.creditCode } });
const taken = (by = shop, more: { exceptions?: { reason: 'missing'; items: string[] }[] } = {}) =>
  recorded(trade, by, { type: 'accept', item: pallet, data: { from: plant.creditCode, ...more } });

describe('a wrong change of hands of a loaded container', () => {
  let starter: string;

  beforeEach(() => {
    starter = yard.part(plant, 'starter');
    yard.packs(plant, pallet, starter);
  });

  it('is taken back by the giver as long as nobody has accepted', () => {
    const before = standing(pallet);
    expect(corrects(trade, plant, pallet, given())).toBe('accepted');
    expect(standing(pallet)).toEqual(before);
    expect(trade.item(pallet).correction?.questioned).toBeUndefined();
  });

  it('is taken back by both hands, and with it all that lies in it', () => {
    given();
    const open = standing(pallet);
    const wrong = taken();
    expect(trade.item(pallet).logistics?.goods?.owner).toBe(shop.creditCode);
    expect(corrects(trade, shop, pallet, wrong)).toBe('accepted');
    expect(trade.item(pallet).custodian, 'one hand is not enough').toBe(shop.creditCode);
    expect(agrees(trade, plant, pallet, wrong)).toBe('accepted');
    expect(standing(pallet)).toEqual(open);
    trade.given(plant, { type: 'withdraw', item: pallet, data: {} });
    expect(yard.unpacks(plant, pallet, starter)).toBe('accepted');
    expect(trade.item(starter)).toMatchObject({ custodian: plant.creditCode, owner: plant.creditCode });
    expect(yard.gives(plant, starter, maker)).toBe('accepted');
  });

  it('is taken back with what lies in a box on it', () => {
    const [box, lamp] = [yard.container(plant, 'box'), yard.part(plant, 'lamp', 'lamp')];
    yard.packs(plant, box, lamp);
    yard.packs(plant, pallet, box);
    given();
    const wrong = taken();
    corrects(trade, shop, pallet, wrong);
    expect(agrees(trade, plant, pallet, wrong)).toBe('accepted');
    trade.given(plant, { type: 'withdraw', item: pallet, data: {} });
    yard.unpacks(plant, pallet, box);
    expect(yard.unpacks(plant, box, lamp)).toBe('accepted');
    expect(trade.item(lamp)).toMatchObject({ custodian: plant.creditCode, owner: plant.creditCode });
  });

  it('is accepted anew in its place', () => {
    given();
    const wrong = taken();
    corrects(trade, shop, pallet, wrong);
    agrees(trade, plant, pallet, wrong);
    const again = { from: plant.creditCode, exceptions: [{ reason: 'missing' as const, items: [starter] }] };
    expect(trade.does(shop, { type: 'accept', item: pallet, data: again, replaces: wrong })).toBe('accepted');
    expect(trade.item(starter)).toMatchObject({ custodian: plant.creditCode });
  });

  it('stands once something was taken out or put in', () => {
    given();
    const wrong = taken();
    yard.unpacks(shop, pallet, starter);
    expect(corrects(trade, shop, pallet, wrong)).toBe('HL-2253');
    expect(corrects(trade, shop, pallet, wrong, { eventType: 'accept' })).toBe('accepted');
    expect(trade.item(pallet).custodian).toBe(shop.creditCode);
    expect(trade.item(pallet).correction?.questioned).toHaveLength(1);
  });

  it('stands where its receiver has excepted something', () => {
    yard.packs(plant, pallet, yard.part(plant, 'lamp', 'lamp'));
    given();
    const wrong = taken(shop, { exceptions: [{ reason: 'missing', items: [starter] }] });
    expect(corrects(trade, shop, pallet, wrong)).toBe('HL-2253');
    expect(trade.item(starter).handover).toBeDefined();
  });

  it('stands once the container has gone on', () => {
    given(carrier);
    const wrong = taken(carrier);
    trade.given(carrier, { type: 'handover', item: pallet, data: { to: shop.creditCode } });
    trade.given(shop, { type: 'accept', item: pallet, data: { from: carrier.creditCode } });
    expect(corrects(trade, carrier, pallet, wrong)).toMatch(/^HL-2(242|253)$/);
    expect(trade.item(pallet).custodian).toBe(shop.creditCode);
  });
});

it('a container stands still also for corrections while what an assembly in it came out of is held', () => {
  const { engine, car } = yard.engine('car');
  const police = trade.party('police', ['police'], { mspId: 'OversightMSP' });
  yard.packs(plant, pallet, engine);
  const wrong = given(maker);
  trade.given(police, { type: 'hold', item: car, data: { reason: 'suspectedStolen' } });
  expect(corrects(trade, plant, pallet, wrong)).toBe('HL-2115');
  trade.given(police, { type: 'release', item: car, data: {} });
  expect(corrects(trade, plant, pallet, wrong)).toBe('accepted');
});
