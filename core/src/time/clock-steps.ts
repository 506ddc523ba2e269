import type { BatchHeader } from '../batch/batch.js';
import { createdBy } from '../findings/created.js';
import { eventIdOf } from '../ids/event-id.js';
import { itemOf, mentionsOf } from '../model/concerns.js';
import type { LedgerEvent } from '../model/events.js';
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

/** Of a vehicle, the event that gave it its certificate, and its ledger time in seconds. */
export interface Certified {
  readonly event: string;
  readonly time: number;
}

const [TAKEN_OUT, TOOK_OVER] = DERIVED;
const timed: ReadonlySet<string> = new Set(
  TIME_LIMITS.flatMap(({ startedBy, stoppedBy }) => [...startedBy, ...stoppedBy]),
);

/** The accepted steps of a transaction that clocks care about, by item, in the order of the ledger. */
export function timedSteps(
  batches: readonly TimedBatch[],
  signers: Signers,
): ReadonlyMap<string, readonly TimedStep[]> {
  const steps = new Map<string, TimedStep[]>();
  const add = (item: string, step: TimedStep): void => {
    const known = steps.get(item);
    if (known === undefined) steps.set(item, [step]);
    else known.push(step);
  };
  for (const { batch, row, events } of batches) {
    const { keyId, sequence } = batch.header;
    const party = signers.owner(keyId);
    const roles = signers.roles(party);
    const { time } = row;
    for (const { event, verdict, index } of events) {
      const item = itemOf(event);
      if (verdict !== 'accepted' || item === undefined) continue;
      const { type } = event;
      const id = eventIdOf({ keyId, sequence, index });
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

/** When a vehicle got its certificate, if one of the steps says so. One in the place of a wrong one is later, and no term begins anew. */
export function certifiedBy(steps: readonly TimedStep[]): Certified | undefined {
  const step = steps.find(({ type }) => type === 'issueCertificate');
  return step && { event: step.id, time: step.time };
}

/** That somebody took an item over, by its own last step if it has one. */
export function tookOver(passing: Passing, steps: readonly TimedStep[], roles: Signers['roles']): TimedStep {
  const { id, time } = steps.at(-1) ?? passing;
  return { id, time, type: TOOK_OVER, party: passing.to, roles: roles(passing.to) };
}

/**
 * What comes out of an item that has a certificate bears that certificate before its own steps: terms of the batteries in a car are
 * counted from it.
 */
export function withCertificate(
  steps: readonly TimedStep[],
  certified: Certified | undefined,
): readonly TimedStep[] {
  const [first] = steps;
  if (first?.type !== TAKEN_OUT || certified === undefined) return steps;
  return [{ ...first, id: certified.event, time: certified.time, type: 'issueCertificate' }, ...steps];
}

/** The last accepted event of a transaction that concerns each item, its id and its time. */
export function lastEvents(batches: readonly TimedBatch[]): ReadonlyMap<string, Omit<Passing, 'to'>> {
  const last = new Map<string, Omit<Passing, 'to'>>();
  for (const { batch, row, events } of batches) {
    const { keyId, sequence } = batch.header;
    for (const { event, verdict, index } of events) {
      if (verdict !== 'accepted') continue;
      const told = { id: eventIdOf({ keyId, sequence, index }), time: row.time };
      const item = itemOf(event);
      if (item !== undefined) last.set(item, told);
      for (const other of mentionsOf(event)) last.set(other, told);
    }
  }
  return last;
}
