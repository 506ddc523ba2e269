import type { Cell, DateSystem } from '../tables/cell.js';
import { dayOf, dayOfSerial } from './calendar.js';
import { fault, type Reading } from './reading.js';
import { folded, textOf, visibleText } from './text.js';
import { clockTimeOf, type ClockTime } from './clock-time.js';

/** Which comes first where the year comes last: 03/02/2026 is the third of February, or the second of March. */
export type DayOrder = 'dmy' | 'mdy';

/** A column of days. */
export interface DateField {
  readonly type: 'date';
  /** Without it, a date that can be read in both orders is refused. */
  readonly order?: DayOrder;
  /** In text, a bare serial number is taken only when its date system is declared. */
  readonly serials?: DateSystem;
  /** First and last day that make sense, such as `1990-01-01`. */
  readonly earliest: string;
  readonly latest: string;
}

/** What a text or a serial number says before its range is looked at. */
export interface Moment {
  readonly day: string;
  readonly time?: ClockTime;
}

/**
 * Reads a day. Taken are 2026-03-02, 2026/3/2, 2026.3.2, 2026年3月2日, 20260302, in full width too; with the year last as the column
 * declares; dates and serial numbers of XLSX. A time of day behind it is left out, as it stands, unless it is of another time zone
 * than UTC+8, where the day may be another.
 *
 * @param system date system of the file, when it is an XLSX file
 * @param today no later day is taken
 * @returns such as `2026-03-02`; or a fault: HL-9107, HL-9130 to HL-9134
 */
export function readDate(
  cell: Cell,
  field: DateField,
  system: DateSystem | undefined,
  today: string | undefined,
): Reading<string> {
  const moment = readMoment(cell, field, system);
  if (moment.fault) return moment;
  const { day, time } = moment.value;
  if (time && time.offsetSeconds !== UTC8) return fault('HL-9130');
  const latest = today !== undefined && today < field.latest ? today : field.latest;
  return day < field.earliest || day > latest
    ? fault('HL-9133', { from: field.earliest, to: latest })
    : { value: day };
}

/** China has one time zone, without summer time since 1992. */
export const UTC8 = 8 * 3600;

/** The day, and the time of day where there is one. */
export function readMoment(
  cell: Cell,
  field: { readonly order?: DayOrder; readonly serials?: DateSystem },
  system: DateSystem | undefined,
): Reading<Moment> {
  if (cell.kind === 'number') return momentOfNumber(cell.digits, cell.isDate, system ?? '1900');
  if (cell.kind !== 'text') return fault('HL-9130');
  const read = visibleText(textOf(cell));
  if (read.fault) return read;
  const text = folded(read.value).trim();
  const looksSerial = /^[0-9]{4,5}(?:\.[0-9]+)?$/.test(text);
  if (looksSerial)
    return field.serials === undefined ? fault('HL-9134') : momentOfNumber(text, true, field.serials);
  return momentOfText(text, field.order);
}

function momentOfText(text: string, order: DayOrder | undefined): Reading<Moment> {
  const [, date = '', clock] =
    /^(.{6,18}?)(?:(?:\s*T|\s+|(?<=日))\s*([0-9]{1,2}\s*[:时点].*))?$/.exec(text) ?? [];
  const day = dayOfText(date.trim(), order);
  if (day.fault || clock === undefined) return day.fault ? day : { value: { day: day.value } };
  const time = clockTimeOf(clock);
  return time.fault ? time : { value: { day: day.value, time: time.value } };
}

function dayOfText(text: string, order: DayOrder | undefined): Reading<string> {
  const yearFirst =
    /^([0-9]{4})([-/.])([0-9]{1,2})\2([0-9]{1,2})$/.exec(text) ??
    /^([0-9]{4})\s*(年)\s*([0-9]{1,2})\s*月\s*([0-9]{1,2})\s*[日号]$/.exec(text) ??
    /^([0-9]{4})()([0-9]{2})([0-9]{2})$/.exec(text);
  if (yearFirst) {
    const [, year, , month, day] = yearFirst.map(Number);
    return known(dayOf(year ?? 0, month ?? 0, day ?? 0));
  }
  const [, first, , second, year] = /^([0-9]{1,2})([-/.])([0-9]{1,2})\2([0-9]{4})$/.exec(text) ?? [];
  if (first === undefined || second === undefined) return fault('HL-9130');
  return yearLast(Number(first), Number(second), Number(year), order);
}

function yearLast(first: number, second: number, year: number, order: DayOrder | undefined): Reading<string> {
  const dayFirst = order === 'mdy' ? undefined : dayOf(year, second, first);
  const monthFirst = order === 'dmy' ? undefined : dayOf(year, first, second);
  if (dayFirst !== undefined && monthFirst !== undefined && dayFirst !== monthFirst)
    return fault('HL-9131', { readings: `${dayFirst} | ${monthFirst}` });
  return known(dayFirst ?? monthFirst);
}

/** A number of an XLSX file: a serial number, or a day written without separators, 20260302; they cannot be taken for one another. */
function momentOfNumber(digits: string, isDate: boolean, system: DateSystem): Reading<Moment> {
  const [, whole = '', fraction = ''] = /^([0-9]{1,8})(?:\.([0-9]+))?$/.exec(digits) ?? [];
  if (whole === '') return fault('HL-9130');
  if (whole.length === 8) {
    const compact = fraction === '' && !isDate ? dayOfText(whole, undefined) : fault('HL-9130');
    return compact.fault ? compact : { value: { day: compact.value } };
  }
  // Excel keeps a time of day as a fraction of the day: to the second, a fraction has no exact decimal form.
  const share = fraction === '' ? 0n : BigInt(fraction) * 86_400n * 2n;
  const secondOfDay = Number((share / 10n ** BigInt(fraction.length) + 1n) / 2n);
  const carried = secondOfDay === 86_400 ? 1 : 0;
  const day = dayOfSerial(Number(whole) + carried, system);
  if (day === undefined) return fault('HL-9132');
  return { value: { day, time: { secondOfDay: carried === 1 ? 0 : secondOfDay, offsetSeconds: UTC8 } } };
}

function known(day: string | undefined): Reading<string> {
  return day === undefined ? fault('HL-9132') : { value: day };
}
