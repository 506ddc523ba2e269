import { cut } from '../messages/details.js';
import { HuilianError } from '../messages/error.js';
import { capitals } from './letters.js';

export type BatteryLevel = 'pack' | 'module' | 'cell';

/** The parts of a code of GB/T 34014-2017. */
export interface BatteryCode {
  /** 24 characters in capital letters. */
  readonly code: string;
  readonly level: BatteryLevel;
  /** Three characters that the register of codes gave the maker. */
  readonly maker: string;
  /** `A` NiMH, `B` LiFePO4, `C` LiMn2O4, `D` LiCoO2, `E` ternary, `F` supercapacitor, `G` titanate, `Z` other. */
  readonly chemistry: string;
  /** The maker's own, two characters, filed with the register. */
  readonly specification: string;
  /** The maker's own, seven characters, filed with the register. */
  readonly traceability: string;
  /** ISO 8601 day; the month alone, or undefined, where it is not certain which day or year a character stands for. */
  readonly produced: string | undefined;
  /** Number within the day of production, seven characters. */
  readonly serial: string;
}

/**
 * Without I, O and Q, which look like digits. Only the maker's code does not keep to it: the register gave one of the largest
 * makers of cells `04Q`, and millions of cells bear it.
 */
const PATTERN =
  /^([0-9A-HJ-NP-Z]{3})([PMC])([0-9A-HJ-NPR-Z])([0-9A-HJ-NPR-Z]{2})([0-9A-HJ-NPR-Z]{7})([0-9A-HJ-NPR-Z])([1-9ABC])([0-9A-HJ-NPR-Z])([0-9A-HJ-NPR-Z]{7})$/;

const LEVELS: ReadonlyMap<string, BatteryLevel> = new Map([
  ['P', 'pack'],
  ['M', 'module'],
  ['C', 'cell'],
]);

/** Years from 2010 on. Published readers of these codes differ behind T (2036). */
const YEARS = '0123456789ABCDEFGHJKLMNPRST';
const MONTHS = '123456789ABC';
/** Days from the first to the 26th. */
const DAYS = '123456789ABCDEFGHJKLMNPRST';
/**
 * The last days of a month. Published readers differ: some go on with U V X Y Z, some with V W X Y 0, and cells that bear a 0
 * are in the trade. V would be the 27th for these and the 28th for those, so it is not read.
 */
const LAST_DAYS: ReadonlyMap<string, number> = new Map([
  ['U', 27],
  ['W', 28],
  ['X', 29],
  ['Y', 30],
  ['Z', 31],
  ['0', 31],
]);

/**
 * The code of a traction battery pack, module or cell (GB/T 34014-2017), in capital letters. It has no check character: a
 * misread one is only noticed where it breaks the form or gives a day that does not exist.
 *
 * @throws HuilianError HL-1045
 */
export function parseBatteryCode(text: string): BatteryCode {
  const code = capitals(text.trim());
  const found = PATTERN.exec(code);
  const [, maker = '', product = '', chemistry = '', specification = '', traceability = '', y = ''] =
    found ?? [];
  const [m = '', d = '', serial = ''] = found?.slice(7) ?? [];
  const level = LEVELS.get(product);
  const month = MONTHS.indexOf(m) + 1;
  const day = dayOfMonth(d);
  const year = YEARS.includes(y) ? 2010 + YEARS.indexOf(y) : undefined;
  if (level === undefined || (day ?? 1) > daysOf(year, month))
    throw new HuilianError('HL-1045', { text: cut(text, 40) });
  return {
    code,
    level,
    maker,
    chemistry,
    specification,
    traceability,
    produced: iso(year, month, day),
    serial,
  };
}

/** True for the code of a pack in the one form that an event may carry. */
export function isPackCode(text: string): boolean {
  try {
    const { code, level } = parseBatteryCode(text);
    return code === text && level === 'pack';
  } catch {
    return false;
  }
}

function dayOfMonth(character: string): number | undefined {
  const place = DAYS.indexOf(character);
  return place < 0 ? LAST_DAYS.get(character) : place + 1;
}

/** Days of a month; of a February of an unknown year 29. */
function daysOf(year: number | undefined, month: number): number {
  if (month !== 2) return [4, 6, 9, 11].includes(month) ? 30 : 31;
  return year === undefined || year % 4 === 0 ? 29 : 28;
}

function iso(year: number | undefined, month: number, day: number | undefined): string | undefined {
  if (year === undefined) return undefined;
  return [year, month, ...(day === undefined ? [] : [day])]
    .map((number) => String(number).padStart(2, '0'))
    .join('-');
}
