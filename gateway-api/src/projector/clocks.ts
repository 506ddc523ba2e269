import {
  ALSO_OF,
  createdBy,
  DERIVED,
  dayOf,
  eventCheck,
  itemOf,
  limitsOf,
  NO_CLOCKS,
  startOfDay,
  takeEvent,
  termOf,
  thingOf,
  TIME_LIMITS,
  tablesFor,
  timeTables,
  type ItemRow,
  type LedgerEvent,
  type OpenClocks,
  type StepInTime,
  type TimedThing,
  type TimeLimit,
} from '@huilian/core';
import { clockView } from '../views/clocks.js';
import { participantView } from '../views/directory.js';
import type { DocumentOf } from '../views/declare.js';
import { itemView } from '../views/items.js';
import type { ViewDraft } from './draft.js';
import { tablesIn } from './tables.js';
import type { ProjectedTransaction } from './transaction.js';

type Item = DocumentOf<typeof itemView>;
type Clock = DocumentOf<typeof clockView>;

/** A step of an item that may start or stop its clocks, and who signed it. */
export interface TimedStep extends StepInTime {
  readonly party: string;
}

/** That custody of an item moved. */
export interface Passing {
  /** Id of the last event that concerns it, or the container that it lies in. */
  readonly id: string;
  /** Ledger time, in seconds since 1970. */
  readonly time: number;
  /** Credit code of who has it now. */
  readonly to: string;
}

/** Who signed, and in which roles. */
export interface Signers {
  readonly of: (keyId: string) => string;
  readonly roles: (creditCode: string) => readonly string[];
}

const [TAKEN_OUT, TOOK_OVER] = DERIVED;
const timed: ReadonlySet<string> = new Set(
  TIME_LIMITS.flatMap(({ startedBy, stoppedBy }) => [...startedBy, ...stoppedBy]),
);

/** The accepted steps of a transaction that clocks care about, by item, in the order of the ledger. */
export function timedSteps(
  { batches }: ProjectedTransaction,
  signers: Signers,
): Map<string, readonly TimedStep[]> {
  const steps = new Map<string, TimedStep[]>();
  const add = (item: string, step: TimedStep): void => {
    const known = steps.get(item);
    if (known === undefined) steps.set(item, [step]);
    else known.push(step);
  };
  for (const { batch, row, events } of batches) {
    const { keyId, sequence } = batch.header;
    const party = signers.of(keyId);
    const roles = signers.roles(party);
    const { time } = row;
    for (const { event, verdict, index } of events) {
      const item = itemOf(event);
      if (verdict !== 'accepted' || item === undefined) continue;
      const { type } = event;
      const id = `${keyId}.${sequence}.${index}`;
      if (timed.has(type)) {
        add(item, { id, time, roles, party, type, pair: pairOf(event, party) });
        const other = alsoOf(event);
        if (other !== undefined) add(other, { id, time, roles, party, type });
      }
      if (type === 'register') continue;
      for (const { item: created } of createdBy(event))
        add(created, { id, time, roles, party, type: TAKEN_OUT });
    }
  }
  return steps;
}

/** Another item whose clocks the event concerns. */
export function alsoOf({ type, data }: LedgerEvent): string | undefined {
  const member = Object.hasOwn(ALSO_OF, type) ? ALSO_OF[type] : undefined;
  const other = member === undefined ? undefined : (data as Readonly<Record<string, unknown>>)[member];
  return typeof other === 'string' ? other : undefined;
}

/** What tells handovers of one item apart. */
function pairOf(event: LedgerEvent, party: string): string | undefined {
  if (event.type === 'handover') return `${party}>${event.data.to}`;
  return event.type === 'accept' || event.type === 'refuse' ? `${event.data.from}>${party}` : undefined;
}

/** When a vehicle got its certificate, if one of the steps says so. */
export function certifiedBy(steps: readonly TimedStep[]): Item['certified'] {
  const step = steps.findLast(({ type }) => type === 'issueCertificate');
  return step && { event: step.id, time: step.time };
}

/**
 * Puts what the steps of one item do to its clocks.
 *
 * @param before the item as the transaction found it
 * @param passing that its custody moved, by a step of its own or with the container that it lies in
 * @returns its clocks that run on; undefined when there are none
 */
