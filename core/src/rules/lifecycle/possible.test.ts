import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ITEM_KINDS, type ItemKind, type ItemState } from '../../model/terms.js';
import { verdictOn } from './attempts.testing.js';
import { lifecycle, stepOf, type Step } from './index.js';
import { facts, holder, police, rowOf, stranger, trade, type Facts } from './things.testing.js';
import { numbered } from '../../testing/numbered.js';

/** The same things each time: a step that one of them can take is possible, whatever chance says. */
const THINGS: readonly Facts[] = fc.sample(facts, { numRuns: 1_000, seed: 20250701 });

/** Whether somebody may take a step of some thing of a kind in a state. */
function isPossible(step: Step, kind: ItemKind, state: ItemState): boolean {
  return THINGS.some((given) => {
    const row = rowOf({ ...given, placed: { kind, state } });
    return [holder, police, stranger].some((who) => verdictOn(step, row, who) === 'accepted');
  });
}

describe('a step that the tables list', () => {
  it('can be taken, in each state that they list it for', () => {
    const never = lifecycle.flatMap((step) =>
      step.kinds.flatMap((kind) =>
        step.from
          .filter((state) => !isPossible(step, kind, state))
          .map((state) => `${step.event} of a ${kind}, ${state}`),
      ),
    );
    expect(never).toEqual([]);
  });

  it('as a registration brings a thing of its kind into the ledger', () => {
    for (const kind of ITEM_KINDS.filter((each) => stepOf('register', each) !== undefined)) {
      const { item, nonce } = holder.signer.item(kind);
      const data = {
        kind,
        category: kind === 'container' ? 'box' : 'other',
        nonce,
        tags: kind === 'vehicle' ? numbered(nonce) : [],
      };
      expect(trade.does(holder, { type: 'register', item, data }), kind).toBe('accepted');
    }
  });
});
