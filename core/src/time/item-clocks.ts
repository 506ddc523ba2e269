import type { ItemRow } from '../model/rows.js';
import { tablesFor, type TablesOnRecord } from '../model/tables-on-record.js';
import { eventCheck } from '../rules/undo.js';
import type { Missing } from './due.js';
import { dayOf, startOfDay } from './day.js';
import {
  tookOver,
  withCertificate,
  type Certified,
  type Passing,
  type Signers,
  type TimedStep,
} from './clock-steps.js';
import { termOf } from './clocks.js';
import { limitsOf, NO_CLOCKS, takeEvent, type OpenClocks, type TimedThing } from './runs.js';
import { timeTables } from './tables.js';
import { thingOf } from './thing.js';
import { TIME_LIMITS, type TimeLimit } from './time-limits.js';

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
  /** `unknown`: the due day cannot be told, whether it was stopped or not. `void`: no term was in force, or its start was taken back. */
  status: (typeof CLOCK_STATUSES)[number];
  /** Ids of events, and ledger times in seconds. */
  startedBy: string;
  started: number;
  stoppedBy?: string | undefined;
  stopped?: number | undefined;
  /** The first second after the last day of the term; 0 when it cannot be told. */
  dueAt: number;
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
  readonly put: (clock: KeptClock) => void;
}

/** What happened to an item in one transaction, as far as its clocks care. */
export interface ItemTurn {
  readonly id: string;
  /** As the transaction left it. */
  readonly row: ItemRow;
  /** False when the transaction brought it. */
  readonly isKnown: boolean;
  /** Its clocks that ran before. */
  readonly open: OpenClocks | undefined;
  readonly steps: readonly TimedStep[];
  /** That its custody moved, by a step of its own or with the container that it lies in. */
  readonly passing: Passing | undefined;
}

/**
 * Puts what the steps of one item do to its clocks.
 *
 * @returns its clocks that run on; undefined when there are none
 */
export function turnClocks(book: ClockBook, turn: ItemTurn): OpenClocks | undefined {
  const { id, row, steps, passing } = turn;
  if (steps.length === 0 && passing === undefined) return turn.open;
  let open = turn.open ?? NO_CLOCKS;
  for (const step of wholeHistory(book, turn)) {
    const limits = limitsFor(thingOf(row, book.tables, step.time));
    const { started, stopped, open: next } = takeEvent(open, step, limits, tablesOf(book, step).terms);
    for (const { limit, startedBy } of stopped) stopClock(book, clockId(id, limit, startedBy), step);
    for (const { limit, stoppedBy } of started) {
      const { id: startedBy, time, party } = step;
      const stoppedAt = stoppedBy === undefined ? undefined : time;
      const told = { item: id, limit, party, startedBy, started: time, stoppedBy, stopped: stoppedAt };
      book.put(clockOf(book, { id: clockId(id, limit, startedBy), ...told }));
    }
    open = next;
  }
  return open.running.length + open.early.length === 0 ? undefined : open;
}

/**
 * The steps with what is no event of the item: before them the certificate of the car that a traction battery comes out of, behind
 * them that custody moved. That takes two events, and which is the last does not matter.
 */
function wholeHistory(book: ClockBook, { row, isKnown, steps, passing }: ItemTurn): readonly TimedStep[] {
  if (isKnown) return passing === undefined ? steps : [...steps, tookOver(passing, steps, book.roles)];
  const { kind, parent } = row;
  return kind === 'battery' && parent !== undefined ? withCertificate(steps, book.certified(parent)) : steps;
}

/** There are few kinds of things, and items by the million. */
const limitsKnown = new Map<string, readonly TimeLimit[]>();

function limitsFor(thing: TimedThing): readonly TimeLimit[] {
  const name = `${thing.kind} ${thing.traits.join(' ')}`;
  const known = limitsKnown.get(name) ?? limitsOf(thing, TIME_LIMITS);
  limitsKnown.set(name, known);
  return known;
}

/** Keys of the clocks of an item that run. */
export function runningIds(item: string, open: OpenClocks | undefined): readonly string[] {
  return open?.running.map(({ limit, startedBy }) => clockId(item, limit, startedBy)) ?? [];
}

function clockId(item: string, limit: string, startedBy: string): string {
  return `${item}/${limit}/${eventCheck(startedBy)}`;
}

function stopClock(book: ClockBook, id: string, { id: stoppedBy, time: stopped }: TimedStep): void {
  const clock = book.clock(id);
  if (clock !== undefined) book.put(whole(clock, { ...clock, stoppedBy, stopped }));
}

type Told = Omit<KeptClock, 'status' | 'dueAt' | 'warnDays' | 'confirmed' | 'missing'>;
type Term = Pick<KeptClock, 'status' | 'dueAt' | 'warnDays' | 'confirmed' | 'missing'>;
type Records = Pick<ClockBook, 'tables' | 'province'>;

/** A clock with what the tables on record say of its term. */
export function clockOf(records: Records, told: Told): KeptClock {
  return whole(termIn(records, told), told);
}

/** The tables by which the clocks of a party run that start at a time: those of its province, or else the national ones. */
function tablesOf({ tables, province }: Records, { party, time }: Pick<TimedStep, 'party' | 'time'>) {
  return timeTables(tablesFor(tables, province(party)), time);
}

function termIn(records: Records, { limit, started, party }: Told): Term {
  const term = termOf(limit, dayOf(started), tablesOf(records, { party, time: started }));
  if (term === undefined) return { status: 'void', dueAt: 0, warnDays: 0, confirmed: false };
  const { warnDays, confirmed, missing, due } = term;
  return missing === undefined
    ? { status: 'running', dueAt: startOfDay(due + 1), warnDays, confirmed }
    : { status: 'unknown', dueAt: 0, warnDays, confirmed, missing };
}

/** Puts a clock together: one that ran and was stopped was met or late. Member by member: a spread takes many times as long. */
function whole(term: Term, told: Told): KeptClock {
  const { dueAt, warnDays, confirmed, missing } = term;
  const { id, item, limit, party, startedBy, started, stoppedBy, stopped } = told;
  const isOver = term.status === 'running' && stopped !== undefined;
  const status = isOver ? (stopped < dueAt ? 'met' : 'late') : term.status;
  return {
    id,
    item,
    limit,
    party,
    status,
    startedBy,
    started,
    stoppedBy,
    stopped,
    dueAt,
    warnDays,
    confirmed,
    missing,
  };
}
