import { dayOf } from './day.js';
import { workingDaysBetween } from './due.js';
import type { HolidayTables } from './holidays.js';

/** By how much a term was missed. */
export interface Lateness {
  /** Calendar days after the last day of the term. */
  readonly days: number;
  /** Those of them on which people work; absent where the holidays of a year are not on record. */
  readonly workingDays?: number;
}

/**
 * By how much something was late that was done, or is not done yet, at a time.
 *
 * @param due last day of the term, see `dayOf`
 * @param time in seconds since 1970
 * @returns undefined when it was in time
 */
export function latenessOf(due: number, time: number, holidays: HolidayTables): Lateness | undefined {
  const day = dayOf(time);
  if (day <= due) return undefined;
  const working = workingDaysBetween(due, day, holidays);
  return { days: day - due, ...('days' in working ? { workingDays: working.days } : {}) };
}
