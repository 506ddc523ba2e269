import { areFindingLimits, areStations, FINDING_TABLE, STATION_TABLE } from '../findings/tables.js';
import type { RuleRow } from '../model/rows.js';
import { readHolidays } from '../time/holidays.js';
import { yearOfHolidayTable } from '../time/tables.js';
import { readTerms, TIME_LIMIT_TABLE } from '../time/terms.js';
import { areSupervisedCategories, SUPERVISED_CATEGORIES } from './supervision.js';

/**
 * Whether a table that nobody names by its version holds what is read from it. Approved tables are never edited, and half a
 * table would count days wrongly and look right. Tables of other names are not looked at.
 */
export function isWellFormedTable(name: string, table: RuleRow['table']): boolean {
  if (name === TIME_LIMIT_TABLE) return readTerms(table) !== undefined;
  if (name === STATION_TABLE) return areStations(table);
  if (name === FINDING_TABLE) return areFindingLimits(table);
  if (name === SUPERVISED_CATEGORIES.name) return areSupervisedCategories(table);
  const year = yearOfHolidayTable(name);
  return year === undefined || readHolidays(year, table) !== undefined;
}
