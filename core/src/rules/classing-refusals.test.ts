import { describe, expect, it } from 'vitest';
import { lastEventOf } from '../testing/corrections.js';
import { part, plant, shop, trade } from './correcting.testing.js';

describe('a refused event', () => {
  it('is classed by Oversight, and by nobody else', () => {
    const auditor = trade.party('auditor', ['auditor'], { mspId: 'OversightMSP' });
    const item = part(plant, 'starter 1');
    expect(trade.does(shop, { type: 'inspect', item, data: { result: 'fit' } })).toBe('HL-2020');
    const event = lastEventOf(shop);
    const classify = { type: 'classifyRefusal' as const, item, data: { event, class: 'mistake' as const } };
    const before = trade.item(item);
    expect(trade.does(plant, classify)).toBe('HL-2030');
    expect(trade.does(auditor, classify)).toBe('accepted');
    expect(trade.item(item), 'the item is not touched').toEqual(before);
    const accepted = { ...classify, data: { ...classify.data, event: lastEventOf(plant) } };
    trade.given(plant, { type: 'inspect', item, data: { result: 'fit' } });
    expect(trade.does(auditor, { ...accepted, data: { ...accepted.data, event: lastEventOf(plant) } })).toBe(
      'HL-2250',
    );
  });
});
