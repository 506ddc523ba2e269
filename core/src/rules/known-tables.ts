import { areFindingLimits, areStations, FINDING_TABLE, STATION_TABLE } from '../findings/tables.js';
import { areStorageLimits, STORAGE_LIMIT_TABLE } from '../findings/storage-limits.js';
import type { RuleRow } from '../model/rows.js';
import { readHolidays } from '../time/holidays.js';
import { yearOfHolidayTable } from '../time/tables.js';
import { readTerms, TIME_LIMIT_TABLE } from '../time/terms.js';
import { LINE_STEPS } from './appliance-ways.js';
import { REQUIRED_PARTS } from './appliances.js';
import { SECOND_LIFE_CAPACITY } from './batteries.js';
import { CORRECTION_TERM } from './corrections.js';
import { MASS_TOLERANCE } from './dismantling.js';
import { HAZARDOUS_CATEGORIES } from './hazardous.js';
import { MANIFEST_NUMBER, MANIFEST_TOLERANCE } from './manifests.js';
import { CORE_DEPOSIT, STATE_PILOT } from './old-for-reman.js';
import { areCategories, NEVER_REMANUFACTURED } from './remanufacturing.js';
import { areSupervised, SUPERVISED_CATEGORIES } from './supervision.js';
import { CERTIFICATE_AFTER } from './vehicles.js';

type Table = RuleRow['table'];
type Value = Table[string] | undefined;

const CODE = /^[A-Za-z][A-Za-z0-9]{0,39}$/;
const WASTE_CODE = /^[0-9]{3}-[0-9]{3}-[0-9]{2}$/;

function isWhole(value: Value, most = Number.MAX_SAFE_INTEGER): boolean {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 && value <= most;
}

/** Whether a table holds these members and no others, each a whole number up to its bound. */
function holds(table: Table, members: Readonly<Record<string, number>>): boolean {
  const names = Object.entries(members);
  return (
    names.length === Object.keys(table).length && names.every(([name, most]) => isWhole(table[name], most))
  );
}

/** Whether a table holds at least these members, and beside them only whole numbers under names of these forms. */
function holdsAtLeast(table: Table, members: readonly string[], others: RegExp): boolean {
  return (
    members.every((name) => isWhole(table[name])) &&
    Object.entries(table).every(
      ([name, value]) => isWhole(value) && (members.includes(name) || others.test(name)),
    )
  );
}

function areTexts(value: Value, form: RegExp): boolean {
  const listed = typeof value === 'object' ? value : [value];
  return listed.length > 0 && listed.every((each) => typeof each === 'string' && form.test(each));
}

/** Codes in order, by type or category. */
function areLists(table: Table): boolean {
  return Object.values(table).every((value) => typeof value === 'object' && areTexts(value, CODE));
}

const permille = (table: Table): boolean => holds(table, { permille: 1_000 });

/** The forms of the tables that rules, time limits and findings read. */
const FORMS: Readonly<Record<string, (table: Table) => boolean>> = {
  [TIME_LIMIT_TABLE]: (table) => readTerms(table) !== undefined,
  [STATION_TABLE]: areStations,
  [FINDING_TABLE]: areFindingLimits,
  [STORAGE_LIMIT_TABLE]: areStorageLimits,
  [SUPERVISED_CATEGORIES.name]: areSupervised,
  [NEVER_REMANUFACTURED.name]: areCategories,
  [MASS_TOLERANCE.name]: permille,
  [MANIFEST_TOLERANCE.name]: permille,
  [SECOND_LIFE_CAPACITY.name]: permille,
  [MANIFEST_NUMBER.name]: (table) => holds(table, { digits: 40 }),
  [CORRECTION_TERM.name]: (table) => holds(table, { alone: 36_500, together: 36_500 }),
  [CERTIFICATE_AFTER.name]: ({ after, ...rest }) =>
    (after === 'receipt' || after === 'dismantling') && Object.keys(rest).length === 0,
  [HAZARDOUS_CATEGORIES.name]: (table) => Object.values(table).every((value) => areTexts(value, WASTE_CODE)),
  [STATE_PILOT.name]: (table) => holdsAtLeast(table, ['sharePermille'], /^cap[A-Z][A-Za-z0-9]*$/),
  [CORE_DEPOSIT.name]: (table) =>
    holdsAtLeast(table, ['returnDays', 'gradeA'], /^(grade(B|C|Unfit)|missing[A-Z][A-Za-z0-9]*)$/),
  [REQUIRED_PARTS.name]: areLists,
  [LINE_STEPS.name]: areLists,
};

/** Names of the tables that rules, time limits and findings read, but for those of holidays, which are named by year. */
export const KNOWN_TABLES: readonly string[] = Object.keys(FORMS);

/**
 * Whether a table holds what is read from it. Approved tables are never edited: half a table would count days wrongly and look
 * right, and one without its value would refuse every step that names it. Tables of other names are not looked at.
 */
export function isWellFormedTable(name: string, table: Table): boolean {
  const form = Object.hasOwn(FORMS, name) ? FORMS[name] : undefined;
  if (form !== undefined) return form(table);
  const year = yearOfHolidayTable(name);
  return year === undefined || readHolidays(year, table) !== undefined;
}
