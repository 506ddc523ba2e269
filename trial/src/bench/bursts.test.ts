import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { burstSchedule, type Burst } from './bursts.js';

const turns = fc.array(
  fc
    .integer({ min: 100, max: 4_000 })
    .chain((length) =>
      fc.record({ left: fc.integer({ min: 100, max: length }), length: fc.constant(length) }),
    ),
  { minLength: 1, maxLength: 6 },
);
const SECONDS = 60;

const sum = (bursts: readonly Burst[]): number => bursts.reduce((total, { events }) => total + events, 0);

describe('the burst profile', () => {
  it('is the same for the same seed, and another for another', () => {
    const duos = [{ left: 2_000, length: 2_000 }];
    expect(burstSchedule(duos, 1_000, 60, 1)).toEqual(burstSchedule(duos, 1_000, 60, 1));
    expect(burstSchedule(duos, 1_000, 60, 1)).not.toEqual(burstSchedule(duos, 1_000, 60, 2));
  });

  it('has bursts of 100 to 1 000 events that end where pools change hands', () => {
    fc.assert(
      fc.property(turns, fc.integer(), (duos, seed) => {
        const schedule = burstSchedule(duos, 2_000, SECONDS, seed);
        for (const [index, { left, length }] of duos.entries()) {
          let rest = left;
          for (const { events } of schedule[index] ?? []) {
            expect(events).toBeGreaterThanOrEqual(100);
            expect(events).toBeLessThanOrEqual(1_000);
            expect(events).toBeLessThanOrEqual(rest);
            rest = rest === events ? length : rest - events;
          }
        }
      }),
    );
  });

  it('goes over the devices in order of time and offers the rate that is asked for', () => {
    const duos = Array.from({ length: 20 }, () => ({ left: 500, length: 2_000 }));
    for (const rate of [500, 4_000]) {
      const schedule = burstSchedule(duos, rate, 600, 11);
      expect(schedule.every((bursts) => bursts.length > 5)).toBe(true);
      for (const bursts of schedule) {
        const moments = bursts.flatMap(({ at }) => at);
        expect(moments).toEqual([...moments].sort((a, b) => a - b));
        expect(Math.max(...moments)).toBeLessThanOrEqual(600_000);
      }
      const offered = 2 * schedule.reduce((total, bursts) => total + sum(bursts), 0);
      expect(offered / (rate * 600)).toBeGreaterThan(0.85);
      expect(offered / (rate * 600)).toBeLessThan(1.15);
    }
  });
});
