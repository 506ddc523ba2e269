import type { BatchHeader } from '../batch/batch.js';
import { createdBy } from '../findings/created.js';
import { eventIdOf } from '../ids/event-id.js';
import { itemOf } from '../model/concerns.js';
import type { LedgerEvent } from '../model/events.js';
import type { ItemRow } from '../model/rows.js';
import type { TablesOnRecord } from '../model/tables-on-record.js';
import { returnDaysOf } from './tables.js';
import { ALSO_OF, DERIVED, TIME_LIMITS } from './time-limits.js';
import type { StepInTime } from './timed-event.js';

/** A recorded batch of a transaction, as far as clocks care. */
export interface TimedBatch {
  readonly batch: { readonly header: Pick<BatchHeader, 'keyId' | 'sequence'> };
  /** Ledger time, in seconds since 1970. */
  readonly row: { readonly time: number };
  readonly events: readonly {
    readonly event: LedgerEvent;
    readonly verdict: string;
    /** Its place in the batch. */
    readonly index: number;
  }[];
}

/** Rows of items by their ids. */
export type RowOf = (id: string) => ItemRow | undefined;

/** Who signed, and in which roles. */
export interface Signers {
  /** Owner of a key; empty when it is not known. */
  readonly owner: (keyId: string) => string;
  readonly roles: (creditCode: string) => readonly string[];
}

/** A step of an item that may start or stop its clocks, and who signed it. */
export interface TimedStep extends StepInTime {
  /** Credit code. */
  readonly party: string;
  /** Its place among the events of its transaction. */
  readonly order: number;
  /** Id of a wrong event in whose place it stands. */
  readonly replaces?: string | undefined;
  /** What the item came out of by it. */
  readonly from?: string | undefined;
  /** Calendar days of the term that it starts, where it names a table of its own for that. */
  readonly days?: number | undefined;
  /** Ledger time since when the material was stored of which the item is a part, in seconds since 1970. */
  readonly storedSince?: number | undefined;
}

/** That custody of an item moved. */
export interface Passing {
  /** Id of the event by which it did: of its own, or of the container that it lies in. */
  readonly id: string;
  /** Ledger time, in seconds since 1970. */
  readonly time: number;
  /** Place of the event in its transaction. */
  readonly order: number;
  /** As of a step. */
  readonly replaces?: string | undefined;
  /** Credit code of who has it now. */
  readonly to: string;
}

/** Of a vehicle, the event that gave it its certificate, and its ledger time in seconds. */
export interface Certified {
  readonly event: string;
  readonly time: number;
}

/** The certificate of what a thing came out of, if it has one. */
type CertifiedOf = (item: string) => Certified | undefined;

const [TAKEN_OUT, TOOK_OVER, CHANGE_DUE] = DERIVED;
const timed: ReadonlySet<string> = new Set(
  TIME_LIMITS.flatMap(({ startedBy, stoppedBy, cancelledBy = [] }) => [
    ...startedBy,
    ...stoppedBy,
    ...cancelledBy,
  ]),
);

/**
 * The accepted steps of a transaction that clocks care about, by item, in the order of the ledger.
 *
 * @param after items as the transaction left them
 * @param stored since when the oldest of some lots is stored, as far as the transaction found it so
 */
export function timedSteps(
  batches: readonly TimedBatch[],
  signers: Signers & { readonly tables: TablesOnRecord },
  after: RowOf,
  stored: (lots: readonly string[]) => number | undefined,
): ReadonlyMap<string, readonly TimedStep[]> {
  const steps = new Map<string, TimedStep[]>();
  const add = (item: string, step: TimedStep): void => {
    const known = steps.get(item);
    if (known === undefined) steps.set(item, [step]);
    else known.push(step);
  };
  /** Since when what the transaction itself brought is stored, where it is older. */
  const brought = new Map<string, number>();
  let order = 0;
  for (const { batch, row, events } of batches) {
    const { keyId, sequence } = batch.header;
    const party = signers.owner(keyId);
    const roles = signers.roles(party);
    const { time } = row;
    for (const { event, verdict, index } of events) {
      order += 1;
      const item = itemOf(event);
      if (verdict !== 'accepted' || item === undefined) continue;
      const { type, replaces } = event;
      const id = eventIdOf({ keyId, sequence, index });
      const told = { id, time, roles, party, order, replaces };
      if (timed.has(type)) {
        const from = event.type === 'remove' ? event.data.from : undefined;
        add(item, { ...told, type, pair: pairOf(event, party), from, days: daysOf(event, signers.tables) });
        for (const other of alsoOf(event, after)) add(other, { ...told, type });
      }
      if (event.type === 'fit' && isChangeDue(batches, event.data.into, item, after))
        add(item, { ...told, type: CHANGE_DUE });
      if (type === 'register') continue;
      const made = createdBy(event);
      if (made.length === 0) continue;
      const inputs = inputsOf(event);
      const storedSince = earliest([stored(inputs), ...inputs.map((lot) => brought.get(lot))]);
      for (const { item: created } of made) {
        add(created, { ...told, type: TAKEN_OUT, from: item, storedSince });
        if (storedSince !== undefined) brought.set(created, storedSince);
      }
    }
  }
  return steps;
}

