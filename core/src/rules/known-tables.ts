import { areFindingLimits, areStations, FINDING_TABLE, STATION_TABLE } from '../findings/tables.js';
import type { RuleRow } from '../model/rows.js';
import { readHolidays } from '../time/holidays.js';
import { yearOfHolidayTable } from '../time/tables.js';
import { readTerms, TIME_LIMIT_TABLE } from '../time/terms.js';

/**
 * Whether a table that time limits and findings are read from holds what they read. Approved tables are never edited, and half a
 * table would count days wrongly and look right. Tables of other names are not looked at.
 */
export function isWellFormedTable(name: string, table: RuleRow['table']): boolean {
  if (name === TIME_LIMIT_TABLE) return readTerms(table) !== undefined;
  if (name === STATION_TABLE) return areStations(table);
  if (name === FINDING_TABLE) return areFindingLimits(table);
  const year = yearOfHolidayTable(name);
  return year === undefined || readHolidays(year, table) !== undefined;
}
