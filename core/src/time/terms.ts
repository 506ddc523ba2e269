import type { RuleRow } from '../model/rows.js';
import { dateOf, dayOfDate } from './day.js';
import type { Term } from './due.js';

/** A term of a time limit while it is in force. */
export interface DatedTerm {
  /** First day, as an integer such as `20180801`, on which a clock that starts runs by it. */
  readonly from: number;
  /** Last such day; undefined while it has no end. */
  readonly to: number | undefined;
  /** Undefined where a term is in force whose length nobody confirmed: no due day is made up for it. */
  readonly term: Term | undefined;
  /** Calendar days before the due day from which on the clock says that it is due soon. */
  readonly warnDays: number;
  /** False for a length that no source confirms: shown as such, and to be set by a table. */
  readonly confirmed: boolean;
}

/** Terms by the name of their time limit, each list in the order of its dates. */
export type TermTables = ReadonlyMap<string, readonly DatedTerm[]>;

/** Name of the rule table that {@link termsTable} writes and {@link readTerms} reads: `rule/timeLimits/{province}/{version}`. */
export const TIME_LIMIT_TABLE = 'timeLimits';

/** Values that one term takes in a rule table: first day, last day or 0, length, what is counted, days of warning, state. */
const WIDTH = 6;

/** The terms of a limit; undefined when no table has it. */
export function termsOf(terms: TermTables | undefined, name: string): readonly DatedTerm[] | undefined {
  return terms?.get(name);
}

/** The term by which a clock runs that starts on a day (since 1970), or undefined when none is in force. */
export function termOn(terms: readonly DatedTerm[], day: number): DatedTerm | undefined {
  const date = dateOf(day);
  return terms.find(({ from, to }) => from <= date && (to === undefined || date <= to));
}

/** Terms as a rule table of the ledger holds them: by name, one list of six values for each term. */
export function termsTable(terms: TermTables): RuleRow['table'] {
  return Object.fromEntries(
    [...terms].map(([name, dated]) => [
      name,
      dated.flatMap(({ from, to, term, warnDays, confirmed }) => [
        from,
        to ?? 0,
        lengthOf(term),
        term?.count ?? 'unknown',
        warnDays,
        confirmed ? 'confirmed' : 'unconfirmed',
      ]),
    ]),
  );
}

/**
 * The terms that a rule table holds, or undefined when one of them is malformed, a date does not exist, or two terms of one
 * limit are in force on one day: whoever took the rest for all would miss a deadline.
 */
export function readTerms(table: RuleRow['table']): TermTables | undefined {
  const terms = new Map<string, readonly DatedTerm[]>();
  for (const [name, values] of Object.entries(table)) {
    if (typeof values !== 'object' || values.length === 0 || values.length % WIDTH !== 0) return undefined;
    const dated: DatedTerm[] = [];
    for (let at = 0; at < values.length; at += WIDTH) {
      const term = readTerm(values.slice(at, at + WIDTH));
      const before = dated.at(-1);
      if (!term || (before && (before.to === undefined || before.to >= term.from))) return undefined;
      dated.push(term);
    }
    terms.set(name, dated);
  }
  return terms;
}

function readTerm([from, to, length, count, warnDays, state]: readonly (number | string)[]):
  DatedTerm | undefined {
  if (!isDate(from) || !(to === 0 || (isDate(to) && to >= from))) return undefined;
  if (!isCount(length) || !isCount(warnDays)) return undefined;
  if (state !== 'confirmed' && state !== 'unconfirmed') return undefined;
  const dated = { from, to: to === 0 ? undefined : to, warnDays, confirmed: state === 'confirmed' };
  switch (count) {
    case 'calendarDays':
    case 'workingDays':
      return { ...dated, term: { count, days: length } };
    case 'calendarMonths':
      return { ...dated, term: { count, months: length } };
    case 'unknown':
      return length === 0 ? { ...dated, term: undefined } : undefined;
    default:
      return undefined;
  }
}

function lengthOf(term: Term | undefined): number {
  if (term === undefined) return 0;
  return term.count === 'calendarMonths' ? term.months : term.days;
}

function isDate(value: number | string | undefined): value is number {
  return typeof value === 'number' && dayOfDate(value) !== undefined;
}

/** No term of the field is longer than a hundred years. */
function isCount(value: number | string | undefined): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= 36_525;
}
