import { beforeEach, describe, expect, it } from 'vitest';
import { agrees, correctable, corrects, recorded } from '../testing/corrections.js';
import { findingsIn } from '../testing/findings.js';
import { lotHeld, lotOf } from '../testing/lots.js';
import { Trade, type Party } from '../testing/trade.js';

let trade: Trade;
let plant: Party;
let shop: Party;

beforeEach(() => {
  trade = new Trade();
  correctable(trade);
  plant = trade.party('plant', ['dismantler']);
  shop = trade.party('shop', ['repairShop'], { mspId: 'AftermarketMSP' });
});

const found = () =>
  findingsIn(trade.world)
    .filter(({ kind }) => kind === 'correctionMisnamed')
    .map(({ party, items, evidence }) => ({ party, items, evidence }));

/** A door that the plant inspected, and that is with the shop now. */
function passedOn(name: string): { item: string; wrong: string } {
  const { item, nonce } = plant.signer.item(name);
  const data = { kind: 'part' as const, category: 'door', nonce, tags: [] };
  trade.given(plant, { type: 'register', item, data });
  const wrong = recorded(trade, plant, { type: 'inspect', item, data: { result: 'unfit' } });
  trade.given(plant, { type: 'handover', item, data: { to: shop.creditCode } });
  trade.given(shop, { type: 'accept', item, data: { from: plant.creditCode } });
  return { item, wrong };
}

describe('a correction of a step that stands', () => {
  it('is a finding once both have signed that the step was of another type', () => {
    const { item, wrong } = passedOn('door');
    expect(corrects(trade, plant, item, wrong, { eventType: 'handover' })).toBe('accepted');
    expect(found()).toEqual([]);
    expect(agrees(trade, shop, item, wrong, { eventType: 'handover' })).toBe('accepted');
    const evidence = { event: wrong, named: 'handover', type: 'inspect' };
    expect(found()).toEqual([{ party: shop.creditCode, items: [item], evidence }]);
  });

  it('is none when it names the type that is on record', () => {
    const { item, wrong } = passedOn('door');
    corrects(trade, plant, item, wrong, { eventType: 'inspect' });
    agrees(trade, shop, item, wrong, { eventType: 'inspect' });
    expect(found()).toEqual([]);
  });

  it('is a finding when it names a step of another item', () => {
    const { item, wrong } = passedOn('door');
    const other = trade.scrapped(plant, 'car');
    expect(corrects(trade, plant, other, wrong, { eventType: 'inspect' })).toBe('accepted');
    const evidence = { event: wrong, named: 'inspect', type: 'inspect' };
    expect(found()).toEqual([{ party: plant.creditCode, items: [other, item], evidence }]);
  });

  it('is none of either lot that went into one step', () => {
    trade.table('massTolerance', 1, { permille: 0 });
    const [first, second] = ['a', 'b'].map((name) => lotHeld(trade, plant, name, 'iron', 1_000));
    const output = lotOf(plant, 'both', 'iron', 2_000);
    const data = { others: [second ?? ''], output, lossGrams: 0, toleranceVersion: 1 };
    const wrong = recorded(trade, plant, { type: 'merge', item: first ?? '', data });
    for (const lot of [first, second])
      expect(corrects(trade, plant, lot ?? '', wrong, { eventType: 'merge' })).toBe('accepted');
    expect(found()).toEqual([]);
  });
});

describe('a correction that puts back what the step did', () => {
  it('is none, whatever type it names: the ledger knows the step', () => {
    const { item, nonce } = plant.signer.item('door');
    const data = { kind: 'part' as const, category: 'door', nonce, tags: [] };
    trade.given(plant, { type: 'register', item, data });
    const wrong = recorded(trade, plant, { type: 'inspect', item, data: { result: 'unfit' } });
    expect(corrects(trade, plant, item, wrong, { eventType: 'handover' })).toBe('accepted');
    expect(trade.item(item).inspection).toBeUndefined();
    expect(found()).toEqual([]);
  });
});
