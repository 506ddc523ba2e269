import { dayOf } from './day.js';
import { dueDay, type Missing } from './due.js';
import type { HolidayTables } from './holidays.js';
import { limitsOf, NO_CLOCKS, takeEvent } from './runs.js';
import { termOn, termsOf, type TermTables } from './terms.js';
import type { TimedEvent } from './timed-event.js';
import type { TimeLimit, Words } from './time-limits.js';

/** What happened to one item. */
export interface TimedHistory {
  readonly kind: string;
  /** See `TimeLimit.traits`. */
  readonly traits: readonly string[];
  readonly events: readonly TimedEvent[];
  /** Ids of events that a correction took back: they neither start nor stop a clock. */
  readonly takenBack?: ReadonlySet<string>;
}

/** The tables in force. */
export interface ClockTables {
  readonly limits: readonly TimeLimit[];
  readonly terms: TermTables;
  readonly holidays: HolidayTables;
}

export type ClockState = 'running' | 'dueSoon' | 'overdue' | 'met' | 'metLate' | 'notComputable';

export const CLOCK_STATES: Readonly<Record<ClockState, Words>> = {
  running: { zh: '计时中', en: 'running' },
  dueSoon: { zh: '即将到期', en: 'due soon' },
  overdue: { zh: '已逾期', en: 'overdue' },
  met: { zh: '按期完成', en: 'met' },
  metLate: { zh: '逾期完成', en: 'met late' },
  notComputable: { zh: '无法计算', en: 'not computable' },
};

/** A clock that was started. Days are counted since 1970, see `dayOf`. */
export interface Clock {
  /** Name of its time limit. */
  readonly name: string;
  readonly state: ClockState;
  /** Event that started it, and the day. */
  readonly startedBy: string;
  readonly started: number;
  /** Event that stopped it, and the day on which both were there. */
  readonly stoppedBy?: string;
  readonly stopped?: number;
  /** Last day of the term. */
  readonly due?: number;
  /** What is missing where the due day cannot be told. */
  readonly missing?: Missing;
  /** False when no source confirms the term. */
  readonly confirmed: boolean;
}

interface Run {
  readonly limit: string;
  readonly start: TimedEvent;
  stop?: { readonly event: string; readonly day: number };
}

/**
 * The clocks of one item on a day. All follows from the events, the tables and the day: nothing runs in between, and events of
 * later days are left out.
 *
 * @param asOf day since 1970, see `dayOf`
 * @returns in the order of the limits, then of their starts
 */
export function clocksOf(history: TimedHistory, tables: ClockTables, asOf: number): readonly Clock[] {
  const events = history.events
    .filter(({ id, time }) => dayOf(time) <= asOf && history.takenBack?.has(id) !== true)
    .sort((a, b) => a.position.map((number, i) => number - (b.position[i] ?? 0)).find((n) => n !== 0) ?? 0);
  const limits = limitsOf(history, tables.limits);
  const runs = runsOf(limits, tables.terms, events);
  return limits.flatMap(({ name }) =>
    runs.filter(({ limit }) => limit === name).flatMap((run) => clock(run, tables, asOf) ?? []),
  );
}

function runsOf(
  limits: readonly TimeLimit[],
  terms: TermTables,
  events: readonly TimedEvent[],
): readonly Run[] {
  const runs: Run[] = [];
  let open = NO_CLOCKS;
  for (const event of events) {
    const turn = takeEvent(open, event, limits, terms);
    const day = dayOf(event.time);
    for (const ended of turn.stopped) {
      const run = runs.find(
        ({ limit, start, stop }) => !stop && limit === ended.limit && start.id === ended.startedBy,
      );
      if (run) run.stop = { event: event.id, day };
    }
    for (const { limit, startedBy } of turn.cancelled) {
      const at = runs.findIndex((run) => !run.stop && run.limit === limit && run.start.id === startedBy);
      if (at >= 0) runs.splice(at, 1);
    }
    for (const { limit, stoppedBy } of turn.started)
      runs.push({ limit, start: event, ...(stoppedBy && { stop: { event: stoppedBy, day } }) });
    open = turn.open;
  }
  return runs;
}

function clock({ limit, start, stop }: Run, tables: ClockTables, asOf: number): Clock | undefined {
  const started = dayOf(start.time);
  const term = termOf(limit, started, tables);
  if (!term) return undefined;
  const told = {
    name: limit,
    startedBy: start.id,
    started,
    ...(stop && { stoppedBy: stop.event, stopped: stop.day }),
    confirmed: term.confirmed,
  };
  if (term.missing) return { ...told, state: 'notComputable', missing: term.missing };
  return { ...told, due: term.due, state: stateOf(term, stop?.day, asOf) };
}

/** How a clock that starts on a day stands to its term. */
export type ClockTerm = { readonly warnDays: number; readonly confirmed: boolean } & (
  { readonly due: number; readonly missing?: never } | { readonly missing: Missing; readonly due?: never }
);

/**
 * The due day of a clock, or what is missing to tell it; undefined where a table has the limit and no term of it was in force on
 * the day, so that there is no clock.
 *
 * @param started day since 1970
 */
export function termOf(
  limit: string,
  started: number,
  tables: { readonly terms: TermTables | undefined; readonly holidays: HolidayTables },
): ClockTerm | undefined {
  const dated = termsOf(tables.terms, limit);
  if (dated === undefined) return { missing: { what: 'table' }, warnDays: 0, confirmed: false };
  const found = termOn(dated, started);
  if (!found) return undefined;
  const { term, warnDays, confirmed } = found;
  const due = term && dueDay({ ...term, from: started, holidays: tables.holidays });
  if (!due) return { missing: { what: 'term' }, warnDays, confirmed };
  return 'notComputable' in due
    ? { missing: due.notComputable, warnDays, confirmed }
    : { due: due.day, warnDays, confirmed };
}

/** The state of a clock whose due day is known. All are days since 1970. */
export function stateOf(
  { due, warnDays }: { readonly due: number; readonly warnDays: number },
  stopped: number | undefined,
  asOf: number,
): Exclude<ClockState, 'notComputable'> {
  if (stopped !== undefined) return stopped <= due ? 'met' : 'metLate';
  if (asOf > due) return 'overdue';
  return due - asOf <= warnDays ? 'dueSoon' : 'running';
}
