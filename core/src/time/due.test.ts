import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { publishedHolidays } from './arrangements.js';
import { dateOf, dayOfDate } from './day.js';
import { dueDay, workingDaysBetween, type Due, type Term } from './due.js';

const holidays = publishedHolidays();
const workingDays = (days: number): Term => ({ count: 'workingDays', days });

function due(date: number, term: Term): number | Due {
  const found = dueDay({ from: dayOfDate(date)!, ...term, holidays });
  return 'day' in found ? dateOf(found.day) : found;
}

/** Days from which a term of up to 60 working days ends within the known tables. */
const starts = fc.integer({ min: dayOfDate(20171231)!, max: dayOfDate(20260901)! });
const lengths = fc.nat(60);
const end = (from: number, term: Term): number => {
  const found = dueDay({ from, ...term, holidays });
  if (!('day' in found)) throw new Error('no due day');
  return found.day;
};
const between = (after: number, to: number): number => {
  const found = workingDaysBetween(after, to, holidays);
  if (!('days' in found)) throw new Error('no count');
  return found.days;
};

describe('a term of working days', () => {
  it('across the Spring Festival of 2025 leaves out eight days and counts the worked weekend', () => {
    // 26 (Sunday, worked) and 27 January, 5, 6, 7 and 8 (Saturday, worked), 10 February …
    expect(due(20250125, workingDays(1))).toBe(20250126);
    expect(due(20250125, workingDays(2))).toBe(20250127);
    expect(due(20250125, workingDays(3))).toBe(20250205);
    expect(due(20250125, workingDays(6))).toBe(20250208);
    expect(due(20250125, workingDays(7))).toBe(20250210);
    expect(due(20250125, workingDays(15))).toBe(20250220);
  });

  it('across the National Day of 2025 and of 2026', () => {
    // 28 September 2025 is a worked Sunday, 11 October a worked Saturday.
    expect(due(20250926, workingDays(1))).toBe(20250928);
    expect(due(20250930, workingDays(1))).toBe(20251009);
    expect(due(20250930, workingDays(3))).toBe(20251011);
    expect(due(20260930, workingDays(1))).toBe(20261008);
    expect(due(20260930, workingDays(3))).toBe(20261010);
    expect(due(20260930, workingDays(4))).toBe(20261012);
  });

  it('begins behind the day it starts on, worked or not', () => {
    expect(due(20250210, workingDays(1))).toBe(20250211);
    expect(due(20250201, workingDays(1))).toBe(20250205);
    expect(due(20250210, workingDays(0))).toBe(20250210);
  });

  it('across the end of a year takes each day by the table of its year', () => {
    expect(due(20251231, workingDays(1))).toBe(20260104);
    expect(due(20241230, workingDays(2))).toBe(20250102);
  });

  it('is not computable where it reaches a year without a table, which is named', () => {
    const missing = (year: number) => ({ notComputable: { what: 'holidays', year } });
    expect(due(20261225, workingDays(15))).toEqual(missing(2027));
    expect(due(20171220, workingDays(1))).toEqual(missing(2017));
    expect(due(20261225, workingDays(4))).toBe(20261231);
    expect(workingDaysBetween(dayOfDate(20261230)!, dayOfDate(20270101)!, holidays)).toEqual(missing(2027));
  });

  it('ends on a working day, and holds as many of them as it says', () => {
    fc.assert(
      fc.property(starts, lengths, (from, length) => {
        const last = end(from, workingDays(length));
        expect(between(from, last)).toBe(length);
        if (length > 0) expect(between(from, last - 1)).toBe(length - 1);
      }),
    );
  });

  it('is as long as its parts one after another', () => {
    fc.assert(
      fc.property(starts, fc.nat(30), fc.nat(30), (from, first, second) => {
        expect(end(end(from, workingDays(first)), workingDays(second))).toBe(
          end(from, workingDays(first + second)),
        );
      }),
    );
  });

  it('never ends sooner for starting later', () => {
    fc.assert(
      fc.property(starts, fc.nat(20), lengths, (from, later, length) => {
        expect(end(from + later, workingDays(length))).toBeGreaterThanOrEqual(end(from, workingDays(length)));
      }),
    );
  });

  it('between three days adds up', () => {
    fc.assert(
      fc.property(starts, fc.nat(60), fc.nat(60), (from, a, b) => {
        expect(between(from, from + a) + between(from + a, from + a + b)).toBe(between(from, from + a + b));
      }),
    );
  });
});

describe('a term of calendar days', () => {
  it('needs no table and runs over month, year and leap day', () => {
    const days = (number: number): Term => ({ count: 'calendarDays', days: number });
    expect(due(20250128, days(7))).toBe(20250204);
    expect(due(20251228, days(7))).toBe(20260104);
    expect(due(20240228, days(1))).toBe(20240229);
    expect(due(20250228, days(1))).toBe(20250301);
    expect(due(20990101, days(365))).toBe(21000101);
  });
});

describe('a term of months', () => {
  const months = (number: number): Term => ({ count: 'calendarMonths', months: number });

  it('ends on the day of the same number, or on the last of the month', () => {
    expect(due(20250115, months(12))).toBe(20260115);
    expect(due(20240229, months(12))).toBe(20250228);
    expect(due(20230228, months(12))).toBe(20240228);
    expect(due(20240131, months(1))).toBe(20240229);
    expect(due(20250831, months(1))).toBe(20250930);
    expect(due(20251231, months(2))).toBe(20260228);
    expect(due(20251115, months(1))).toBe(20251215);
    expect(due(20251215, months(0))).toBe(20251215);
  });

  it('lies in the month it should, never beyond the number of its day', () => {
    fc.assert(
      fc.property(starts, fc.nat(240), (from, number) => {
        const [start, last] = [dateOf(from), dateOf(end(from, months(number)))];
        const count = (date: number) => Math.floor(date / 10_000) * 12 + (Math.floor(date / 100) % 100);
        expect(count(last) - count(start)).toBe(number);
        expect(last % 100).toBeLessThanOrEqual(start % 100);
        if (start % 100 <= 28) expect(last % 100).toBe(start % 100);
      }),
    );
  });
});
