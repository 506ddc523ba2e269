import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SignedBatch } from '../batch/batch.js';
import type { Row } from '../model/rows.js';
import { attempt, next } from './history-attempts.testing.js';
import { at, opened } from './history-field.testing.js';

/** Rows in the order of their keys, without the transaction that wrote them. */
function comparable(rows: ReadonlyMap<string, Row>): [string, Row][] {
  return [...rows]
    .map(([key, row]): [string, Row] => [key, 'transaction' in row ? { ...row, transaction: '' } : row])
    .sort(([a], [b]) => (a < b ? -1 : 1));
}

describe('whatever parties try, in whatever order', { timeout: 300_000 }, () => {
  it('the same batches in one group or in several give the same rows, but for the transaction', () => {
    const sizes = fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(fc.array(attempt, { minLength: 5, maxLength: 40 }), sizes, (attempts, groups) => {
        const alone = opened();
        const batches = attempts.map((each, step): SignedBatch => {
          const { party, event } = next(alone, step, each);
          const batch = party.signer.batch([event]);
          const [told] = alone.trade.world.record(batch).batches;
          alone.memory.tell(party, event, told?.verdicts[0] ?? '');
          return batch;
        });
        const expected = comparable(alone.trade.world.rows);
        const together = opened().trade.world;
        together.record(...batches);
        expect(comparable(together.rows)).toEqual(expected);
        const split = opened().trade.world;
        for (let i = 0, step = 0; i < batches.length; step++) {
          const size = at(groups, step);
          split.record(...batches.slice(i, i + size));
          i += size;
        }
        expect(comparable(split.rows)).toEqual(expected);
      }),
      { numRuns: 30 },
    );
  });

  it('a handover and its acceptance end in one state in either order', () => {
    const intent = fc.record({
      keepOwnership: fc.boolean(),
      giver: fc.nat(3),
      receiver: fc.nat(3),
      mass: fc.option(fc.nat(5000), { nil: undefined }),
      fit: fc.boolean(),
    });
    fc.assert(
      fc.property(intent, ({ keepOwnership, giver, receiver, mass, fit }) => {
        const [first, second] = [true, false].map((giverFirst) => {
          const { trade, parties } = opened();
          const from = at(parties, giver);
          const to = at(parties, receiver);
          const { item, nonce } = from.signer.item('thing');
          trade.given(from, {
            type: 'register',
            item,
            data: { kind: 'part', category: 'some', nonce, tags: [], massGrams: 10 },
          });
          if (fit) trade.given(from, { type: 'inspect', item, data: { result: 'fit' } });
          const weight = mass === undefined ? {} : { massGrams: mass };
          const gives = (): unknown =>
            trade.does(from, {
              type: 'handover',
              item,
              data: { to: to.creditCode, keepOwnership, ...weight },
            });
          const takes = (): unknown =>
            trade.does(to, { type: 'accept', item, data: { from: from.creditCode, ...weight } });
          const verdicts = giverFirst ? [gives(), takes()] : [takes(), gives()].reverse();
          const { head: _order, correction: _last, ...row } = trade.item(item);
          return { verdicts, row };
        });
        expect(first).toEqual(second);
        expect(first?.row.handover).toBeUndefined();
      }),
      { numRuns: 30 },
    );
  });
});
