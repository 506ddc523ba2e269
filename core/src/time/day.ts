/** Seconds by which clocks in China are ahead of UTC: one zone for the whole country, no summer time since 1992. */
export const CHINA_OFFSET = 28_800;
const DAY = 86_400;
/** From 0000-03-01, where the arithmetic of the calendar begins, to 1970-01-01; and the days of 400 years. */
const EPOCH = 719_468;
const ERA = 146_097;

/** A date of the Gregorian calendar; months and days count from 1. */
export interface CivilDate {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

/** Days since 1970 at UTC+8, where a day of this ledger begins. @param seconds since 1970. */
export function dayOf(seconds: number): number {
  return Math.floor((seconds + CHINA_OFFSET) / DAY);
}

/** First second of a day. A term that ends on a day is over with the first second of the next. */
export function startOfDay(day: number): number {
  return day * DAY - CHINA_OFFSET;
}

/** 1 for Monday to 7 for Sunday (ISO 8601). */
export function weekdayOf(day: number): number {
  return ((((day + 3) % 7) + 7) % 7) + 1;
}

/** The date of a day. Years begin in March here, so that the day that leap years add is the last of its year. */
export function civilDate(day: number): CivilDate {
  const shifted = day + EPOCH;
  const era = Math.floor(shifted / ERA);
  const ofEra = shifted - era * ERA;
  const years = Math.floor(
    (ofEra - Math.floor(ofEra / 1460) + Math.floor(ofEra / 36_524) - Math.floor(ofEra / 146_096)) / 365,
  );
  const ofYear = ofEra - (365 * years + Math.floor(years / 4) - Math.floor(years / 100));
  const march = Math.floor((5 * ofYear + 2) / 153);
  const month = march < 10 ? march + 3 : march - 9;
  return {
    year: years + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: ofYear - Math.floor((153 * march + 2) / 5) + 1,
  };
}

/** The day of a date; a day beyond the end of its month runs on into the next. */
export function dayOfCivil({ year, month, day }: CivilDate): number {
  const shifted = month <= 2 ? year - 1 : year;
  const era = Math.floor(shifted / 400);
  const years = shifted - era * 400;
  const ofYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1;
  return era * ERA + years * 365 + Math.floor(years / 4) - Math.floor(years / 100) + ofYear - EPOCH;
}

/** A day as an integer, `20250128`, as tables on the ledger hold it. */
export function dateOf(day: number): number {
  const { year, month, day: ofMonth } = civilDate(day);
  return year * 10_000 + month * 100 + ofMonth;
}

/** The day of an integer such as `20250128`, or undefined when there is no such date. */
export function dayOfDate(date: number): number | undefined {
  const year = Math.floor(date / 10_000);
  const month = Math.floor(date / 100) % 100;
  if (!Number.isSafeInteger(date) || month < 1 || month > 12) return undefined;
  const day = dayOfCivil({ year, month, day: date % 100 });
  return dateOf(day) === date ? day : undefined;
}

/** A day in ISO 8601, `2025-01-28`. */
export function isoDay(day: number): string {
  const { year, month, day: ofMonth } = civilDate(day);
  return `${String(year).padStart(4, '0')}-${two(month)}-${two(ofMonth)}`;
}

function two(number: number): string {
  return String(number).padStart(2, '0');
}
