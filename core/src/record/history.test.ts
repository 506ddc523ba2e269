import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SignedBatch } from '../batch/batch.js';
import { itemEventData, type ItemEvent, type LedgerEvent } from '../model/events.js';
import { rowKey } from '../model/row-keys.js';
import type { ItemRow, Row, TagRow } from '../model/rows.js';
import { GONE, lifecycle, stepOf } from '../rules/lifecycle.js';
import { Trade, type Party, type Plain } from '../testing/trade.js';

/** What is tried next. Numbers pick items and parties; `right` asks for a party and data that have a chance. */
const attempt = fc.record({
  party: fc.nat(4),
  type: fc.constantFrom<ItemEvent['type']>(
    ...(['register', 'inspect', 'inspect', 'handover', 'handover', 'accept', 'accept', 'withdraw'] as const),
    ...(['refuse', 'dismantle', 'dismantle', 'fit', 'fit', 'remove', 'remove', 'dispose'] as const),
  ),
  item: fc.nat(19),
  other: fc.nat(19),
  number: fc.nat(3),
  flag: fc.boolean(),
  right: fc.integer({ min: 0, max: 3 }).map((n) => n > 0),
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

interface Field {
  readonly trade: Trade;
  readonly parties: Party[];
  readonly items: string[];
}

/** A field where each of five parties holds a car and a part that were found fit. */
function opened(): Field {
  const trade = new Trade();
  trade.table('massTolerance', 1, { permille: 20 });
  const parties = Array.from({ length: 4 }, (_, i) => trade.party(`all-rounder ${i}`, [...ROLES_OF_ALL]));
  parties.push(trade.party('shop', ['repairShop']));
  const items: string[] = [];
  for (const party of parties) {
    for (const kind of ['part', 'vehicle'] as const) {
      const { item, nonce } = party.signer.item(kind);
      items.push(item);
      trade.given(
        party,
        { type: 'register', item, data: { kind, category: 'some', nonce, tags: [], massGrams: 1000 } },
        { type: 'inspect', item, data: { result: 'fit' } },
      );
    }
  }
  return { trade, parties, items };
}

const at = <T>(list: readonly T[], index: number): T => {
  const found = list[index % list.length];
  if (found === undefined) throw new Error('nothing to pick from');
  return found;
};

/** Who holds an item: of a fitted one, who holds what it is fitted into. */
function holderOf({ trade, parties }: Field, item: ItemRow | undefined): Party | undefined {
  const host = item?.fittedInto === undefined ? undefined : trade.world.row(rowKey.item(item.fittedInto));
  if (host) return holderOf({ trade, parties, items: [] }, host);
  return parties.find(({ creditCode }) => creditCode === item?.custodian);
}

/** Whether the table lists the step for an item as it is. */
function isReady(item: ItemRow | undefined, event: ItemEvent['type']): boolean {
  if (!item || (event === 'fit' && item.inspection !== 'fit')) return false;
  return stepOf(event, item.kind)?.from.includes(item.state) === true;
}

/** The event of an attempt and who signs it. Items are picked among those that were ever tried. */
function next(field: Field, step: number, each: Attempt): { party: Party; event: LedgerEvent } {
  const { trade, parties, items } = field;
  const rowOf = (id: string): ItemRow | undefined => trade.world.row(rowKey.item(id));
  const ready = items.filter((id) => isReady(rowOf(id), each.type));
  const item = at(each.right && ready.length > 0 ? ready : items, each.item);
  const row = rowOf(item);
  const holder = holderOf(field, row);
  const receiver = parties.find(({ creditCode }) => creditCode === row?.handover?.to);
  const takes = each.type === 'accept' || each.type === 'refuse';
  const rightly = takes ? receiver : holder;
  const party = (each.right && rightly) || at(parties, each.party);
  const from = (each.right && holder?.creditCode) || at(parties, each.other).creditCode;
  const made = party.signer.item(`thing ${step}`);
  const plain = ((): Plain<ItemEvent> => {
    switch (each.type) {
      case 'register': {
        const tags = each.flag ? [{ scheme: 'serial' as const, value: `S${each.number}` }] : [];
        items.push(made.item);
        const data = { kind: at(KINDS, each.other), category: 'some', nonce: made.nonce, tags };
        return { type: 'register', item: made.item, data: { ...data, massGrams: 1000 + each.number * 10 } };
      }
      case 'inspect':
        return { type: 'inspect', item, data: { result: each.number === 0 ? 'unfit' : 'fit' } };
      case 'handover':
        return {
          type: 'handover',
          item,
          data: { to: at(parties, each.other).creditCode, keepOwnership: each.flag },
        };
      case 'accept':
        return { type: 'accept', item, data: { from } };
      case 'withdraw':
        return { type: 'withdraw', item, data: {} };
      case 'refuse':
        return { type: 'refuse', item, data: { from, reason: 'other' } };
      case 'dismantle':
        return dismantling(field, step, each, party, item, row?.massGrams ?? 1000);
      case 'fit': {
        const hosts = items.filter((id) => id !== item && holderOf(field, rowOf(id)) === party);
        return {
          type: 'fit',
          item,
          data: { into: at(each.right && hosts.length > 0 ? hosts : items, each.other) },
        };
      }
      case 'remove':
        return {
          type: 'remove',
          item,
          data: { from: (each.right && row?.fittedInto) || at(items, each.other) },
        };
      case 'dispose':
        return { type: 'dispose', item, data: { method: 'shredded' } };
    }
  })();
  return { party, event: trade.event(plain) };
}

function dismantling(
  { items }: Field,
  step: number,
  { number, right }: Attempt,
  party: Party,
  item: string,
  mass: number,
): Plain<ItemEvent> {
  const first = party.signer.item(`part ${step}`);
  const second = party.signer.item(`lot ${step}`);
  items.push(first.item, second.item);
  const tags = [{ scheme: 'serial' as const, value: `S${number}` }];
  const rest = mass - 600 + (right ? -number : 100);
  const outputs = [
    { ...first, kind: 'part' as const, category: 'some', massGrams: 600, tags },
    { ...second, kind: 'lot' as const, category: 'some', massGrams: Math.max(0, rest) },
  ];
  return { type: 'dismantle', item, data: { outputs, lossGrams: number, toleranceVersion: 1 } };
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

/** Rows in the order of their keys, without the transaction that wrote them. */
function comparable(rows: ReadonlyMap<string, Row>): [string, Row][] {
  return [...rows]
    .map(([key, row]): [string, Row] => [key, 'transaction' in row ? { ...row, transaction: '' } : row])
    .sort(([a], [b]) => (a < b ? -1 : 1));
}

describe('whatever parties try, in whatever order', () => {
  it('no item takes a step that the life cycle table does not list, and mass is conserved', () => {
    const accepted = new Set<string>();
    fc.assert(
      fc.property(fc.array(attempt, { minLength: 20, maxLength: 50 }), (attempts) => {
        const field = opened();
        const { world } = field.trade;
        attempts.forEach((each, step) => {
          const before = itemsOf(world.rows);
          const { party, event } = next(field, step, each);
          const verdict = world.verdict(party.signer, event);
          const after = itemsOf(world.rows);
          for (const [id, row] of after) {
            const was = before.get(id);
            if (was === row) continue;
            expect(verdict).toBe('accepted');
            checkChange(event, id, was, row);
          }
          expect(verdict).toMatch(/^(accepted|HL-2[0-9]{3})$/);
          if (verdict !== 'accepted' || !('item' in event)) return;
          accepted.add(event.type);
          expect(after.get(event.item)).not.toBe(before.get(event.item));
        });
        checkState(world.rows, field.parties);
      }),
      { numRuns: 30 },
    );
    // Tries that never succeed would show nothing.
    expect([...accepted].sort()).toEqual(Object.keys(itemEventData).sort());
  });

  it('the same batches in one group or in several give the same rows, but for the transaction', () => {
    const sizes = fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(fc.array(attempt, { minLength: 5, maxLength: 40 }), sizes, (attempts, groups) => {
        const alone = opened();
        const batches = attempts.map((each, step): SignedBatch => {
          const { party, event } = next(alone, step, each);
          const batch = party.signer.batch([event]);
          alone.trade.world.record(batch);
          return batch;
        });
        const together = opened().trade.world;
        together.record(...batches);
        const split = opened().trade.world;
        for (let i = 0, step = 0; i < batches.length; step++) {
          const size = at(groups, step);
          split.record(...batches.slice(i, i + size));
          i += size;
        }
        expect(comparable(together.rows)).toEqual(comparable(alone.trade.world.rows));
        expect(comparable(split.rows)).toEqual(comparable(alone.trade.world.rows));
      }),
      { numRuns: 30 },
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
