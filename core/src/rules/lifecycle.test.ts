import { describe, expect, it } from 'vitest';
import { itemEventData } from '../model/events.js';
import { ITEM_KINDS, ITEM_STATES, ROLES } from '../model/terms.js';
import { GONE, lifecycle, stepOf } from './lifecycle.js';

describe('the life cycle table', () => {
  it('has one row for a step of a kind of item', () => {
    for (const kind of ITEM_KINDS) {
      for (const event of Object.keys(itemEventData)) {
        const rows = lifecycle.filter((step) => step.event === event && step.kinds.includes(kind));
        expect(rows.length, `${event} of ${kind}`).toBeLessThanOrEqual(1);
      }
    }
  });

  it('says something of every event and every kind, and nothing of others', () => {
    expect(new Set(lifecycle.map(({ event }) => event))).toEqual(new Set(Object.keys(itemEventData)));
    for (const kind of ITEM_KINDS) expect(stepOf('register', kind)).toBeDefined();
  });

  it('brings an item into every state but only registration brings it into the ledger', () => {
    expect(new Set(lifecycle.flatMap(({ to }) => to ?? []))).toEqual(new Set(ITEM_STATES));
    for (const step of lifecycle) expect(step.from.length === 0).toBe(step.event === 'register');
  });

  it('lets nothing begin in a state after which an item is no more', () => {
    for (const step of lifecycle) for (const state of step.from) expect(GONE).not.toContain(state);
  });

  it('asks for a licence only where it names the roles that may hold one', () => {
    for (const step of lifecycle) {
      if (step.licence) expect(step.roles?.length).toBeGreaterThan(0);
      for (const role of step.roles ?? []) expect(ROLES).toContain(role);
    }
  });

  it('names data that its events have', () => {
    for (const { event, given } of lifecycle) {
      const fields = Object.keys(itemEventData[event].shape);
      for (const name of given) expect(fields, event).toContain(name);
    }
  });
});
