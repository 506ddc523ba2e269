import { sameCode } from '../model/codes.js';
import type { RuleRow } from '../model/rows.js';
import { tableAt, type TablesOnRecord } from '../model/tables-on-record.js';

/**
 * Name of the rule table that says how much of a category one party may store: category → grams, or a list of the grams of
 * everybody and then, in pairs, a credit code and the grams of that party's own permit. What it does not list is not looked for.
 */
export const STORAGE_LIMIT_TABLE = 'hazardousStorageLimits';

/** Its member that says from which share of a limit on it is warned, per thousand; without it nobody is. */
const WARNING = 'warnPermille';

/** A million tonnes: shares of it are still whole numbers. */
const MOST_GRAMS = 1_000_000_000_000;
const CATEGORY = /^[A-Za-z][A-Za-z0-9]{0,39}$/;
const CREDIT_CODE = /^[0-9A-Z]{18}$/;

/** What a party may store of a category. */
export interface StorageLimit {
  /** As the table spells it. */
  readonly category: string;
  readonly grams: number;
  /** From so many grams on it is warned. */
  readonly warnFrom: number;
}

/** The limit in force at a time, or undefined where no table has it. */
export function storageLimitAt(
  tables: TablesOnRecord,
  party: string,
  category: string,
  time: number,
): StorageLimit | undefined {
  const table = tableAt(tables, STORAGE_LIMIT_TABLE, time);
  if (table === undefined) return undefined;
  const listed = sameCode(categoriesOf(table), category);
  const value = listed === undefined ? undefined : table[listed];
  const grams = gramsFor(party, value);
  if (listed === undefined || grams === undefined) return undefined;
  const share = table[WARNING];
  // A gram above the limit is no warning any more.
  const warnFrom = typeof share === 'number' ? Math.ceil((grams * share) / 1_000) : grams + 1;
  return { category: listed, grams, warnFrom };
}

/** True when a table holds limits and nothing else. */
export function areStorageLimits(table: RuleRow['table']): boolean {
  const share = table[WARNING];
  const categories = categoriesOf(table);
  const spelled = new Set(categories.map((each) => each.toLowerCase()));
  return (
    (share === undefined || (isGrams(share) && share > 0 && share <= 1_000)) &&
    spelled.size === categories.length &&
    categories.every((category) => CATEGORY.test(category) && isLimit(table[category]))
  );
}

function categoriesOf(table: RuleRow['table']): readonly string[] {
  return Object.keys(table)
    .filter((name) => name !== WARNING)
    .sort();
}

type Value = RuleRow['table'][string] | undefined;

function gramsFor(party: string, value: Value): number | undefined {
  if (typeof value === 'number') return value;
  if (typeof value !== 'object') return undefined;
  const own = value.indexOf(party);
  const grams = value[own < 0 ? 0 : own + 1];
  return typeof grams === 'number' ? grams : undefined;
}

function isLimit(value: Value): boolean {
  if (typeof value !== 'object') return isGrams(value);
  const [everybody, ...pairs] = value;
  const codes = pairs.filter((_each, i) => i % 2 === 0);
  return (
    isGrams(everybody) &&
    pairs.length % 2 === 0 &&
    new Set(codes).size === codes.length &&
    codes.every((each) => typeof each === 'string' && CREDIT_CODE.test(each)) &&
    pairs.every((each, i) => i % 2 === 0 || isGrams(each))
  );
}

function isGrams(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 && value <= MOST_GRAMS;
}
