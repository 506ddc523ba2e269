import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { itemEventData, type ItemEventType, type LedgerEvent } from '../model/events.js';
import { rowKey } from '../model/row-keys.js';
import type { ItemRow } from '../model/rows.js';
import type { ItemKind } from '../model/terms.js';
import { attempt, next, TRIED, type Attempt } from './history-attempts.testing.js';
import { checkChange, checkState, itemsOf } from './history-checks.testing.js';
import { opened, type Field } from './history-field.testing.js';

const ALL = Object.keys(itemEventData) as ItemEventType[];

/** Plays one attempt, and checks that it did to all items what the tables list and nothing else. */
function played(
  field: Field,
  step: number,
  each: Attempt,
): { readonly event: LedgerEvent; readonly verdict: string } {
  const { world } = field.trade;
  const before = new Map(world.rows);
  const { party, event } = next(field, step, each);
  const verdict = world.verdict(party.signer, event);
  field.memory.tell(party, event, verdict);
  const written = itemsOf(world.transactions.at(-1)?.recorded.writes ?? new Map());
  for (const id of written.keys()) {
    expect(verdict).toBe('accepted');
    checkChange(event, id, before.get(rowKey.item(id)) as ItemRow | undefined, field.trade.item(id));
  }
  expect(verdict).toMatch(/^(accepted|HL-2[0-9]{3})$/);
  if (verdict === 'accepted' && 'item' in event && event.type !== 'classifyRefusal')
    expect(written.has(event.item)).toBe(true);
  return { event, verdict };
}

/** What has to be done before a step that no item of the field is ready for, some of it with an item of a certain kind. */
const BEFORE: Partial<
  Record<ItemEventType, readonly (ItemEventType | readonly [ItemEventType, ItemKind])[]>
> = {
  accept: ['handover'],
  refuse: ['handover'],
  withdraw: ['handover'],
  release: ['hold'],
  correct: ['inspect'],
  unbindSet: ['bindSet'],
  leaveHulk: [['dismantle', 'vehicle']],
  collectBattery: [['register', 'battery']],
  takeInBattery: [['register', 'battery']],
  agreeCorrection: ['handover', 'accept', 'correct'],
};

/** Tries a step with all that may be right for it, until it is accepted. @returns whether it was */
function reaches(field: Field, type: ItemEventType, kind: ItemKind | undefined, step: number): boolean {
  for (let turn = 0; turn < 480; turn++) {
    const each = {
      type,
      right: true,
      item: turn % 20,
      other: (turn * 7) % 20,
      number: Math.floor(turn / 20) % 4,
      party: turn % 5,
      flag: turn % 2 === 0,
    };
    const { event, verdict } = played(field, step * 1_000 + turn, each);
    if (verdict !== 'accepted' || event.type !== type) continue;
    if (kind === undefined || field.trade.item(event.item).kind === kind) return true;
  }
  return false;
}

describe('whatever parties try, in whatever order', { timeout: 300_000 }, () => {
  it('no item takes a step that the life cycle table does not list, and mass is conserved', () => {
    const accepted = new Set<string>();
    fc.assert(
      fc.property(fc.array(attempt, { minLength: 20, maxLength: 50 }), (attempts) => {
        const field = opened();
        const { world } = field.trade;
        attempts.forEach((each, step) => {
          const { event, verdict } = played(field, step, each);
          if (verdict === 'accepted') accepted.add(event.type);
        });
        checkState(world.rows, field.parties);
      }),
      { numRuns: 200, endOnFailure: true },
    );
    // Tries that never succeed would show nothing: what chance leaves out is reached step by step in the next test.
    expect(accepted.size).toBeGreaterThan(ALL.length / 2);
  });

  it('each step of the tables is taken by somebody', () => {
    expect([...new Set(TRIED)].sort()).toEqual([...ALL].sort());
    const unreached = ALL.filter((type) => {
      const field = opened();
      const way = [...(BEFORE[type] ?? []), type];
      const done = way.every((each, step) => {
        const [name, kind] = typeof each === 'string' ? [each] : each;
        return reaches(field, name, kind, step);
      });
      checkState(field.trade.world.rows, field.parties);
      return !done;
    });
    expect(unreached).toEqual([]);
  });
});
