import { describe, expect, it } from 'vitest';
import { startOfDay, dayOfDate } from '../time/day.js';
import { timeTables } from '../time/tables.js';
import type { RuleRow } from './rows.js';
import { haveProvinces, tableAt, tablesFor, withTable, type TablesOnRecord } from './tables-on-record.js';

const approved = (n: number, from = 0): RuleRow => ({ from, table: { n }, proposedBy: 'a', approvedBy: 'b' });
const of = (rows: Readonly<Record<string, RuleRow>>): TablesOnRecord =>
  Object.entries(rows).reduce<TablesOnRecord>((tables, [id, row]) => withTable(tables, id, row), {});
/** The table for a party in a place at a time. */
const seen = (tables: TablesOnRecord, place: string | undefined, time: number): number | undefined =>
  tableAt(tablesFor(tables, place), 'findingLimits', time)?.['n'] as number | undefined;

describe('the tables on record', () => {
  const tables = of({
    'findingLimits/CN/0001': approved(1),
    'findingLimits/CN/0002': approved(2, 100),
    'findingLimits/330000/0001': approved(33, 50),
    'findingLimits/330200/0001': approved(332, 70),
  });

  it('are the national ones where a party’s province has none', () => {
    expect([seen(tables, '320100', 60), seen(tables, '320100', 100), seen(tables, undefined, 60)]).toEqual([
      1, 2, 1,
    ]);
  });

  it('are those of the province for all its cities, from the day on which they are in force', () => {
    expect([seen(tables, '330100', 49), seen(tables, '330100', 50), seen(tables, '330000', 100)]).toEqual([
      1, 33, 33,
    ]);
  });

  it('are those of a city that has some of its own', () => {
    expect([seen(tables, '330200', 69), seen(tables, '330200', 70)]).toEqual([33, 332]);
  });

  it('are of the whole country for holidays and for what is hazardous, which the rules ask the country for', () => {
    const none = of({
      'holidays2026/330000/0001': approved(1),
      'hazardousCategories/330000/0001': approved(1),
    });
    expect(none).toEqual({});
    expect(haveProvinces(none)).toBe(false);
    expect(haveProvinces(tables)).toBe(true);
  });

  it('are those that came into force last, and of two of one day the later, in whatever order they were approved', () => {
    const late = of({
      'findingLimits/CN/0003': approved(3, 50),
      'findingLimits/CN/0002': approved(2, 100),
      'findingLimits/CN/0001': approved(1, 50),
    });
    expect([49, 50, 99, 100].map((time) => seen(late, undefined, time))).toEqual([undefined, 3, 3, 2]);
  });

  it('leave out what only one key has signed', () => {
    expect(of({ 'findingLimits/330000/0001': { from: 0, table: {}, proposedBy: 'a' } })).toEqual({});
  });
});

it('A term of a province runs for the clocks of its parties, and one of tomorrow for clocks that start tomorrow', () => {
  const term = (days: number) => ({
    certificate: [20180101, 0, days, 'calendarDays', 2, 'confirmed'] as (number | string)[],
  });
  const second = (date: number): number => startOfDay(dayOfDate(date) ?? 0);
  const row = (days: number, from: number): RuleRow => ({ ...approved(0, from), table: term(days) });
  const tables = of({
    'timeLimits/CN/0001': row(7, 0),
    'timeLimits/CN/0002': row(3, second(20270101)),
    'timeLimits/330000/0001': row(10, 0),
  });
  const days = (place: string, date: number): unknown =>
    timeTables(tablesFor(tables, place), second(date)).terms?.get('certificate')?.[0]?.term;
  expect(days('320100', 20261231)).toMatchObject({ days: 7 });
  expect(days('320100', 20270101)).toMatchObject({ days: 3 });
  expect(days('330100', 20270101)).toMatchObject({ days: 10 });
});
