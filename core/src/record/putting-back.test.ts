import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rowKey } from '../model/row-keys.js';
import { CORRECTIONS } from '../rules/corrections.js';
import { isPutBack } from './corrections.testing.js';
import { attempt, next } from './history-attempts.testing.js';
import { opened } from './history-field.testing.js';

describe('whatever parties try, in whatever order', { timeout: 300_000 }, () => {
  it('what the last event did to an item can be put back, and the item is as it was', () => {
    const back = new Set<string>();
    fc.assert(
      fc.property(fc.array(attempt, { minLength: 20, maxLength: 40 }), (attempts) => {
        const field = opened();
        const { world } = field.trade;
        attempts.forEach((each, step) => {
          const { party, event } = next(field, step, each);
          const before = 'item' in event ? world.row(rowKey.item(event.item)) : undefined;
          const verdict = world.verdict(party.signer, event);
          field.memory.tell(party, event, verdict);
          const told = 'item' in event ? field.memory.last.get(event.item) : undefined;
          if (verdict !== 'accepted' || told?.event !== event) return;
          if (isPutBack(field.trade, field.parties, told, before)) back.add(event.type);
        });
      }),
      { numRuns: 40, endOnFailure: true },
    );
    // Which of them chance brings up differs; most of them it does.
    expect(back.size).toBeGreaterThan(CORRECTIONS.length / 2);
  });
});
