import { expect } from 'vitest';
import type { LedgerEvent } from '../model/events.js';
import type { ItemRow, Row, TagRow } from '../model/rows.js';
import { outerOf } from '../rules/item.js';
import { isGone, lifecycle, stepOf } from '../rules/lifecycle/index.js';
import { changesLots } from '../testing/lot-history.js';
import type { Party } from '../testing/trade.js';
import { checkCorrected } from './corrections.testing.js';
import { checkInsurance } from './insurance-attempts.testing.js';
import { HOUSEHOLD, movesOthers, unmoved } from './logistics.testing.js';

/** The items among the rows of a ledger, by id. */
export function itemsOf(rows: ReadonlyMap<string, Row>): Map<string, ItemRow> {
  return new Map(
    [...rows].filter(([key]) => key.startsWith('item/')).map(([key, row]) => [key.slice(5), row as ItemRow]),
  );
}

/** Nothing that the table does not allow has happened between two states of an item. */
export function checkChange(
  event: LedgerEvent,
  id: string,
  before: ItemRow | undefined,
  after: ItemRow,
): void {
  const own = 'item' in event && event.item === id;
  if (before === undefined) {
    expect(['registered', 'inUse', 'inspected', 'removed', 'secondLife', 'opened']).toContain(after.state);
    return;
  }
  if (!own && changesLots(event)) {
    // It went in with others, or its manifest goes its way.
    const { category, kind, state } = before;
    expect(after).toMatchObject({
      category,
      kind,
      state: after.lot?.joined === event.item ? 'consumed' : state,
    });
    return;
  }
  if (event.type === 'correct' || event.type === 'agreeCorrection') {
    checkCorrected(event, id, before, after);
    return;
  }
  if (!own) {
    if (movesOthers(event)) {
      // An event of a container that it lies in moves it, and nothing else.
      expect(unmoved(after)).toEqual(unmoved(before));
      return;
    }
    // Another item's event may mark this one as contested, name it the partner of a set, or make its registration to be changed;
    // what was fitted and is removed leaves the vehicle lighter.
    const lighter = event.type === 'remove' ? { assemblies: 0, battery: 0, takenGrams: 0 } : {};
    const free = ['fit', 'remove'].includes(event.type) ? { ...lighter, correction: 0 } : {};
    const bound = ({ appliance }: ItemRow) =>
      event.type === 'bindSet' || event.type === 'unbindSet'
        ? { appliance: { ...appliance, partner: 0, morePartners: 0 }, correction: 0 }
        : {};
    // All that claim a tag of what is held stand still with it.
    const together = ['hold', 'release'].includes(event.type) ? { hold: 0, heldWith: 0, correction: 0 } : {};
    expect({ ...after, contested: 0, insurance: 0, ...free, ...together, ...bound(after) }).toEqual({
      ...before,
      contested: 0,
      insurance: 0,
      ...free,
      ...together,
      ...bound(before),
    });
    expect(after.takenGrams ?? 0).toBeGreaterThanOrEqual(before.takenGrams ?? 0);
    return;
  }
  const rows = lifecycle.filter(
    (step) =>
      step.event === event.type && step.kinds.includes(before.kind) && step.from.includes(before.state),
  );
  expect(rows).toHaveLength(1);
  const keeps = rows[0]?.keeps?.includes(before.state) === true;
  expect(after.state).toBe(keeps ? before.state : (rows[0]?.to ?? before.state));
  expect(isGone(before) && rows[0]?.afterEnd !== true).toBe(false);
  expect(before.hold === undefined || rows[0]?.whileHeld === true).toBe(true);
  expect(after.count).toBe(before.count + 1);
  expect(after).toMatchObject({ kind: before.kind, category: before.category });
  if (before.massGrams !== undefined && event.type === 'takeInBattery')
    expect(Math.abs((after.massGrams ?? 0) - before.massGrams) * 50).toBeLessThanOrEqual(before.massGrams);
  else if (!['receive', 'receiveUnit', 'weigh', 'sample'].includes(event.type))
    expect(after.massGrams).toBe(before.massGrams);
}

/** What holds in every state of the ledger. */
export function checkState(rows: ReadonlyMap<string, Row>, parties: readonly Party[]): void {
  checkInsurance(rows);
  const items = itemsOf(rows);
  const codes = new Set([...parties.map(({ creditCode }) => creditCode), HOUSEHOLD]);
  const inside = new Map<string, number>();
  for (const { logistics } of items.values()) {
    const container = logistics?.container;
    if (container !== undefined) inside.set(container, (inside.get(container) ?? 0) + 1);
  }
  for (const [id, item] of items) {
    expect(codes).toContain(item.custodian);
    expect(codes).toContain(item.owner);
    expect(item.state === 'fitted').toBe(item.fittedInto !== undefined);
    // What lies in a container is counted there, and has nothing open of its own.
    expect(item.logistics?.goods?.count ?? 0).toBe(inside.get(id) ?? 0);
    if (item.logistics?.container !== undefined) expect(item.handover ?? item.fittedInto).toBeUndefined();
    if (item.handover) expect(stepOf('handover', item.kind)?.from).toContain(item.state);
    if (item.takenGrams !== undefined) expect(item.takenGrams).toBeLessThanOrEqual(item.massGrams ?? 0);
    let outer = item;
    const seen = new Set([id]);
    for (let next = outerOf(outer); next !== undefined; next = outerOf(outer)) {
      expect(seen.has(next), 'an item is in itself').toBe(false);
      seen.add(next);
      outer = items.get(next) ?? outer;
    }
    if (item.kind === 'vehicle' || item.massGrams === undefined) continue;
    if (item.state !== 'dismantled' && item.state !== 'recycled') continue;
    const out = [...items.values()]
      .filter(({ parent, state }) => parent === id && state !== 'voided')
      .reduce((sum, part) => sum + (part.massGrams ?? 0), 0);
    expect(out * 50).toBeLessThanOrEqual(item.massGrams * 51);
    expect(out).toBeGreaterThan(0);
  }
  for (const [key, row] of rows) {
    if (!key.startsWith('tag/')) continue;
    const { item, contenders = [], retired } = row as TagRow;
    const live = (id: string): boolean => {
      const found = items.get(id);
      return found !== undefined && !isGone(found);
    };
    expect(retired === true, key).toBe(!live(item));
    for (const contender of contenders) expect(live(contender), key).toBe(true);
    if (contenders.length > 0)
      for (const id of [item, ...contenders]) if (live(id)) expect(items.get(id)?.contested).toBe(true);
  }
}
