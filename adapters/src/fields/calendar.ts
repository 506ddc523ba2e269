import type { DateSystem } from '../tables/cell.js';

const DAY_MS = 86_400_000;

/** The day as `2026-03-02`, or undefined when the calendar has no such day. Years from 1000 to 9999. */
export function dayOf(year: number, month: number, day: number): string | undefined {
  const text = `${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}`;
  const isWritten = year >= 1000 && year <= 9999 && month >= 1 && month <= 12 && day >= 1 && day <= 31;
  return isWritten && dayText(Date.UTC(year, month - 1, day)) === text ? text : undefined;
}

/**
 * The day of a serial number. Excel counts 1900-02-29, which never was, so numbers after it count from a day earlier than those before
 * (ECMA-376 part 1, 18.17.4.1).
 *
 * @param serial whole days
 */
export function dayOfSerial(serial: number, system: DateSystem): string | undefined {
  if (system === '1904') return serial < 0 ? undefined : fromDay(Date.UTC(1904, 0, 1), serial);
  if (serial < 1 || serial === 60) return undefined;
  return fromDay(Date.UTC(1899, 11, serial < 60 ? 31 : 30), serial);
}

/** The serial number of a day that is written `2026-03-02`. */
export function serialOfDay(day: string, system: DateSystem): number {
  const ms = Date.parse(`${day}T00:00:00Z`);
  if (system === '1904') return (ms - Date.UTC(1904, 0, 1)) / DAY_MS;
  const since1899 = (ms - Date.UTC(1899, 11, 31)) / DAY_MS;
  return since1899 < 60 ? since1899 : since1899 + 1;
}

function fromDay(start: number, days: number): string | undefined {
  const ms = start + days * DAY_MS;
  return ms > Date.UTC(9999, 11, 31) ? undefined : dayText(ms);
}

function dayText(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}

function pad(number: number, width: number): string {
  return String(number).padStart(width, '0');
}
