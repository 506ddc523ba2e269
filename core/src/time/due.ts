import { civilDate, dayOfCivil } from './day.js';
import { isWorkingDay, type HolidayTables } from './holidays.js';

/** How long somebody has. */
export type Term =
  | { readonly count: 'calendarDays' | 'workingDays'; readonly days: number }
  | { readonly count: 'calendarMonths'; readonly months: number };

/**
 * What an answer would have to be guessed without: the holidays of a year, a term that nobody confirmed, or a table that has the
 * limit at all.
 */
export type Missing =
  | { readonly what: 'holidays'; readonly year: number }
  | { readonly what: 'term' }
  | { readonly what: 'table' };

/** The last day of a term, or why there is no telling. Days are counted since 1970, see `dayOf`. */
export type Due = { readonly day: number } | { readonly notComputable: Missing };

/**
 * The last day of a term. The day on which it starts does not count, the one after it is day 1, and the term is kept until the
 * end of its last day at UTC+8. Months end on the day of the same number, or on the last of the month where it has none (Civil
 * Code of the People's Republic of China, articles 201 and 202).
 *
 * @param from day on which the term starts, and `holidays` of every year that working days of the term fall into
 */
export function dueDay(asked: Term & { readonly from: number; readonly holidays: HolidayTables }): Due {
  const { from, holidays } = asked;
  if (asked.count === 'calendarDays') return { day: from + asked.days };
  if (asked.count === 'calendarMonths') return { day: monthsLater(from, asked.months) };
  let day = from;
  for (let left = asked.days; left > 0;) {
    day++;
    const working = isWorkingDay(day, holidays);
    if (working === undefined) return noHolidays(day);
    if (working) left--;
  }
  return { day };
}

/** How many working days lie behind one day, up to and with another that is not earlier. */
export function workingDaysBetween(
  after: number,
  to: number,
  holidays: HolidayTables,
): { readonly days: number } | { readonly notComputable: Missing } {
  let days = 0;
  for (let day = after + 1; day <= to; day++) {
    const working = isWorkingDay(day, holidays);
    if (working === undefined) return noHolidays(day);
    if (working) days++;
  }
  return { days };
}

function noHolidays(day: number): { readonly notComputable: Missing } {
  return { notComputable: { what: 'holidays', year: civilDate(day).year } };
}

function monthsLater(from: number, months: number): number {
  const { year, month, day } = civilDate(from);
  const first = (count: number): number =>
    dayOfCivil({ year: Math.floor(count / 12), month: (count % 12) + 1, day: 1 });
  const count = year * 12 + month - 1 + months;
  return Math.min(first(count) + day - 1, first(count + 1) - 1);
}
