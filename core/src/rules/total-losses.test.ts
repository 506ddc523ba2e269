import { describe, expect, it } from 'vitest';
import type { Party } from '../testing/trade.js';
import { auction, hands, insurer, plant, registered, shop, totalLoss, trade } from './vehicles.testing.js';

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
