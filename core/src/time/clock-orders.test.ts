import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clocksOf, CLOCK_STATES, type Clock } from './clocks.js';
import { dayOfDate, startOfDay } from './day.js';
import { TIME_LIMITS } from './time-limits.js';
import { NOON, tables } from './clocks.testing.js';

describe('clocks', () => {
  const types = [
    'receive',
    'issueCertificate',
    'handover',
    'accept',
    'refuse',
    'register',
    'dispose',
    'reportTrace',
  ];
  const events = fc
    .array(
      fc.record({
        type: fc.constantFrom(...types),
        day: fc.integer({ min: dayOfDate(20241101)!, max: dayOfDate(20260501)! }),
        role: fc.constantFrom('dismantler', 'smelter', 'repairShop'),
        pair: fc.constantFrom('a>b', 'b>c', undefined),
      }),
      { maxLength: 12 },
    )
    .map((drawn) =>
      drawn
        .sort((a, b) => a.day - b.day)
        .map(({ type, day, role, pair }, i) => ({
          id: `e${i}`,
          type,
          time: startOfDay(day) + NOON,
          position: [1, 0, i] as const,
          roles: [role],
          ...(pair === undefined ? {} : { pair }),
        })),
    );
  const histories = fc.record({
    kind: fc.constantFrom('vehicle', 'battery', 'lot', 'part'),
    traits: fc.subarray(['traction', 'hazardous', 'engineOrFrame']),
    events,
  });
  const asOf = fc.integer({ min: dayOfDate(20241101)!, max: dayOfDate(20261231)! });

  it('are the same in whatever order the events came in', () => {
    fc.assert(
      fc.property(histories, asOf, fc.infiniteStream(fc.nat()), (history, day, dice) => {
        const shuffled = history.events
          .map((event) => ({ event, rank: dice.next().value }))
          .sort((a, b) => a.rank - b.rank)
          .map(({ event }) => event);
        expect(clocksOf({ ...history, events: shuffled }, tables, day)).toEqual(
          clocksOf(history, tables, day),
        );
      }),
    );
  });

  it('stand in an order of their limits and starts, and in a state that has words', () => {
    fc.assert(
      fc.property(histories, asOf, (history, day) => {
        const found = clocksOf(history, tables, day);
        const place = ({ name, startedBy }: Clock) =>
          TIME_LIMITS.findIndex((limit) => limit.name === name) * 100 + Number(startedBy.slice(1));
        expect(found.map(place)).toEqual(found.map(place).sort((a, b) => a - b));
        for (const { state, due, started, stopped } of found) {
          expect(CLOCK_STATES[state].en.length).toBeGreaterThan(2);
          expect(CLOCK_STATES[state].zh).toMatch(/[\u4e00-\u9fff]/);
          expect(started).toBeLessThanOrEqual(day);
          expect(due ?? started).toBeGreaterThanOrEqual(started);
          expect(state === 'notComputable').toBe(due === undefined);
          if (state === 'met' || state === 'metLate') expect(stopped! <= due!).toBe(state === 'met');
          if (state === 'overdue') expect(day).toBeGreaterThan(due!);
        }
      }),
    );
  });

  it('that ended stay as they are on every later day', () => {
    fc.assert(
      fc.property(histories, asOf, fc.nat(400), (history, day, later) => {
        const ended = clocksOf(history, tables, day).filter(({ stopped }) => stopped !== undefined);
        const then = clocksOf(history, tables, day + later);
        for (const clock of ended) expect(then).toContainEqual(clock);
      }),
    );
  });
});
