import { beforeEach, describe, expect, it } from 'vitest';
import { eventIdOf } from '../ids/event-id.js';
import { Trade, type Party } from '../testing/trade.js';
import { numbered } from '../testing/numbered.js';

let trade: Trade;
let plant: Party;
beforeEach(() => {
  trade = new Trade();
  plant = trade.party('plant', ['dismantler']);
});

describe('an event that is offered again', () => {
  it('cites the one that was refused', () => {
    const { item, nonce } = plant.signer.item('car');
    const inspect = { type: 'inspect' as const, item, data: { result: 'fit' as const } };
    expect(trade.does(plant, inspect)).toBe('HL-2001');
    const first = eventIdOf({ keyId: plant.signer.keyId, sequence: 1, index: 0 });
    trade.given(plant, {
      type: 'register',
      item,
      data: { kind: 'vehicle', category: 'sedan', nonce, tags: numbered(nonce) },
    });
    expect(trade.does(plant, { ...inspect, cites: first })).toBe('accepted');
  });

  it('is refused when what it cites was accepted, is unknown or lies in no batch', () => {
    const { item, nonce } = plant.signer.item('car');
    trade.given(plant, {
      type: 'register',
      item,
      data: { kind: 'vehicle', category: 'sedan', nonce, tags: numbered(nonce) },
    });
    const { keyId } = plant.signer;
    for (const place of [
      { keyId, sequence: 1, index: 0 },
      { keyId, sequence: 1, index: 1 },
      { keyId, sequence: 99, index: 0 },
    ]) {
      const cites = eventIdOf(place);
      expect(trade.does(plant, { type: 'inspect', item, data: { result: 'fit' }, cites })).toBe('HL-2080');
    }
  });
});
