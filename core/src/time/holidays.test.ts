import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { eventShape } from '../model/events.js';
import { PUBLISHED_HOLIDAYS, publishedHolidays } from './arrangements.js';
import { civilDate, dayOfDate, weekdayOf } from './day.js';
import { holidayTableName, isWorkingDay, readHolidays } from './holidays.js';

const holidays = publishedHolidays();
const working = (date: number) => isWorkingDay(dayOfDate(date)!, holidays);

describe('a working day', () => {
  it('at the Spring Festival of 2025 is the Sunday before and the Saturday after', () => {
    expect([20250124, 20250125, 20250126, 20250127].map(working)).toEqual([true, false, true, true]);
    for (const date of [20250128, 20250129, 20250130, 20250131, 20250201, 20250202, 20250203, 20250204])
      expect(working(date), String(date)).toBe(false);
    expect([20250205, 20250206, 20250207, 20250208, 20250209].map(working)).toEqual([
      true,
      true,
      true,
      true,
      false,
    ]);
  });

  it('at the National Day of 2026 is a Sunday in September and a Saturday after it', () => {
    expect([20260919, 20260920, 20260921, 20260925].map(working)).toEqual([false, true, true, false]);
    for (const date of [20261001, 20261002, 20261003, 20261004, 20261005, 20261006, 20261007])
      expect(working(date), String(date)).toBe(false);
    expect([20261008, 20261009, 20261010, 20261011].map(working)).toEqual([true, true, true, false]);
  });

  it('was a Saturday before New Year 2019, and the Monday after it was none', () => {
    expect([20181229, 20181230, 20181231, 20190101, 20190102].map(working)).toEqual([
      true,
      false,
      false,
      false,
      true,
    ]);
  });

  it('is neither told nor denied in a year without a table', () => {
    expect(working(20171229)).toBeUndefined();
    expect(working(20270104)).toBeUndefined();
    expect(isWorkingDay(dayOfDate(20250105)!, new Map())).toBeUndefined();
  });

  it('is a weekday that is not free or a weekend that is worked', () => {
    fc.assert(
      fc.property(fc.integer({ min: dayOfDate(20180101)!, max: dayOfDate(20261231)! }), (day) => {
        const { year } = civilDate(day);
        const none = new Map([[year, { off: [], on: [] }]]);
        expect(isWorkingDay(day, none)).toBe(weekdayOf(day) <= 5);
      }),
    );
  });
});

describe('the published arrangements', () => {
  it('are those of 2018 to 2026, each with its source', () => {
    expect(PUBLISHED_HOLIDAYS.map(({ year }) => year)).toEqual([
      2018, 2019, 2020, 2021, 2022, 2023, 2024, 2025, 2026,
    ]);
    for (const { year, sources } of PUBLISHED_HOLIDAYS)
      expect(sources.length, String(year)).toBeGreaterThan(0);
  });

  it('free as many days as the law gives, whatever was moved to a weekend', () => {
    // Eleven days until 2024, thirteen from 2025 on; in 2020 the Spring Festival was made two working days longer.
    const given = PUBLISHED_HOLIDAYS.map(({ off, on }) => off.length - on.length);
    expect(given).toEqual([11, 11, 13, 11, 11, 11, 11, 13, 13]);
  });

  it('are rule tables that an event can carry and that are read back', () => {
    for (const { year, off, on } of PUBLISHED_HOLIDAYS) {
      const table = { off: [...off], on: [...on] };
      expect(readHolidays(year, table), String(year)).toEqual(table);
      const data = { name: holidayTableName(year), province: 'CN', version: 1, from: 0, table };
      const event = { type: 'rule.propose', version: 1, time: 0, data };
      expect(eventShape('rule.propose')?.fits(event), String(year)).toBe(true);
    }
  });

  it('are in the order of the calendar', () => {
    for (const { off, on } of PUBLISHED_HOLIDAYS)
      for (const dates of [off, on]) expect(dates).toEqual([...dates].sort((a, b) => a - b));
  });
});

describe('a table of holidays', () => {
  it('is none with a day that cannot be in it', () => {
    const good = { off: [20250101], on: [20250126] };
    expect(readHolidays(2025, good)).toEqual(good);
    expect(readHolidays(2025, { off: [], on: [] })).toEqual({ off: [], on: [] });
    for (const bad of [
      {},
      { off: [20250101] },
      { ...good, extra: 1 },
      { ...good, off: 20250101 },
      { ...good, off: ['20250101'] },
      { ...good, off: [20250101, 20250101] },
      { ...good, off: [20250104] },
      { ...good, off: [20251301] },
      { ...good, off: [20240101] },
      { ...good, on: [20250127] },
    ] as Parameters<typeof readHolidays>[1][])
      expect(readHolidays(2025, bad), JSON.stringify(bad)).toBeUndefined();
  });
});
