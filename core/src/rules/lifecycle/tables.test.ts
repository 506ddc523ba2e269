import { describe, expect, it } from 'vitest';
import { itemEventData, type ItemEventType } from '../../model/events.js';
import { correctionEvents } from '../../model/events/correction.js';
import { ITEM_KINDS, ITEM_STATES, PART_CLASSES, ROLES } from '../../model/terms.js';
import { endsOf, isGone, lifecycle, stepOf } from './index.js';

/** Events about events are no steps of a life; what may be corrected is in a table of its own. */
const EVENTS = (Object.keys(itemEventData) as ItemEventType[]).filter(
  (type) => !Object.hasOwn(correctionEvents, type),
);
/** Steps that bring an item into the ledger. */
const CREATING: readonly ItemEventType[] = ['register', 'intakeBatch', 'openManifest'];

describe('the life cycle tables', () => {
  it('have one row for a step of a kind of item', () => {
    for (const kind of ITEM_KINDS) {
      for (const event of EVENTS) {
        const rows = lifecycle.filter((step) => step.event === event && step.kinds.includes(kind));
        expect(rows.length, `${event} of ${kind}`).toBeLessThanOrEqual(1);
      }
    }
  });

  it('say something of every event and every kind, and nothing of others', () => {
    expect(new Set(lifecycle.map(({ event }) => event))).toEqual(new Set(EVENTS));
    for (const kind of ITEM_KINDS)
      expect(
        CREATING.some((event) => stepOf(event, kind)?.from.length === 0),
        kind,
      ).toBe(true);
  });

  it('bring an item into every state, but only a registration of some sort brings it into the ledger', () => {
    expect(new Set(lifecycle.flatMap(({ to, brings }) => [to ?? [], brings ?? []].flat()))).toEqual(
      new Set(ITEM_STATES.filter((state) => state !== 'voided')),
    );
    for (const step of lifecycle)
      expect(step.from.length === 0, step.event).toBe(CREATING.includes(step.event));
  });

  it('leave no state of a kind without a way to an end of it', () => {
    for (const kind of ITEM_KINDS) {
      const steps = lifecycle.filter(({ kinds }) => kinds.includes(kind));
      const reached = new Set(steps.flatMap(({ to, brings }) => [to ?? [], brings ?? []].flat()));
      for (const state of reached) {
        const seen = new Set([state]);
        for (const at of seen) {
          for (const { from, to } of steps) if (to !== undefined && from.includes(at)) seen.add(to);
        }
        expect(
          endsOf(kind).some((end) => seen.has(end)),
          `${kind} ${state}`,
        ).toBe(true);
      }
    }
  });

  it('let nothing begin in a state after which an item is no more, but for what is reported about it', () => {
    for (const { from, kinds, afterEnd } of lifecycle) {
      if (afterEnd) continue;
      for (const kind of kinds) for (const state of from) expect(isGone({ kind, state })).toBe(false);
    }
  });

  it('ask for a licence only where they name the roles that may hold one', () => {
    for (const step of lifecycle) {
      if (step.licence) expect(step.roles?.length).toBeGreaterThan(0);
      for (const role of step.roles ?? []) expect(ROLES).toContain(role);
    }
  });

  it('speak of classes only of parts', () => {
    for (const { kinds, classes, toClass } of lifecycle) {
      if (classes !== undefined || toClass !== undefined) expect(kinds).toEqual(['part']);
      for (const each of classes ?? []) expect(PART_CLASSES).toContain(each);
    }
  });

  it('name data that their events have, and all of it', () => {
    for (const event of EVENTS) {
      const fields = Object.keys(itemEventData[event].shape);
      const rows = lifecycle.filter((step) => step.event === event);
      const named = new Set(rows.flatMap(({ given, optional = [] }) => [...given, ...optional]));
      for (const name of named) expect(fields, event).toContain(name);
      const own = event === 'register' ? ['kind', 'nonce'] : CREATING.includes(event) ? ['nonce'] : [];
      expect([...named, ...own].sort(), event).toEqual([...fields].sort());
    }
  });
});
