import type { ItemRow } from '../model/rows.js';
import { certificateBefore, tookOver, type Passing, type TimedStep } from './clock-steps.js';
import { clockId, clockOf, stopped, tablesOf, type ClockBook } from './kept-clock.js';
import {
  limitsOf,
  NO_CLOCKS,
  takeEvent,
  type OpenClocks,
  type RunningClock,
  type TimedThing,
} from './runs.js';
import { debtorOf, limitsMoved } from './step-effects.js';
import { retractClocks } from './taken-back.js';
import { thingOf } from './thing.js';
import { STORAGE, TIME_LIMITS, type TimeLimit } from './time-limits.js';

/** That an event counts no more. */
export interface Undone {
  /** Its id. */
  readonly event: string;
  /** Place of the correction among the events of its transaction. */
  readonly order: number;
}

/** What happened to an item in one transaction, as far as its clocks care. */
export interface ItemTurn {
  readonly id: string;
  /** As the transaction left it. */
  readonly row: ItemRow;
  /** Its clocks that ran before. */
  readonly open: OpenClocks | undefined;
  readonly steps: readonly TimedStep[];
  /** That its custody moved, by a step of its own or with the container that it lies in. */
  readonly passing?: Passing | undefined;
  /** Steps that were taken back, of its own or of the container that it lies in. */
  readonly undone?: readonly Undone[] | undefined;
}

/**
 * Puts what the steps of one item do to its clocks, in the order of the ledger.
 *
 * @returns its clocks that run on; undefined when there are none
 */
export function turnClocks(book: ClockBook, turn: ItemTurn): OpenClocks | undefined {
  const { steps, passing, undone } = turn;
  if (steps.length === 0 && passing === undefined && undone === undefined) return turn.open;
  let open = turn.open ?? NO_CLOCKS;
  for (const step of wholeHistory(book, turn))
    open = 'event' in step ? retractClocks(book, turn, open, step.event) : takeStep(book, turn, open, step);
  return open.running.length + open.early.length === 0 ? undefined : open;
}

/**
 * The steps with what is no event of the item: before them the certificate of the car that a traction battery comes out of, among
 * them that custody moved, and that a step counts no more.
 */
function wholeHistory(
  book: ClockBook,
  { row, steps, passing, undone = [] }: ItemTurn,
): readonly (TimedStep | Undone)[] {
  const own =
    row.kind === 'battery' ? steps.flatMap((step) => [...certificateBefore(step, book), step]) : steps;
  if (passing === undefined && undone.length === 0) return own;
  const passed = passing === undefined ? [] : [tookOver(passing, book.roles)];
  return [...own, ...passed, ...undone].sort((a, b) => a.order - b.order);
}

function takeStep(book: ClockBook, { id, row }: ItemTurn, open: OpenClocks, signed: TimedStep): OpenClocks {
  const party = debtorOf(signed, row);
  const step = party === signed.party ? signed : { ...signed, party };
  const known = withThoseThatRun(limitsFor(thingOf(row, book.tables, step.time)), open);
  const limits = limitsMoved(known, step, { row, tables: book.tables, certified: book.certified(id) });
  const turn = takeEvent(withoutVain(open, step, row), step, limits, tablesOf(book, step).terms);
  for (const one of turn.stopped) stopClock(book, id, one, step);
  for (const { limit, startedBy } of turn.cancelled) {
    const clock = book.clock(clockId(id, limit, startedBy));
    if (clock !== undefined) book.put({ ...stopped(clock, step.id, step.time), status: 'void', dueAt: 0 });
  }
  for (const { limit, stoppedBy } of turn.started) {
    const { id: startedBy, time, days } = step;
    const started = startOf(book, id, limit, step);
    const stoppedAt = stoppedBy === undefined ? undefined : time;
    const told = { item: id, limit, party, startedBy, started, stoppedBy, stopped: stoppedAt, days };
    book.put(clockOf(book, { id: clockId(id, limit, startedBy), ...told }));
  }
  return turn.open;
}

/** There are few kinds of things, and items by the million. */
const limitsKnown = new Map<string, readonly TimeLimit[]>();

function limitsFor(thing: TimedThing): readonly TimeLimit[] {
  const name = `${thing.kind} ${thing.traits.join(' ')}`;
  const known = limitsKnown.get(name) ?? limitsOf(thing, TIME_LIMITS);
  limitsKnown.set(name, known);
  return known;
}

/** A clock that runs can be stopped although what made it start holds no more: a table may call its thing hazardous no longer. */
function withThoseThatRun(limits: readonly TimeLimit[], { running }: OpenClocks): readonly TimeLimit[] {
  const others = running.filter((one) => !limits.some(({ name }) => name === one.limit));
  if (others.length === 0) return limits;
  const ending = TIME_LIMITS.filter(({ name }) => others.some(({ limit }) => limit === name));
  return [...limits, ...ending.map((limit) => ({ ...limit, startedBy: [] }))];
}

/**
 * An acceptance that came before may be worth nothing by now: it excepts what is not in the container any more. The handover is open
 * then all the same.
 */
function withoutVain(open: OpenClocks, step: TimedStep, { custodian, handover }: ItemRow): OpenClocks {
  if (step.type !== 'handover' || open.early.length === 0) return open;
  if (handover === undefined || step.pair !== `${custodian}>${handover.to}`) return open;
  return { ...open, early: open.early.filter(({ pair }) => pair !== undefined && pair !== step.pair) };
}

/** When a clock starts. What stands in the place of a wrong step counts from the time of that one: the duty is no younger. */
function startOf(book: ClockBook, item: string, limit: string, step: TimedStep): number {
  const { replaces, time, storedSince } = step;
  if (limit === STORAGE && storedSince !== undefined) return storedSince;
  if (replaces === undefined) return time;
  const wrong = book.clock(clockId(item, limit, replaces));
  return wrong?.status === 'void' && wrong.startedBy === replaces ? wrong.started : time;
}

/** What stands in the place of a step that stopped the clock, and was wrong, counts from the time of that one. */
function stopClock(
  book: ClockBook,
  item: string,
  { limit, startedBy, unstopped }: RunningClock,
  { id, time, replaces }: TimedStep,
): void {
  const clock = book.clock(clockId(item, limit, startedBy));
  const at = unstopped !== undefined && unstopped.by === replaces ? unstopped.at : time;
  if (clock !== undefined) book.put(stopped(clock, id, at));
}
