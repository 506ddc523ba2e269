import { describe, expect, it } from 'vitest';
import { agrees, corrects, lastEventOf, recorded } from '../testing/corrections.js';
import { maker, part, plant, shop, standing, trade } from './correcting.testing.js';

describe('a wrong change of hands', () => {
  it('is taken back by the giver as long as nobody has accepted', () => {
    const item = part(plant, 'starter 1');
    const before = standing(item);
    const wrong = recorded(trade, plant, { type: 'handover', item, data: { to: shop.creditCode } });
    expect(trade.does(plant, { type: 'inspect', item, data: { result: 'fit' } })).toBe('HL-2021');
    expect(corrects(trade, plant, item, wrong)).toBe('accepted');
    expect(standing(item)).toEqual(before);
    expect(trade.does(shop, { type: 'accept', item, data: { from: plant.creditCode } }), 'waits').toBe(
      'accepted',
    );
    expect(trade.item(item).custodian).toBe(plant.creditCode);
  });

  it('is not stopped by a stranger whose acceptance waits', () => {
    const item = part(plant, 'starter 1');
    const wrong = recorded(trade, plant, { type: 'inspect', item, data: { result: 'fit' } });
    trade.given(shop, { type: 'accept', item, data: { from: plant.creditCode } });
    expect(corrects(trade, plant, item, wrong)).toBe('accepted');
    expect(trade.item(item).acceptances).toHaveLength(1);
  });

  it.each([
    ['the receiver asks and the giver agrees', 'receiver'],
    ['the giver agrees before the receiver has asked', 'giver'],
  ])('takes both hands: %s', (_what, first) => {
    const item = part(plant, 'starter 1');
    trade.given(plant, { type: 'handover', item, data: { to: shop.creditCode, massGrams: 6000 } });
    const open = standing(item);
    const wrong = recorded(trade, shop, { type: 'accept', item, data: { from: plant.creditCode } });
    const asks = () => corrects(trade, shop, item, wrong);
    const consents = () => agrees(trade, plant, item, wrong);
    const [one, other] = first === 'receiver' ? [asks, consents] : [consents, asks];
    expect(one()).toBe('accepted');
    expect(trade.item(item).custodian).toBe(shop.creditCode);
    expect(one(), 'the same hand twice').toBe('HL-2245');
    expect(other()).toBe('accepted');
    expect(standing(item)).toEqual(open);
    trade.given(plant, { type: 'withdraw', item, data: {} });
    expect(standing(item)).toMatchObject({ custodian: plant.creditCode, owner: plant.creditCode });
  });

  it('takes both hands when the acceptance came first, too', () => {
    const item = part(plant, 'starter 1');
    trade.given(shop, { type: 'accept', item, data: { from: plant.creditCode } });
    const wrong = recorded(trade, plant, { type: 'handover', item, data: { to: shop.creditCode } });
    expect(trade.item(item).custodian).toBe(shop.creditCode);
    expect(corrects(trade, plant, item, wrong)).toBe('accepted');
    expect(trade.item(item).custodian, 'one hand is not enough').toBe(shop.creditCode);
    expect(agrees(trade, shop, item, wrong)).toBe('accepted');
    expect(trade.item(item)).toMatchObject({ custodian: plant.creditCode, owner: plant.creditCode });
  });

  it('leaves a stranger out', () => {
    const item = part(plant, 'starter 1');
    trade.given(plant, { type: 'handover', item, data: { to: shop.creditCode } });
    const wrong = recorded(trade, shop, { type: 'accept', item, data: { from: plant.creditCode } });
    trade.given(shop, {
      type: 'correct',
      item,
      data: { event: wrong, termVersion: 1, reason: 'wrongItem' },
    });
    expect(agrees(trade, maker, item, wrong)).toBe('HL-2243');
  });
});

describe('a step on which others have built', () => {
  /** A core that was graded, and handed on. */
  function gradedAndGone(): { item: string; wrong: string } {
    const item = part(maker, 'engine 1', 'engine');
    trade.given(maker, { type: 'designateCore', item, data: {} });
    const wrong = recorded(trade, maker, { type: 'grade', item, data: { grade: 'A' } });
    trade.given(maker, { type: 'handover', item, data: { to: plant.creditCode } });
    trade.given(plant, { type: 'accept', item, data: { from: maker.creditCode } });
    return { item, wrong };
  }

  it('stands, and is questioned by both signatures until the right one replaces it', () => {
    const { item, wrong } = gradedAndGone();
    const eventType = 'grade';
    expect(corrects(trade, maker, item, wrong, { reason: 'wrongValue', eventType })).toBe('accepted');
    expect(trade.item(item).correction?.questioned).toBeUndefined();
    expect(agrees(trade, plant, item, wrong, { eventType })).toBe('accepted');
    expect(trade.item(item)).toMatchObject({ grade: 'A', state: 'graded', custodian: plant.creditCode });
    expect(trade.item(item).correction?.questioned).toHaveLength(1);
    const handover = trade.event({ type: 'handover', item, data: { to: maker.creditCode } });
    const [batch] = trade.world.record(plant.signer.batch([handover])).batches;
    expect(batch).toMatchObject({ verdicts: ['accepted'], notices: [[0, 'HL-2252']] });
    trade.given(maker, { type: 'accept', item, data: { from: plant.creditCode } });
    const right = trade.event({ type: 'grade', item, data: { grade: 'B' }, replaces: wrong });
    const [mended] = trade.world.record(maker.signer.batch([right])).batches;
    expect(mended?.verdicts).toEqual(['accepted']);
    expect(mended?.notices, 'nothing is open any more').toBeUndefined();
    expect(trade.item(item).correction?.questioned).toBeUndefined();
    expect(trade.item(item).grade).toBe('B');
  });

  it('is corrected one at a time', () => {
    const { item, wrong } = gradedAndGone();
    trade.given(maker, {
      type: 'correct',
      item,
      data: { event: wrong, eventType: 'grade', termVersion: 1, reason: 'wrongValue' },
    });
    expect(corrects(trade, plant, item, lastEventOf(plant)), 'the acceptance').toBe('HL-2246');
  });
});
