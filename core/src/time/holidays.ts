import type { RuleRow } from '../model/rows.js';
import { civilDate, dateOf, dayOfDate, weekdayOf } from './day.js';

/**
 * What one year has of days that are not as their weekday says, as the rule table `rule/holidays{YEAR}/CN/{version}` holds it.
 * Days are integers such as `20250128`, all of them of that year: what the notice of the next year says of the last days of
 * this one comes with a further version of this year's table.
 */
export interface Holidays {
  /** Days from Monday to Friday on which nobody works. */
  readonly off: readonly number[];
  /** Saturdays and Sundays on which people work in exchange. */
  readonly on: readonly number[];
}

/** The tables in force, by year. */
export type HolidayTables = ReadonlyMap<number, Holidays>;

/** Name of the rule table of a year. */
export function holidayTableName(year: number): string {
  return `holidays${year}`;
}

/**
 * The arrangement that a rule table holds, or undefined when it is not one: another member, a day of another year, one that does
 * not exist or stands twice, a weekday to be worked, a free Sunday. Half a table would count days wrongly and look right.
 */
export function readHolidays(year: number, table: RuleRow['table']): Holidays | undefined {
  const { off, on, ...others } = table;
  if (Object.keys(others).length > 0) return undefined;
  const free = daysIn(year, off, (weekday) => weekday <= 5);
  const worked = daysIn(year, on, (weekday) => weekday > 5);
  return free && worked && { off: free, on: worked };
}

/** True for a day on which people work; undefined when the table of its year is missing. */
export function isWorkingDay(day: number, holidays: HolidayTables): boolean | undefined {
  const table = holidays.get(civilDate(day).year);
  if (table === undefined) return undefined;
  return weekdayOf(day) <= 5 ? !table.off.includes(dateOf(day)) : table.on.includes(dateOf(day));
}

function daysIn(
  year: number,
  value: RuleRow['table'][string] | undefined,
  fits: (weekday: number) => boolean,
): readonly number[] | undefined {
  if (typeof value !== 'object' || new Set(value).size !== value.length) return undefined;
  const dates: number[] = [];
  for (const date of value) {
    const day = typeof date === 'number' ? dayOfDate(date) : undefined;
    if (day === undefined || civilDate(day).year !== year || !fits(weekdayOf(day))) return undefined;
    dates.push(dateOf(day));
  }
  return dates;
}
