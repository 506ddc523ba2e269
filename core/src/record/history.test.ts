import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SignedBatch } from '../batch/batch.js';
import type { ItemEvent, LedgerEvent } from '../model/events.js';
import { rowKey } from '../model/row-keys.js';
import type { ItemRow, Row, TagRow } from '../model/rows.js';
import { GONE, lifecycle } from '../rules/lifecycle.js';
import { Trade, type Party, type Plain } from '../testing/trade.js';

/** What a party tries next: numbers pick a party, items and other parties. Most tries are against some rule. */
const attempt = fc.record({
  party: fc.nat(4),
  type: fc.constantFrom<ItemEvent['type']>(
    'register',
    'register',
    'inspect',
    'inspect',
    'handover',
    'accept',
    'withdraw',
    'refuse',
    'dismantle',
    'fit',
    'remove',
    'dispose',
  ),
  item: fc.nat(9),
  other: fc.nat(9),
  number: fc.nat(3),
  flag: fc.boolean(),
});
type Attempt = typeof attempt extends fc.Arbitrary<infer A> ? A : never;

const KINDS = ['vehicle', 'part', 'lot', 'part', 'device', 'battery'] as const;
const ROLES_OF_ALL = [
  'dismantler',
  'processor',
  'repairShop',
  'remanufacturer',
  'smelter',
  'shredder',
] as const;

function opened(): { trade: Trade; parties: Party[]; items: string[] } {
  const trade = new Trade();
  trade.table('massTolerance', 1, { permille: 20 });
  const parties = Array.from({ length: 3 }, (_, i) => trade.party(`all-rounder ${i}`, [...ROLES_OF_ALL]));
  parties.push(trade.party('shop', ['repairShop']), trade.party('plant', ['dismantler']));
  return { trade, parties, items: [] };
}

const at = <T>(list: readonly T[], index: number): T => {
  const found = list[index % list.length];
  if (found === undefined) throw new Error('nothing to pick from');
  return found;
};

/** The event of an attempt. Items are picked among those registered so far, newest last. */
function eventOf(
  { trade, parties, items }: ReturnType<typeof opened>,
  step: number,
  each: Attempt,
): LedgerEvent {
  const party = at(parties, each.party);
  const partner = at(parties, each.other).creditCode;
  const item = items.length > 0 ? at(items, each.item) : party.signer.item('nothing').item;
  const other = items.length > 0 ? at(items, each.other) : item;
  const made = party.signer.item(`thing ${step}`);
  const massGrams = 1000 + each.number * 10;
  const plain = ((): Plain<ItemEvent> => {
    switch (each.type) {
      case 'register': {
        const tags = each.flag ? [{ scheme: 'serial' as const, value: `S${each.number}` }] : [];
        items.push(made.item);
        return {
          type: 'register',
          item: made.item,
          data: { kind: at(KINDS, each.other), category: 'some', nonce: made.nonce, tags, massGrams },
        };
      }
      case 'inspect':
        return { type: 'inspect', item, data: { result: each.number === 0 ? 'unfit' : 'fit' } };
      case 'handover':
        return { type: 'handover', item, data: { to: partner, keepOwnership: each.flag } };
      case 'accept':
        return { type: 'accept', item, data: { from: partner } };
      case 'withdraw':
        return { type: 'withdraw', item, data: {} };
      case 'refuse':
        return { type: 'refuse', item, data: { from: partner, reason: 'other' } };
      case 'dismantle': {
        const more = party.signer.item(`thing ${step} too`);
        items.push(made.item, more.item);
        const outputs = [
          {
            ...made,
            kind: 'part' as const,
            category: 'some',
            massGrams: 600,
            tags: [{ scheme: 'serial' as const, value: `S${each.number}` }],
          },
          { ...more, kind: 'lot' as const, category: 'some', massGrams: 390 + each.other * 10 },
        ];
        return { type: 'dismantle', item, data: { outputs, lossGrams: each.number, toleranceVersion: 1 } };
      }
      case 'fit':
        return { type: 'fit', item, data: { into: other } };
      case 'remove':
        return {
          type: 'remove',
          item,
          data: { from: each.flag ? other : (trade.world.row(rowKey.item(item))?.fittedInto ?? other) },
        };
      case 'dispose':
        return { type: 'dispose', item, data: { method: 'shredded' } };
    }
  })();
  return trade.event(plain);
}

function itemsOf(rows: ReadonlyMap<string, Row>): Map<string, ItemRow> {
  return new Map(
    [...rows].filter(([key]) => key.startsWith('item/')).map(([key, row]) => [key.slice(5), row as ItemRow]),
  );
}

/** Nothing that the table does not allow has happened between two states of an item. */
function checkChange(event: LedgerEvent, id: string, before: ItemRow | undefined, after: ItemRow): void {
  const own = 'item' in event && event.item === id;
  if (before === undefined) {
    expect(after.state).toBe('registered');
    return;
  }
  if (!own) {
    // Another item's event may mark this one as contested, and nothing else.
    const { contested: _before, ...was } = before;
    const { contested: _after, ...is } = after;
    expect(is).toEqual(was);
    return;
  }
  const rows = lifecycle.filter(
    (step) =>
      step.event === event.type && step.kinds.includes(before.kind) && step.from.includes(before.state),
  );
  expect(rows).toHaveLength(1);
  expect(after.state).toBe(rows[0]?.to ?? before.state);
  expect(GONE).not.toContain(before.state);
  expect(after.count).toBe(before.count + 1);
  expect(after).toMatchObject({ kind: before.kind, category: before.category });
  expect(after.massGrams).toBe(before.massGrams);
}

