import { describe, expect, it } from 'vitest';
import { rowKey } from '../model/row-keys.js';
import { agrees, corrects, lastEventOf, recorded } from '../testing/corrections.js';
import { part, plant, shop, standing, trade } from './correcting.testing.js';

const DAY = 86_400;

describe('a wrong step of one party', () => {
  it('is taken back by who recorded it, and the item is as it was', () => {
    const item = part(plant, 'starter 1');
    const before = standing(item);
    const wrong = recorded(trade, plant, { type: 'inspect', item, data: { result: 'unfit' } });
    expect(corrects(trade, plant, item, wrong)).toBe('accepted');
    expect(standing(item)).toEqual(before);
    expect(trade.item(item).count).toBe(3);
  });

  it('is declared wrong once', () => {
    const item = part(plant, 'starter 1');
    const wrong = recorded(trade, plant, { type: 'inspect', item, data: { result: 'fit' } });
    corrects(trade, plant, item, wrong);
    expect(corrects(trade, plant, item, wrong)).toBe('HL-2241');
  });

  it('is replaced by the right one, which names it', () => {
    const item = part(plant, 'starter 1');
    const wrong = recorded(trade, plant, { type: 'inspect', item, data: { result: 'unfit' } });
    corrects(trade, plant, item, wrong);
    const right = { type: 'inspect' as const, item, data: { result: 'fit' as const } };
    expect(trade.does(plant, { ...right, replaces: wrong })).toBe('accepted');
    expect(trade.item(item).inspection).toBe('fit');
  });

  it('cannot be replaced when it is not on the ledger or was refused', () => {
    const item = part(plant, 'starter 1');
    expect(trade.does(shop, { type: 'inspect', item, data: { result: 'fit' } })).toBe('HL-2020');
    const right = { type: 'inspect' as const, item, data: { result: 'fit' as const } };
    expect(trade.does(plant, { ...right, replaces: lastEventOf(shop) })).toBe('HL-2251');
    expect(trade.does(plant, { ...right, replaces: `${shop.signer.keyId}.99.0` })).toBe('HL-2251');
  });

  it('is not for another party to take back', () => {
    const item = part(plant, 'starter 1');
    const wrong = recorded(trade, plant, { type: 'inspect', item, data: { result: 'fit' } });
    expect(corrects(trade, shop, item, wrong)).toBe('HL-2243');
  });

  it('was recorded and accepted, else there is nothing to correct', () => {
    const item = part(plant, 'starter 1');
    expect(trade.does(shop, { type: 'inspect', item, data: { result: 'fit' } })).toBe('HL-2020');
    expect(corrects(trade, shop, item, lastEventOf(shop))).toBe('HL-2240');
    expect(corrects(trade, plant, item, `${plant.signer.keyId}.99.0`)).toBe('HL-2240');
  });

  it('is taken back after what stands on it', () => {
    const item = part(plant, 'starter 1');
    const inspected = recorded(trade, plant, { type: 'inspect', item, data: { result: 'fit' } });
    const core = recorded(trade, plant, { type: 'designateCore', item, data: {} });
    expect(corrects(trade, plant, item, inspected)).toBe('HL-2242');
    expect(corrects(trade, plant, item, core)).toBe('accepted');
    expect(corrects(trade, plant, item, inspected)).toBe('accepted');
    expect(standing(item)).toMatchObject({ state: 'registered', class: 'usedPart', inspection: undefined });
  });

  it('is taken back within the term of the table, and not on the day after', () => {
    const items = ['starter 1', 'starter 2'].map((name) => part(plant, name));
    const wrongs = items.map((item) =>
      recorded(trade, plant, { type: 'inspect', item, data: { result: 'fit' } }),
    );
    trade.world.time += 7 * DAY;
    expect(corrects(trade, plant, items[0] ?? '', wrongs[0] ?? '')).toBe('accepted');
    trade.world.time += 1;
    expect(corrects(trade, plant, items[1] ?? '', wrongs[1] ?? '')).toBe('HL-2244');
  });

  it('is judged by a table that is in force', () => {
    const item = part(plant, 'starter 1');
    const wrong = recorded(trade, plant, { type: 'inspect', item, data: { result: 'fit' } });
    expect(corrects(trade, plant, item, wrong, { termVersion: 2 })).toBe('HL-2070');
  });

  it('takes no agreement', () => {
    const item = part(plant, 'starter 1');
    const wrong = recorded(trade, plant, { type: 'inspect', item, data: { result: 'fit' } });
    expect(agrees(trade, plant, item, wrong)).toBe('HL-2247');
  });

  it('is not taken back while the item is held', () => {
    const item = trade.scrapped(plant, 'car 1');
    const police = trade.party('police', ['police'], { mspId: 'OversightMSP' });
    const wrong = recorded(trade, plant, {
      type: 'depollute',
      item,
      data: { outputs: [oil()] },
    });
    trade.given(police, { type: 'hold', item, data: { reason: 'suspectedStolen' } });
    expect(corrects(trade, plant, item, wrong, { outputs: [oil().item] })).toBe('HL-2100');
  });
});

function oil(massGrams = 5_000) {
  return { ...plant.signer.item('oil'), kind: 'lot' as const, category: 'wasteOil', massGrams };
}

describe('a wrong registration', () => {
  it('voids the item, and its tag is free for the right one', () => {
    const { item, nonce } = plant.signer.item('car 1');
    const tags = [{ scheme: 'serial' as const, value: 'S-1' }];
    const data = { kind: 'vehicle' as const, category: 'sedan', nonce, tags };
    const wrong = recorded(trade, plant, { type: 'register', item, data });
    expect(corrects(trade, plant, item, wrong)).toBe('accepted');
    expect(trade.item(item).state).toBe('voided');
    expect(trade.does(plant, { type: 'surrender', item, data: {} })).toBe('HL-2011');
    const right = plant.signer.item('car 2');
    const again = trade.event({
      type: 'register',
      item: right.item,
      data: { ...data, nonce: right.nonce },
    });
    const [batch] = trade.world.record(plant.signer.batch([again])).batches;
    expect(batch).toMatchObject({ verdicts: ['accepted'] });
    expect(batch?.notices, 'no resurrection').toBeUndefined();
    const bound = trade.world.row(rowKey.tag({ scheme: 'serial', value: 'S-1' }));
    expect(bound).toEqual({ item: right.item });
  });

  it('cannot be taken back once the item was passed on', () => {
    const { item, nonce } = plant.signer.item('part');
    const data = { kind: 'part' as const, category: 'door', nonce, tags: [] };
    const wrong = recorded(trade, plant, { type: 'register', item, data });
    trade.given(plant, { type: 'handover', item, data: { to: shop.creditCode } });
    trade.given(shop, { type: 'accept', item, data: { from: plant.creditCode } });
    expect(corrects(trade, shop, item, wrong, { eventType: 'register' })).toBe('accepted');
    expect(trade.item(item).state).toBe('registered');
    expect(agrees(trade, plant, item, wrong, { eventType: 'register' })).toBe('accepted');
    expect(trade.item(item), 'it stands, and is questioned').toMatchObject({ state: 'registered' });
    expect(trade.item(item).correction?.questioned).toHaveLength(1);
  });
});
