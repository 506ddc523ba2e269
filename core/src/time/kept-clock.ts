import { tablesFor, type TablesOnRecord } from '../model/tables-on-record.js';
import { eventCheck } from '../rules/undo.js';
import type { Certified, Signers, TimedStep } from './clock-steps.js';
import { termOf } from './clocks.js';
import { dayOf, startOfDay } from './day.js';
import type { Missing } from './due.js';
import type { OpenClocks } from './runs.js';
import { timeTables } from './tables.js';
import { TIME_LIMITS } from './time-limits.js';

/** How a clock stands as far as the blocks tell; whether one that runs is overdue, the moment tells at which one asks. */
export const CLOCK_STATUSES = ['running', 'met', 'late', 'unknown', 'void'] as const;

/** A clock as it is kept, with its due instant, so that nothing has to run to find what is overdue. */
export interface KeptClock {
  /** `item/limit/check`, of the id of what started it; short, since it stands in every index. */
  id: string;
  item: string;
  /** Name of its time limit. */
  limit: string;
  /** Credit code of who signed what started it. */
  party: string;
  /**
   * `unknown`: the due day cannot be told, whether it was stopped or not. `void`: no term was in force, its start was taken back, or
   * what it waited for did not come about.
   */
  status: (typeof CLOCK_STATUSES)[number];
  /** Ids of events, and ledger times in seconds. */
  startedBy: string;
  started: number;
  stoppedBy?: string | undefined;
  stopped?: number | undefined;
  /** The first second after the last day of the term; 0 when it cannot be told. */
  dueAt: number;
  /** Calendar days of its term, where what started it named a table for that. */
  days?: number | undefined;
  /** Days before the due day from which on it is due soon. */
  warnDays: number;
  confirmed: boolean;
  missing?: Missing | undefined;
}

/** Where clocks are kept, and what of the record they need. */
export interface ClockBook extends Signers {
  readonly tables: TablesOnRecord;
  /** Of a party, as a code of GB/T 2260. */
  readonly province: (creditCode: string) => string | undefined;
  readonly certified: (item: string) => Certified | undefined;
  readonly clock: (id: string) => KeptClock | undefined;
  /** All clocks of an item of whose steps the transaction took one back. */
  readonly clocks: (item: string) => readonly KeptClock[];
  readonly put: (clock: KeptClock) => void;
}

/** The key of the clock of an item that an event started. */
export function clockId(item: string, limit: string, startedBy: string): string {
  return `${item}/${limit}/${eventCheck(startedBy)}`;
}

/** Keys of the clocks of an item that run. */
export function runningIds(item: string, open: OpenClocks | undefined): readonly string[] {
  return open?.running.map(({ limit, startedBy }) => clockId(item, limit, startedBy)) ?? [];
}

/** When the oldest of some clocks of a limit started that run; undefined when none does. */
export function oldestOf(
  book: Pick<ClockBook, 'clock'>,
  limit: string,
  items: readonly (readonly [id: string, open: OpenClocks | undefined])[],
): number | undefined {
  const starts = items.flatMap(([id, open]) =>
    (open?.running ?? [])
      .filter((one) => one.limit === limit)
      .flatMap(({ startedBy }) => book.clock(clockId(id, limit, startedBy))?.started ?? []),
  );
  return starts.length === 0 ? undefined : Math.min(...starts);
}

/** Keys of all clocks of an item that an event may have started. */
export function clockIdsOf(item: string, startedBy: string): readonly string[] {
  return TIME_LIMITS.map(({ name }) => clockId(item, name, startedBy));
}

export type Told = Omit<KeptClock, 'status' | 'dueAt' | 'warnDays' | 'confirmed' | 'missing'>;
type Term = Pick<KeptClock, 'status' | 'dueAt' | 'warnDays' | 'confirmed' | 'missing'>;
type Records = Pick<ClockBook, 'tables' | 'province'>;

/** A clock with what the tables on record say of its term. */
export function clockOf(records: Records, told: Told): KeptClock {
  return whole(termIn(records, told), told);
}

/** A clock that is stopped. */
export function stopped(clock: KeptClock, stoppedBy: string, at: number): KeptClock {
  return whole(clock, { ...clock, stoppedBy, stopped: at });
}

/** The tables by which the clocks of a party run that start at a time: those of its province, or else the national ones. */
export function tablesOf({ tables, province }: Records, { party, time }: Pick<TimedStep, 'party' | 'time'>) {
  return timeTables(tablesFor(tables, province(party)), time);
}

function termIn(records: Records, { limit, started, party, days: own }: Told): Term {
  const term = termOf(limit, dayOf(started), tablesOf(records, { party, time: started }));
  if (own !== undefined) {
    const dueAt = startOfDay(dayOf(started) + own + 1);
    return { status: 'running', dueAt, warnDays: term?.warnDays ?? 0, confirmed: true };
  }
  if (term === undefined) return { status: 'void', dueAt: 0, warnDays: 0, confirmed: false };
  const { warnDays, confirmed, missing, due } = term;
  return missing === undefined
    ? { status: 'running', dueAt: startOfDay(due + 1), warnDays, confirmed }
    : { status: 'unknown', dueAt: 0, warnDays, confirmed, missing };
}

/** Puts a clock together: one that ran and was stopped was met or late. Member by member: a spread takes many times as long. */
function whole(term: Term, told: Told): KeptClock {
  const { dueAt, warnDays, confirmed, missing } = term;
  const { id, item, limit, party, startedBy, started, stoppedBy, stopped: at, days } = told;
  const isOver = term.status === 'running' && at !== undefined;
  const status = isOver ? (at < dueAt ? 'met' : 'late') : term.status;
  return {
    id,
    item,
    limit,
    party,
    status,
    startedBy,
    started,
    stoppedBy,
    stopped: at,
    dueAt,
    days,
    warnDays,
    confirmed,
    missing,
  };
}
