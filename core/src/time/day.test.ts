import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { civilDate, dateOf, dayOf, dayOfCivil, dayOfDate, isoDay, startOfDay, weekdayOf } from './day.js';

/** Days from the year 0 to the year 9999. */
const days = fc.integer({ min: -719_528, max: 2_932_896 });

describe('a day', () => {
  it('begins at midnight in China', () => {
    expect([dayOf(0), dayOf(16 * 3600 - 1), dayOf(16 * 3600)].map(isoDay)).toEqual([
      '1970-01-01',
      '1970-01-01',
      '1970-01-02',
    ]);
    expect(isoDay(dayOf(Date.parse('2024-12-31T15:59:59Z') / 1000))).toBe('2024-12-31');
    expect(isoDay(dayOf(Date.parse('2024-12-31T16:00:00Z') / 1000))).toBe('2025-01-01');
  });

  it('holds each second from its first up to the one before the next', () => {
    fc.assert(
      fc.property(days, fc.nat(86_399), (day, second) => {
        expect(dayOf(startOfDay(day) + second)).toBe(day);
        expect(dayOf(startOfDay(day) - 1)).toBe(day - 1);
      }),
    );
  });

  it('has the date and the weekday that the Gregorian calendar gives it', () => {
    fc.assert(
      fc.property(days, (day) => {
        const expected = new Date(day * 86_400_000);
        expect(civilDate(day)).toEqual({
          year: expected.getUTCFullYear(),
          month: expected.getUTCMonth() + 1,
          day: expected.getUTCDate(),
        });
        expect(isoDay(day)).toBe(expected.toISOString().slice(0, 10));
        expect(weekdayOf(day) % 7).toBe(expected.getUTCDay());
        expect(dayOfCivil(civilDate(day))).toBe(day);
        expect(dayOfDate(dateOf(day))).toBe(day);
      }),
      { numRuns: 2000 },
    );
  });

  it('of a leap year is there, of another year not', () => {
    expect(dayOfDate(20240229)).toBe(19_782);
    expect(dayOfDate(20000229)).toBeDefined();
    for (const none of [20250229, 21000229, 20240431, 20241301, 20240001, 20240100, 20240132, 20250128.5])
      expect(dayOfDate(none), String(none)).toBeUndefined();
  });
});