export function foldClocks(
  draft: ViewDraft,
  { id, row, before }: { readonly id: string; readonly row: ItemRow; readonly before: Item | undefined },
  steps: readonly TimedStep[],
  passing: Passing | undefined,
  { roles }: Signers,
): OpenClocks | undefined {
  if (steps.length === 0 && passing === undefined) return before?.clocks;
  let open = before?.clocks ?? NO_CLOCKS;
  const tables = tablesIn(draft);
  for (const step of wholeHistory(draft, { row, before }, steps, passing && took(passing, steps, roles))) {
    const limits = limitsFor(thingOf(row, tables, step.time));
    const turn = takeEvent(open, step, limits, tablesOf(draft, step).terms);
    for (const { limit, startedBy } of turn.stopped) stopClock(draft, idOf(id, limit, startedBy), step);
    for (const { limit, stoppedBy } of turn.started) {
      const { id: startedBy, time: started, party } = step;
      const stopped = stoppedBy === undefined ? undefined : started;
      const told = {
        id: idOf(id, limit, startedBy),
        item: id,
        limit,
        party,
        startedBy,
        started,
        stoppedBy,
        stopped,
      };
      draft.put(clockView, clockOf(draft, told));
    }
    open = turn.open;
  }
  return open.running.length + open.early.length === 0 ? undefined : open;
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
export function clocksRunning({ id, clocks }: Item): readonly string[] {
  return clocks?.running.map(({ limit, startedBy }) => idOf(id, limit, startedBy)) ?? [];
}

/**
 * The steps with what is no event of the item: before them the certificate of the car that a traction battery comes out of, behind
 * them that custody moved. That takes two events, and which is the last does not matter.
 */
function wholeHistory(
  draft: ViewDraft,
  { row, before }: { readonly row: ItemRow; readonly before: Item | undefined },
  steps: readonly TimedStep[],
  taken: TimedStep | undefined,
): readonly TimedStep[] {
  if (before !== undefined) return taken === undefined ? steps : [...steps, taken];
  const [first] = steps;
  const { kind, parent } = row;
  const isOut = kind === 'battery' && parent !== undefined && first?.type === TAKEN_OUT;
  const certified = isOut ? draft.get(itemView, parent)?.certified : undefined;
  if (first === undefined || certified === undefined) return steps;
  return [{ ...first, id: certified.event, time: certified.time, type: 'issueCertificate' }, ...steps];
}

/** That somebody took an item over, by its own last step if it has one. */
function took(passing: Passing, steps: readonly TimedStep[], roles: Signers['roles']): TimedStep {
  const { id, time } = steps.at(-1) ?? passing;
  return { id, time, type: TOOK_OVER, party: passing.to, roles: roles(passing.to) };
}

function stopClock(draft: ViewDraft, id: string, { id: stoppedBy, time: stopped }: TimedStep): void {
  const clock = draft.get(clockView, id);
  if (clock !== undefined) draft.put(clockView, whole(clock, { ...clock, stoppedBy, stopped }));
}

type Told = Omit<Clock, 'status' | 'dueAt' | 'warnDays' | 'confirmed' | 'missing'>;
type Term = Pick<Clock, 'status' | 'dueAt' | 'warnDays' | 'confirmed' | 'missing'>;

/** A clock with what the tables on record say of its term. */
export function clockOf(draft: ViewDraft, told: Told): Clock {
  return whole(termIn(draft, told), told);
}

/** The tables by which the clocks of a party run that start at a time: those of its province, or else the national ones. */
function tablesOf(draft: ViewDraft, { party, time }: { readonly party: string; readonly time: number }) {
  const province = draft.get(participantView, party)?.row.province;
  return timeTables(tablesFor(tablesIn(draft), province), time);
}

function termIn(draft: ViewDraft, { limit, started, party }: Told): Term {
  const term = termOf(limit, dayOf(started), tablesOf(draft, { party, time: started }));
  if (term === undefined) return { status: 'void', dueAt: 0, warnDays: 0, confirmed: false };
  const { warnDays, confirmed, missing, due } = term;
  return missing === undefined
    ? { status: 'running', dueAt: startOfDay(due + 1), warnDays, confirmed }
    : { status: 'unknown', dueAt: 0, warnDays, confirmed, missing };
}

/** Puts a clock together: one that ran and was stopped was met or late. Member by member: a spread takes many times as long. */
function whole(term: Term, told: Told): Clock {
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

/**
 * Counts the due days of all clocks anew that are not over, and of those whose due day could not be told: a table was approved.
 * What was met or late by the tables of its day stays so.
 */
export async function recountClocks(draft: ViewDraft): Promise<void> {
  for (const status of ['running', 'unknown'] as const) {
    const clocks = await draft.all(clockView, 'byStatus', { status });
    await draft.load(participantView, new Set(clocks.map(({ party }) => party)));
    for (const clock of clocks) {
      draft.put(clockView, clockOf(draft, clock));
    }
  }
}

function idOf(item: string, limit: string, startedBy: string): string {
  return `${item}/${limit}/${eventCheck(startedBy)}`;
}
