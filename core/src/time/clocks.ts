import { dayOf } from './day.js';
import { dueDay, type Missing } from './due.js';
import type { HolidayTables } from './holidays.js';
import { termOn, type DatedTerm, type TermTables } from './terms.js';
import type { TimeLimit, Words } from './time-limits.js';

/** An accepted event, as far as clocks care. */
export interface TimedEvent {
  /** Event id, `keyId.sequence.index`. */
  readonly id: string;
  readonly type: string;
  /** Ledger time in seconds since 1970. */
  readonly time: number;
  /** Block, transaction, index: the order in which events of one item count, whatever order they came in here. */
  readonly position: readonly [block: number, transaction: number, index: number];
  /** Roles of the enterprise that signed it. */
  readonly roles: readonly string[];
  /**
   * What tells apart clocks of one limit that run at the same time, where the limit is `paired`: `giver>receiver` of a handover,
   * the sale of a core. What stops a clock bears the same; without one it stops all of them.
   */
  readonly pair?: string;
}

/** What happened to one item. */
export interface TimedHistory {
  readonly kind: string;
  /** See `TimeLimit.traits`. */
  readonly traits: readonly string[];
  readonly events: readonly TimedEvent[];
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
  readonly start: TimedEvent;
  readonly term: DatedTerm;
  stop?: { readonly event: string; readonly day: number };
}

/**
 * The clocks of one item on a day. All follows from the events, the tables and the day: nothing runs in between, and events of
 * later days are left out. While a clock runs, what would start it again does not; where no term is in force on the day of
 * the event, none starts.
 *
 * @param asOf day since 1970, see `dayOf`
 * @returns in the order of the limits, then of their starts
 */
export function clocksOf(history: TimedHistory, tables: ClockTables, asOf: number): readonly Clock[] {
  const events = history.events
    .filter(({ time }) => dayOf(time) <= asOf)
    .sort((a, b) => a.position.map((number, i) => number - (b.position[i] ?? 0)).find((n) => n !== 0) ?? 0);
  return tables.limits
    .filter(({ kinds }) => kinds.some((kind) => kind === history.kind))
    .filter(({ traits }) => traits.every((trait) => history.traits.includes(trait)))
    .flatMap((limit) =>
      runsOf(limit, tables.terms.get(limit.name) ?? [], events).map((run) =>
        clock(limit.name, run, tables.holidays, asOf),
      ),
    );
}

function runsOf(
  limit: TimeLimit,
  terms: readonly DatedTerm[],
  events: readonly TimedEvent[],
): readonly Run[] {
  const runs: Run[] = [];
  const running = new Map<string, Run>();
  /** What came before its counterpart, where that may be. */
  const early = new Map<string, TimedEvent>();
  for (const event of events) {
    const day = dayOf(event.time);
    const pair = limit.paired && event.pair;
    const key = pair ?? '';
    if (limit.stoppedBy.includes(event.type)) {
      const stopped = [...running].filter(([each]) => pair === undefined || each === pair);
      for (const [each, run] of stopped) {
        run.stop = { event: event.id, day };
        running.delete(each);
      }
      if (stopped.length === 0 && limit.stoppedBefore?.includes(event.type)) early.set(key, event);
    }
    const term = starts(limit, event) && !running.has(key) ? termOn(terms, day) : undefined;
    if (!term) continue;
    const before = early.get(key);
    early.delete(key);
    const run: Run = { start: event, term, ...(before && { stop: { event: before.id, day } }) };
    runs.push(run);
    if (!before) running.set(key, run);
  }
  return runs;
}

function starts({ startedBy, roles }: TimeLimit, event: TimedEvent): boolean {
  return (
    startedBy.includes(event.type) && (roles.length === 0 || roles.some((role) => event.roles.includes(role)))
  );
}

function clock(name: string, { start, term, stop }: Run, holidays: HolidayTables, asOf: number): Clock {
  const started = dayOf(start.time);
  const told = {
    name,
    startedBy: start.id,
    started,
    ...(stop && { stoppedBy: stop.event, stopped: stop.day }),
    confirmed: term.confirmed,
  };
  const due = term.term && dueDay({ ...term.term, from: started, holidays });
  if (!due) return { ...told, state: 'notComputable', missing: { what: 'term' } };
  if ('notComputable' in due) return { ...told, state: 'notComputable', missing: due.notComputable };
  return { ...told, due: due.day, state: stateOf(due.day, stop?.day, asOf, term.warnDays) };
}

function stateOf(due: number, stopped: number | undefined, asOf: number, warnDays: number): ClockState {
  if (stopped !== undefined) return stopped <= due ? 'met' : 'metLate';
  if (asOf > due) return 'overdue';
  return due - asOf <= warnDays ? 'dueSoon' : 'running';
}