/** What holds in every state of the ledger. */
function checkState(rows: ReadonlyMap<string, Row>, parties: readonly Party[]): void {
  const items = itemsOf(rows);
  const codes = new Set(parties.map(({ creditCode }) => creditCode));
  for (const [id, item] of items) {
    expect(codes).toContain(item.custodian);
    expect(codes).toContain(item.owner);
    expect(item.state === 'fitted').toBe(item.fittedInto !== undefined);
    if (item.handover) expect(['registered', 'inspected']).toContain(item.state);
    let outer = item;
    const seen = new Set([id]);
    while (outer.fittedInto !== undefined) {
      expect(seen.has(outer.fittedInto), 'an item is fitted into itself').toBe(false);
      seen.add(outer.fittedInto);
      outer = items.get(outer.fittedInto) ?? outer;
    }
    if (item.state !== 'dismantled' || item.massGrams === undefined) continue;
    const out = [...items.values()]
      .filter(({ parent }) => parent === id)
      .reduce((sum, part) => sum + (part.massGrams ?? 0), 0);
    expect(out).toBeLessThanOrEqual(item.massGrams * 1.02);
    expect(out).toBeGreaterThan(0);
  }
  for (const [key, row] of rows) {
    if (!key.startsWith('tag/')) continue;
    const { item, contenders = [], retired } = row as TagRow;
    const live = (id: string): boolean => !GONE.includes(items.get(id)?.state ?? 'disposed');
    expect(retired === true, key).toBe(!live(item));
    for (const contender of contenders) expect(live(contender), key).toBe(true);
    if (contenders.length > 0)
      for (const id of [item, ...contenders]) if (live(id)) expect(items.get(id)?.contested).toBe(true);
  }
}

describe('whatever parties try, in whatever order', () => {
  it('no item takes a step that the life cycle table does not list, and mass is conserved', () => {
    fc.assert(
      fc.property(fc.array(attempt, { minLength: 5, maxLength: 50 }), (attempts) => {
        const field = opened();
        const { trade, parties } = field;
        attempts.forEach((each, step) => {
          const before = itemsOf(trade.world.rows);
          const event = eventOf(field, step, each);
          const verdict = trade.world.verdict(at(parties, each.party).signer, event);
          const after = itemsOf(trade.world.rows);
          for (const [id, row] of after) {
            const was = before.get(id);
            if (was === row) continue;
            expect(verdict).toBe('accepted');
            checkChange(event, id, was, row);
          }
          if (verdict === 'accepted' && 'item' in event)
            expect(after.get(event.item)).not.toBe(before.get(event.item));
          else expect(verdict).toMatch(/^(accepted|HL-2[0-9]{3})$/);
        });
        checkState(trade.world.rows, parties);
      }),
      { numRuns: 60 },
    );
  });

  it('the same batches in one group or in several give the same rows, but for the transaction', () => {
    fc.assert(
      fc.property(
        fc.array(attempt, { minLength: 2, maxLength: 40 }),
        fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 40 }),
        fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 40 }),
        (attempts, sizes, events) => {
          const field = opened();
          const batches: SignedBatch[] = [];
          for (let i = 0, step = 0; i < attempts.length; step++) {
            const size = at(events, step);
            const some = attempts.slice(i, i + size);
            const party = at(field.parties, some[0]?.party ?? 0);
            // One batch has one signer; whose step it was to be does not matter here.
            batches.push(
              party.signer.batch(
                some.map((each, j) => eventOf(field, i + j, { ...each, party: some[0]?.party ?? 0 })),
              ),
            );
            i += size;
          }
          const whole = opened().trade.world;
          const split = opened().trade.world;
          whole.record(...batches);
          for (let i = 0, step = 0; i < batches.length; step++) {
            const size = at(sizes, step);
            split.record(...batches.slice(i, i + size));
            i += size;
          }
          const rows = (from: ReadonlyMap<string, Row>): [string, Row][] =>
            [...from]
              .map(([key, row]): [string, Row] => [
                key,
                'transaction' in row ? { ...row, transaction: '' } : row,
              ])
              .sort(([a], [b]) => (a < b ? -1 : 1));
          expect(rows(split.rows)).toEqual(rows(whole.rows));
        },
      ),
      { numRuns: 60 },
    );
  });

  it('a handover and its acceptance end in one state in either order', () => {
    const intent = fc.record({
      keepOwnership: fc.boolean(),
      giver: fc.nat(4),
      receiver: fc.nat(4),
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
          const { head: _order, ...row } = trade.item(item);
          return { verdicts, row };
        });
        expect(first).toEqual(second);
        expect(first?.row.handover).toBeUndefined();
      }),
      { numRuns: 30 },
    );
  });
});
