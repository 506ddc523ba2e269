import type { LedgerEvent } from '../model/events.js';
import type { RowKey } from '../model/row-keys.js';
import type { ItemRow } from '../model/rows.js';
import type { TablesOnRecord } from '../model/tables-on-record.js';
import type { FindingKind, FindingOutcome, FINDING_STATUSES, STOCK_LEVELS } from './kinds.js';

/** What a party took in by licences of a kind in a calendar year at UTC+8. */
export interface Intake {
  /** Whole vehicles or units. */
  readonly count: number;
  /** True once it is above what the licences allow, so that this is found once. */
  readonly above: boolean;
}

/** What a party has in store of a category of lots. */
export interface Stock {
  /** As the lot that came last spells it. */
  readonly category: string;
  readonly grams: number;
  /** Where it is beside the limit that was in force, so that each crossing is found once. */
  readonly level: (typeof STOCK_LEVELS)[number];
}

/** A recorded event as detectors see it. */
export interface SeenEvent {
  /** `keyId.sequence.index`. */
  readonly id: string;
  /** Where it stands on the ledger, as whoever keeps findings writes positions. */
  readonly position: string;
  readonly event: LedgerEvent;
  readonly verdict: string;
  readonly notice?: string | undefined;
  /** Owner of the key: a credit code, or an organisation for administrators. */
  readonly signer: string;
  /** Ledger time, seconds since 1970. */
  readonly time: number;
}

/** What a recorded event is. */
export interface EventKind {
  readonly type: string;
  /** The item that it is about; administration is about none. */
  readonly item?: string | undefined;
  /** Ledger time, seconds since 1970. */
  readonly time: number;
}

/** Where an item was read last. */
export interface LastPlace {
  readonly station: string;
  /** When, by the clock of who read it, in seconds since 1970. */
  readonly time: number;
  /** Id of the event. */
  readonly event: string;
}

/** What surrounds the events of one transaction. */
export interface Surroundings {
  /**
   * A row as the transaction found it. Only what {@link rowsToSee} names is asked for, the items that events name or that it wrote, who
   * signed them, and whom {@link stocksToSee} names.
   */
  before<R>(key: RowKey<R>): R | undefined;
  /** A row as the transaction left it; undefined when it did not write it. */
  written<R>(key: RowKey<R>): R | undefined;
  /** All items that the transaction wrote, by their ids, in no order. */
  writtenItems(): Iterable<readonly [item: string, row: ItemRow]>;
  /** Asked for items of events that name a station. */
  lastPlace(item: string): LastPlace | undefined;
  /** Asked for what {@link eventsToSee} names; undefined when there is no such event. */
  recorded(event: string): EventKind | undefined;
  /** Asked for what {@link intakesToSee} names. */
  intake(key: string): Intake | undefined;
  /** Asked for what {@link stocksToSee} names. */
  stock(key: string): Stock | undefined;
  readonly tables: TablesOnRecord;
}

export type Evidence = Readonly<Record<string, string | number | readonly string[]>>;

/** What a detector has to say of an event. */
export interface Found {
  readonly kind: FindingKind;
  /** The items that it is about, the event's own first where it is one of them. */
  readonly items: readonly string[];
  readonly evidence: Evidence;
  /** Whose stock it is about, whoever signed the event. */
  readonly party?: string | undefined;
}

/** What Oversight found a finding to be. */
export interface FindingDecision {
  /** Id of the event that says so. */
  readonly event: string;
  readonly outcome: FindingOutcome;
  readonly reason: string;
  readonly by: string;
  readonly time: number;
}

/** Something on the ledger that somebody has to look at. */
export interface Finding extends Found {
  /** `kind.eventId`: an event gives at most one finding of a kind. */
  readonly id: string;
  /** Id of the event that gave it. */
  readonly event: string;
  readonly position: string;
  readonly type: string;
  readonly verdict: string;
  /** Who signed that event, or whose stock it is about. */
  readonly party: string;
  /** Ledger time, seconds since 1970. */
  readonly time: number;
  readonly status: (typeof FINDING_STATUSES)[number];
  readonly decision?: FindingDecision | undefined;
  /** Decisions that a later one revised, oldest first. */
  readonly earlier?: readonly FindingDecision[] | undefined;
}

/** The id of a finding, see {@link Finding}. */
export function findingIdOf(kind: FindingKind, event: string): string {
  return `${kind}.${event}`;
}