/**
 * Other items whose clocks the event concerns.
 *
 * @param rowOf items before the event, or after it: what a vehicle is struck off the register with stays on its row
 */
export function alsoOf(event: LedgerEvent, rowOf: RowOf): readonly string[] {
  if (event.type === 'cancelRegistration')
    return rowOf(event.item)?.insurance?.changes?.map(({ part }) => part) ?? none;
  const member = Object.hasOwn(ALSO_OF, event.type) ? ALSO_OF[event.type] : undefined;
  const others = member === undefined ? none : (event.data as Readonly<Record<string, unknown>>)[member];
  if (typeof others === 'string') return [others];
  return Array.isArray(others) ? others.filter((other) => typeof other === 'string') : none;
}

const none: readonly string[] = [];

function earliest(times: readonly (number | undefined)[]): number | undefined {
  const known = times.filter((time) => time !== undefined);
  return known.length === 0 ? undefined : Math.min(...known);
}

/** Lots that were only divided or put together: what came of it is no younger. */
function inputsOf(event: LedgerEvent): readonly string[] {
  if (event.type === 'merge') return [event.item, ...event.data.others];
  return event.type === 'split' || event.type === 'sample' ? [event.item] : none;
}

/**
 * Whether a vehicle must be registered anew for what was fitted into it. What goes back into its own vehicle changes nothing; a
 * change that the same transaction brought on record is not on the row any more.
 */
function isChangeDue(batches: readonly TimedBatch[], vehicle: string, part: string, after: RowOf): boolean {
  if (after(vehicle)?.insurance?.changes?.some((each) => each.part === part) === true) return true;
  return batches.some(({ events }) =>
    events.some(
      ({ event, verdict }) =>
        verdict === 'accepted' && event.type === 'changeRegistration' && event.data.part === part,
    ),
  );
}

/** Of a sale under a deposit, in how many days the old part comes back. */
function daysOf(event: LedgerEvent, tables: TablesOnRecord): number | undefined {
  if (event.type !== 'sellRemanufactured') return undefined;
  return returnDaysOf(tables, event.data.coreDepositVersion);
}

/** What tells handovers of one item apart. */
function pairOf(event: LedgerEvent, party: string): string | undefined {
  if (event.type === 'handover') return `${party}>${event.data.to}`;
  return event.type === 'accept' || event.type === 'refuse' ? `${event.data.from}>${party}` : undefined;
}

/** When a vehicle got its certificate, if one of the steps says so. One in the place of a wrong one is later, and no term begins anew. */
export function certifiedBy(steps: readonly TimedStep[] | undefined): Certified | undefined {
  const step = steps?.find(({ type }) => type === 'issueCertificate');
  return step && { event: step.id, time: step.time };
}

/** A book that knows of the certificates that the transaction itself brings. */
export function withCertificates<B extends { readonly certified: CertifiedOf }>(
  book: B,
  steps: ReadonlyMap<string, readonly TimedStep[]>,
): B {
  return { ...book, certified: (item: string) => book.certified(item) ?? certifiedBy(steps.get(item)) };
}

/** That somebody took an item over. */
export function tookOver({ to, ...passing }: Passing, roles: Signers['roles']): TimedStep {
  return { ...passing, type: TOOK_OVER, party: to, roles: roles(to) };
}

/**
 * What comes out of a vehicle that has a certificate bears that certificate before the step by which it comes out: terms of the
 * batteries in a car are counted from it.
 */
export function certificateBefore(
  { replaces: _own, ...step }: TimedStep,
  { certified }: { readonly certified: CertifiedOf },
): readonly TimedStep[] {
  const found = step.from === undefined ? undefined : certified(step.from);
  return found === undefined
    ? []
    : [{ ...step, id: found.event, time: found.time, type: 'issueCertificate' }];
}
