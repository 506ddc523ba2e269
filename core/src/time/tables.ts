import { tableAt, type TablesOnRecord } from '../model/tables-on-record.js';
import type { RuleRow } from '../model/rows.js';
import { readHolidays, type Holidays, type HolidayTables } from './holidays.js';
import { readTerms, TIME_LIMIT_TABLE, type TermTables } from './terms.js';
import { HAZARDOUS_TABLE } from './thing.js';

const HOLIDAY_TABLE = /^holidays([0-9]{4})$/;

/** The year of a table of holidays by its name; undefined for other tables. */
export function yearOfHolidayTable(name: string): number | undefined {
  const year = HOLIDAY_TABLE.exec(name)?.[1];
  return year === undefined ? undefined : Number(year);
}

/** Name of the rule table of deposits on old parts, which says until when the old part comes back for a sale under it. */
const CORE_DEPOSIT_TABLE = 'coreDeposit';
/** Name of the rule table that says after what the certificate of a scrapped vehicle is due. */
export const CERTIFICATE_TABLE = 'certificateAfter';
const NAMED: readonly string[] = [TIME_LIMIT_TABLE, HAZARDOUS_TABLE, CORE_DEPOSIT_TABLE, CERTIFICATE_TABLE];

/** True for the tables by which clocks run. */
export function isTimeTable(name: string): boolean {
  return NAMED.includes(name) || yearOfHolidayTable(name) !== undefined;
}

/** In how many days the old part comes back by a version of the table of deposits; undefined where it does not say so. */
export function returnDaysOf(tables: TablesOnRecord, version: number | undefined): number | undefined {
  const versions = Object.hasOwn(tables, CORE_DEPOSIT_TABLE) ? tables[CORE_DEPOSIT_TABLE] : undefined;
  const days = versions?.find((each) => each.version === version)?.table['returnDays'];
  return typeof days === 'number' ? days : undefined;
}

/** What was read already: tables are read by the million and change once a year. */
const termsRead = new WeakMap<RuleRow['table'], { readonly terms: TermTables | undefined }>();
const holidaysRead = new WeakMap<TablesOnRecord, HolidayTables>();

/**
 * The terms and the holidays on record, by their dates.
 *
 * @param time in seconds: the terms in force then; of the holidays of a year the last approved arrangement counts
 * @returns no terms where there is no table; years without a table are left out
 */
export function timeTables(
  tables: TablesOnRecord,
  time: number,
): { readonly terms: TermTables | undefined; readonly holidays: HolidayTables } {
  const table = tableAt(tables, TIME_LIMIT_TABLE, time);
  return { terms: table && termsIn(table), holidays: holidaysIn(tables) };
}

function termsIn(table: RuleRow['table']): TermTables | undefined {
  const known = termsRead.get(table) ?? { terms: readTerms(table) };
  termsRead.set(table, known);
  return known.terms;
}

function holidaysIn(tables: TablesOnRecord): HolidayTables {
  const known = holidaysRead.get(tables);
  if (known) return known;
  const holidays = new Map<number, Holidays>();
  for (const [name, versions] of Object.entries(tables)) {
    const year = yearOfHolidayTable(name);
    const table = versions.at(-1)?.table;
    const read = year === undefined || table === undefined ? undefined : readHolidays(year, table);
    if (year !== undefined && read) holidays.set(year, read);
  }
  holidaysRead.set(tables, holidays);
  return holidays;
}
