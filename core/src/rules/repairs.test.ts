import { beforeEach, describe, expect, it } from 'vitest';
import { correctable, corrects, lastEventOf } from '../testing/corrections.js';
import type { Party, Trade } from '../testing/trade.js';
import { Workshop } from '../testing/workshop.js';

let workshop: Workshop;
let trade: Trade;
let shop: Party;

beforeEach(() => {
  workshop = new Workshop();
  ({ trade, shop } = workshop);
});

const photograph = ['b'.repeat(64)];

describe('a part that is fitted in a repair', () => {
  it('under an approved line is on that line, which then is paid', () => {
    workshop.approves(1, 1, { numbers: ['D-1', 'D-1-EQ'] });
    const door = workshop.part('door');
    expect(workshop.fits(door, { number: 'D-1-EQ' })).toEqual(['accepted']);
    expect(workshop.fitted()).toEqual([door]);
    expect(trade.item(door).insurance?.repair).toEqual({ vehicle: workshop.car, loss: 'L1', line: 1 });
    expect(workshop.pays(1, 1)).toBe('accepted');
  });

  it('outside a line is recorded and not payable', () => {
    workshop.approves(1, 1);
    for (const [name, repair] of [
      ['without a line', undefined],
      ['of an unknown line', { line: 7 }],
      ['of an unknown loss', { loss: 'L7' }],
    ] as const)
      expect(workshop.fits(workshop.part(name), repair), name).toEqual(['accepted', 'HL-2220']);
    expect(workshop.fitted()).toEqual([]);
    expect(workshop.pays(1, 1)).toBe('HL-2218');
  });

  it('under a version that a supplement has replaced is not payable', () => {
    workshop.approves(1, 1);
    workshop.approves(1, 2, { quantity: 2 });
    expect(workshop.fits(workshop.part('door'), { version: 1 })).toEqual(['accepted', 'HL-2221']);
    expect(workshop.fits(workshop.part('another door'), { version: 2 })).toEqual(['accepted']);
  });

  it('of another category, class or number than approved is not payable', () => {
    workshop.approves(1, 1, { numbers: ['D-1'] });
    workshop.approves(2, 1, { classes: ['secondHandPart'] });
    expect(workshop.fits(workshop.part('bonnet', 'bonnet'), { number: 'D-1' })).toEqual([
      'accepted',
      'HL-2222',
    ]);
    expect(workshop.fits(workshop.part('door'), { number: 'D-2' })).toEqual(['accepted', 'HL-2222']);
    expect(workshop.fits(workshop.part('door without a number'))).toEqual(['accepted', 'HL-2220']);
    expect(workshop.fits(workshop.part('new door'), { line: 2 })).toEqual(['accepted', 'HL-2222']);
  });

  it('beyond the quantity is not payable', () => {
    workshop.approves(1, 1);
    expect(workshop.fits(workshop.part('door'), {})).toEqual(['accepted']);
    expect(workshop.fits(workshop.part('second door'), {})).toEqual(['accepted', 'HL-2223']);
  });

  it('without a serial needs a label and a photograph to be payable', () => {
    workshop.approves(1, 1, { quantity: 3 });
    expect(workshop.fits(workshop.part('nameless', 'door', 'nothing'), {}, photograph)).toEqual([
      'accepted',
      'HL-2224',
    ]);
    const labelled = workshop.part('labelled', 'door', 'label');
    expect(workshop.fits(labelled, {})).toEqual(['accepted', 'HL-2224']);
    trade.given(
      shop,
      { type: 'remove', item: labelled, data: { from: workshop.car } },
      { type: 'inspect', item: labelled, data: { result: 'fit' } },
      { type: 'markReused', item: labelled, data: { mark: 'M-1' } },
    );
    workshop.approves(2, 1, { classes: ['secondHandPart'] });
    expect(workshop.fits(labelled, { line: 2 }, photograph)).toEqual(['accepted']);
  });

  it('with a tag in dispute is not payable', () => {
    workshop.approves(1, 1);
    const door = workshop.part('twin');
    const { item, nonce } = shop.signer.item('the other twin');
    const tags = [{ scheme: 'serial' as const, value: 'twin' }];
    trade.given(shop, { type: 'register', item, data: { kind: 'part', category: 'door', nonce, tags } });
    expect(workshop.fits(door, {})).toEqual(['accepted', 'HL-2225']);
  });

  it('and comes out again leaves its line free, unless the line was paid', () => {
    workshop.approves(1, 1);
    workshop.approves(2, 1);
    const [door, paid] = [workshop.part('door'), workshop.part('paid door')];
    expect([workshop.fits(door, {}), workshop.fits(paid, { line: 2 })]).toEqual([['accepted'], ['accepted']]);
    expect(workshop.pays(2, 1)).toBe('accepted');
    trade.given(
      shop,
      { type: 'remove', item: door, data: { from: workshop.car } },
      { type: 'remove', item: paid, data: { from: workshop.car } },
    );
    expect([workshop.fitted(1), workshop.fitted(2)]).toEqual([[], [paid]]);
    expect(trade.item(door).insurance).toBeUndefined();
  });

  it('and was the wrong part leaves its line free when the fitting is taken back', () => {
    correctable(trade);
    workshop.approves(1, 1);
    const [wrong, right] = [workshop.part('wrong door'), workshop.part('right door')];
    workshop.fits(wrong, {});
    expect(corrects(trade, shop, wrong, lastEventOf(shop))).toBe('accepted');
    expect(trade.item(wrong).state).toBe('inspected');
    expect(trade.item(wrong).insurance).toBeUndefined();
    expect(workshop.fits(right, {})).toEqual(['accepted']);
    expect(workshop.fitted()).toEqual([right]);
  });
});
