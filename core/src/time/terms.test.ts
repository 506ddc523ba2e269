import { describe, expect, it } from 'vitest';
import { canonical } from '../bytes/canonical.js';
import { eventShape } from '../model/events.js';
import { ROLES } from '../model/terms.js';
import { dayOfDate } from './day.js';
import { readTerms, termOn, termsTable, TIME_LIMIT_TABLE } from './terms.js';
import { TIME_LIMITS, trialTerms } from './time-limits.js';

const terms = trialTerms();
const termFor = (name: string, date: number) => termOn(terms.get(name)!, dayOfDate(date)!);

describe('the time limits', () => {
  it('have a name of their own, words in both languages, and say what starts and stops them', () => {
    expect(new Set(TIME_LIMITS.map(({ name }) => name)).size).toBe(TIME_LIMITS.length);
    for (const { name, title, source, startedBy, stoppedBy, roles, kinds } of TIME_LIMITS) {
      for (const { zh, en } of [title, source]) {
        expect(zh, name).toMatch(/[\u4e00-\u9fff]/);
        expect(en, name).toMatch(/^[ -~]+$/);
      }
      for (const list of [startedBy, stoppedBy, kinds]) expect(list.length, name).toBeGreaterThan(0);
      for (const role of roles) expect(ROLES, name).toContain(role);
    }
  });

  it('of traction batteries are in force from August 2018 and known to the end of March 2026', () => {
    expect(termFor('traceCertificate', 20180731)).toBeUndefined();
    expect(termFor('traceCertificate', 20180801)?.term).toEqual({ count: 'workingDays', days: 15 });
    expect(termFor('traceRepair', 20260331)?.term).toEqual({ count: 'workingDays', days: 30 });
    expect(termFor('traceSecondLife', 20260331)?.term).toEqual({ count: 'workingDays', days: 15 });
    expect(termFor('traceRecyclerIntake', 20260331)?.term).toEqual({ count: 'workingDays', days: 30 });
    expect(termFor('traceRecycled', 20260401)).toMatchObject({ term: undefined, confirmed: false });
  });

  it('are confirmed only where a source says so', () => {
    for (const { name, terms } of TIME_LIMITS)
      expect(
        terms.some(({ confirmed }) => confirmed),
        name,
      ).toBe(name.startsWith('trace'));
  });

  it('go into one event as a rule table and are read back from it', () => {
    const table = termsTable(terms);
    expect(readTerms(table)).toEqual(terms);
    const data = { name: TIME_LIMIT_TABLE, province: 'CN', version: 1, from: 0, table };
    const event = { type: 'rule.propose', version: 1, time: 0, data };
    expect(eventShape('rule.propose')?.fits(event)).toBe(true);
    expect(canonical(event as Parameters<typeof canonical>[0]).length).toBeLessThan(4096);
  });
});

describe('a table of terms', () => {
  const good = [20180101, 20251231, 7, 'calendarDays', 2, 'unconfirmed'];

  it('may give a limit several terms, one after another', () => {
    const later = [20260101, 0, 12, 'calendarMonths', 30, 'confirmed'];
    expect(readTerms({ certificate: [...good, ...later] })?.get('certificate')).toEqual([
      {
        from: 20180101,
        to: 20251231,
        term: { count: 'calendarDays', days: 7 },
        warnDays: 2,
        confirmed: false,
      },
      {
        from: 20260101,
        to: undefined,
        term: { count: 'calendarMonths', months: 12 },
        warnDays: 30,
        confirmed: true,
      },
    ]);
  });

  it('is none when anything in it cannot be', () => {
    const bad: (number | string)[][] = [
      [],
      good.slice(1),
      [20180132, ...good.slice(1)],
      [20180101, 20171231, ...good.slice(2)],
      [20180101, 1, ...good.slice(2)],
      [...good.slice(0, 2), -1, ...good.slice(3)],
      [...good.slice(0, 2), 40_000, ...good.slice(3)],
      [...good.slice(0, 2), '7', ...good.slice(3)],
      [...good.slice(0, 3), 'weeks', ...good.slice(4)],
      [...good.slice(0, 3), 'unknown', ...good.slice(4)],
      [...good.slice(0, 4), -1, 'confirmed'],
      [...good.slice(0, 5), 'perhaps'],
      // Two on one day; one behind another that does not end.
      [...good, 20251231, 0, ...good.slice(2)],
      [20180101, 0, ...good.slice(2), 20260101, 0, ...good.slice(2)],
    ];
    expect(readTerms({ certificate: good })).toBeDefined();
    for (const values of bad) expect(readTerms({ certificate: values }), values.join()).toBeUndefined();
    expect(readTerms({ certificate: good, other: 7 })).toBeUndefined();
  });
});
