import {
  ALSO_OF,
  createdBy,
  DERIVED,
  dayOf,
  itemOf,
  limitsOf,
  NO_CLOCKS,
  startOfDay,
  takeEvent,
  termOf,
  thingOf,
  TIME_LIMITS,
  timeTables,
  type ItemRow,
  type LedgerEvent,
  type OpenClocks,
  type StepInTime,
  type TimedThing,
  type TimeLimit,
} from '@huilian/core';
import { clockView } from '../views/clocks.js';
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
    for (const { event, verdict, index } of events) {
      if (verdict !== 'accepted') continue;
      const item = itemOf(event);
      if (item === undefined) continue;
      const step = {
        id: `${keyId}.${sequence}.${index}`,
        time: row.time,
        roles: signers.roles(party),
        party,
      };
      if (timed.has(event.type)) {
        add(item, { ...step, type: event.type, ...pairOf(event, party) });
        const other = alsoOf(event);
        if (other !== undefined) add(other, { ...step, type: event.type });
      }
      if (event.type === 'register') continue;
      for (const { item: created } of createdBy(event)) add(created, { ...step, type: TAKEN_OUT });
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
function pairOf(event: LedgerEvent, party: string): { pair?: string } {
  if (event.type === 'handover') return { pair: `${party}>${event.data.to}` };
  if (event.type === 'accept' || event.type === 'refuse') return { pair: `${event.data.from}>${party}` };
  return {};
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
 * @returns its clocks that run on; undefined when there are none
 */
export function foldClocks(
  draft: ViewDraft,
  { id, row, before }: { readonly id: string; readonly row: ItemRow; readonly before: Item | undefined },
  steps: readonly TimedStep[],
  { roles }: Signers,
): OpenClocks | undefined {
  if (steps.length === 0) return before?.clocks;
  let open = before?.clocks ?? NO_CLOCKS;
  const tables = tablesIn(draft);
  for (const step of [...inherited(draft, row, before, steps), ...withCustody(row, before, steps, roles)]) {
    const limits = limitsFor(thingOf(row, tables, step.time));
    const turn = takeEvent(open, step, limits, timeTables(tables, step.time).terms);
    for (const { limit, startedBy } of turn.stopped) stopClock(draft, idOf(id, limit, startedBy), step);
    for (const { limit, stoppedBy } of turn.started) {
      const clock = clockOf(draft, {
        id: idOf(id, limit, step.id),
        item: id,
        limit,
        party: step.party,
        startedBy: step.id,
        started: step.time,
        ...(stoppedBy === undefined ? {} : { stoppedBy, stopped: step.time }),
      });
      draft.put(clockView, clock);
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

/** A traction battery that comes out of a car has the car's certificate in its history. */
function inherited(
  draft: ViewDraft,
  row: ItemRow,
  before: Item | undefined,
  [first]: readonly TimedStep[],
): readonly TimedStep[] {
  if (before !== undefined || row.kind !== 'battery' || row.parent === undefined || !first) return [];
  const certified = draft.get(itemView, row.parent)?.certified;
  if (certified === undefined) return [];
  const { event, time } = certified;
  return [{ ...first, id: event, time, type: 'issueCertificate' }];
}

/** The steps, and behind them that custody moved, if it did: it takes two events, and which is the last does not matter. */
function withCustody(
  { custodian }: ItemRow,
  before: Item | undefined,
  steps: readonly TimedStep[],
  roles: Signers['roles'],
): readonly TimedStep[] {
  const last = steps.at(-1);
  if (last === undefined || before === undefined || before.custodian === custodian) return steps;
  return [...steps, { ...last, type: TOOK_OVER, party: custodian, roles: roles(custodian) }];
}

function stopClock(draft: ViewDraft, id: string, { id: stoppedBy, time }: TimedStep): void {
  const clock = draft.get(clockView, id);
  if (clock !== undefined) draft.put(clockView, judged({ ...clock, stoppedBy, stopped: time }));
}

type Told = Omit<Clock, 'status' | 'dueAt' | 'warnDays' | 'confirmed' | 'missing'>;

/** A clock with what the tables on record say of its term. */
function clockOf(draft: ViewDraft, told: Told): Clock {
  const term = termOf(told.limit, dayOf(told.started), timeTables(tablesIn(draft), told.started));
  if (term === undefined) return { ...told, status: 'void', dueAt: 0, warnDays: 0, confirmed: false };
  const { warnDays, confirmed, missing, due } = term;
  if (missing !== undefined) return { ...told, status: 'unknown', dueAt: 0, warnDays, confirmed, missing };
  return judged({ ...told, status: 'running', dueAt: startOfDay(due + 1), warnDays, confirmed });
}

/** A clock that ran and was stopped was met or late. */
function judged(clock: Clock): Clock {
  if (clock.status !== 'running' || clock.stopped === undefined) return clock;
  return { ...clock, status: clock.stopped < clock.dueAt ? 'met' : 'late' };
}

/**
 * Counts the due days of all clocks anew that are not over, and of those whose due day could not be told: a table was approved.
 * What was met or late by the tables of its day stays so.
 */
export async function recountClocks(draft: ViewDraft): Promise<void> {
  for (const status of ['running', 'unknown'] as const) {
    for (const clock of await draft.all(clockView, 'byStatus', { status })) {
      const { status: _was, dueAt: _at, warnDays: _days, confirmed: _sure, missing: _what, ...told } = clock;
      draft.put(clockView, clockOf(draft, told));
    }
  }
}

function idOf(item: string, limit: string, startedBy: string): string {
  return `${item}/${limit}/${startedBy}`;
}
