import type { Cell, DateSystem } from '../tables/cell.js';
import { readMoment, type DayOrder } from './date.js';
import { fault, type Reading } from './reading.js';

/** A column of times: day and time of day, at UTC+8 unless the cell says another zone. */
export interface TimeField {
  readonly type: 'time';
  readonly order?: DayOrder;
  readonly serials?: DateSystem;
  /** First and last day at UTC+8 that make sense, such as `1990-01-01`. */
  readonly earliest: string;
  readonly latest: string;
  /** It may lie ahead, as the end of a validity does. */
  readonly isAhead?: true;
}

/**
 * Reads a time. A day in words without a time of day is refused: midnight would be made up. A serial number of XLSX always has one.
 *
 * @returns seconds since 1970; or a fault: HL-9107, HL-9130 to HL-9135
 */
export function readTime(
  cell: Cell,
  field: TimeField,
  system: DateSystem | undefined,
  today: string | undefined,
): Reading<number> {
  const moment = readMoment(cell, field, system);
  if (moment.fault) return moment;
  const { day, time } = moment.value;
  if (!time) return fault('HL-9135');
  const value = Date.parse(`${day}T00:00:00Z`) / 1000 + time.secondOfDay - time.offsetSeconds;
  const dayHere = new Date((value + 28_800) * 1000).toISOString().slice(0, 10);
  const isBounded = today !== undefined && !field.isAhead && today < field.latest;
  const latest = isBounded ? today : field.latest;
  return dayHere < field.earliest || dayHere > latest
    ? fault('HL-9133', { from: field.earliest, to: latest })
    : { value };
}
