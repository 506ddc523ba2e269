import { expect, it } from 'vitest';
import { eventIdOf } from '../ids/event-id.js';
import { Trade } from '../testing/trade.js';

it('a wrong packing is undone by taking out, and a correction of it is settled by that', () => {
  const trade = new Trade();
  trade.table('correctionTerm', 1, { alone: 30, together: 30 });
  const plant = trade.party('plant', ['dismantler']);
  const { item: box, nonce } = plant.signer.item('box');
  const lamp = plant.signer.item('lamp');
  const part = { kind: 'part' as const, category: 'lamp', nonce: lamp.nonce, tags: [] };
  trade.given(
    plant,
    { type: 'register', item: box, data: { kind: 'container', category: 'box', nonce, tags: [] } },
    { type: 'register', item: lamp.item, data: part },
  );
  const { logistics } = trade.item(box);
  trade.given(plant, { type: 'pack', item: box, data: { items: [lamp.item] } });
  const event = eventIdOf({ keyId: plant.signer.keyId, sequence: plant.signer.sequence, index: 0 });
  const wrong = { event, eventType: 'pack' as const, reason: 'wrongItem' as const, termVersion: 1 };
  trade.given(plant, { type: 'correct', item: box, data: wrong });
  expect(trade.item(box).correction?.questioned).toHaveLength(1);
  trade.given(plant, { type: 'unpack', item: box, data: { items: [lamp.item] }, replaces: event });
  expect(trade.item(box).correction?.questioned).toBeUndefined();
  expect(trade.item(box).logistics?.goods).toBe(logistics?.goods);
  expect(trade.item(lamp.item).logistics?.container).toBeUndefined();
});
