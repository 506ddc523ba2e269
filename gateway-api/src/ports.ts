import type {
  BatchRow,
  CorrectionReason,
  EvidenceGrade,
  Finding,
  FindingKind,
  ItemKind,
  ItemRow,
  ItemState,
  KeyRow,
  LossRow,
  LedgerEvent,
  ParticipantRow,
  RefusalClass,
  RowKey,
  RuleRow,
  SaleRow,
  SignedBatch,
  Stock,
  TablesOnRecord,
} from '@huilian/core';
import type { clockView } from './views/clocks.js';
import type { DocumentOf } from './views/declare.js';

/** Rows of the world state as the read model has them. */
export interface RowReader {
  row<R>(key: RowKey<R>): Promise<R | undefined>;
}

/** An item, and who held, owned or touched it (credit codes). */
export interface ItemRecord {
  readonly id: string;
  readonly row: ItemRow;
  readonly parties: readonly string[];
  /** Who only reported on it, and sees of it what that brought about. */
  readonly reporters?: readonly string[];
}

/** One event with its verdict and where it stands. */
export interface EventRecord {
  /** `keyId.sequence.index`. */
  readonly id: string;
  /** `block.transaction.index`: the id in event streams, good at every gateway. */
  readonly position: string;
  readonly block: number;
  /** Transaction id. */
  readonly transaction: string;
  /** Ledger time, seconds since 1970. */
  readonly time: number;
  readonly keyId: string;
  readonly sequence: number;
  readonly index: number;
  /** Owner of the key: a credit code, or an organisation for administrators. */
  readonly signer: string;
  readonly event: LedgerEvent;
  readonly verdict: string;
  /** Something to know about an accepted event, such as a contested tag. */
  readonly notice?: string;
  /** How an accepted step of custody is proved. */
  readonly evidence?: EvidenceGrade;
  /** That it was declared wrong. */
  readonly correction?: CorrectionMark;
}

/** What became of an event that was declared wrong. */
export interface CorrectionMark {
  /** Id of the event that declares it wrong. */
  readonly declaredBy: string;
  readonly signers: readonly string[];
  readonly reason?: CorrectionReason | undefined;
  readonly effect: 'open' | 'takenBack' | 'questioned';
  /** True when what it did stands and the correction names another type than the event has. */
  readonly misnamed?: true | undefined;
  readonly replacedBy?: string | undefined;
}

/** Refusals of one party that go back to one batch. */
export interface WorkItem {
  readonly id: string;
  readonly party: string;
  /** Id of the event at the bottom, and its item. */
  readonly root: string;
  readonly item: string;
  /** Position of the first refusal. */
  readonly first: string;
  readonly refusals: number;
  readonly left: number;
  readonly closed: boolean;
  /** That the root was declared wrong. */
  readonly correction?: CorrectionMark;
}

/** A refused event with what became of it. */
export interface RefusalRecord extends EventRecord {
  /** Id of the event at the bottom of it. */
  readonly root: string;
  readonly offeredAs?: string | undefined;
  readonly class: RefusalClass | 'open';
  readonly classedBy?: string | undefined;
}

/** An event, and the participants that may see it (credit codes). */
export interface VisibleEvent {
  readonly record: EventRecord;
  readonly parties: readonly string[];
}

/** A recorded batch with what its signer sent. */
export interface BatchRecord {
  readonly row: BatchRow;
  readonly batch: SignedBatch;
  readonly block: number;
}

export interface PageQuery {
  readonly limit: number;
  readonly cursor?: string | undefined;
}

export interface PageOf<T> {
  readonly records: readonly T[];
  readonly next?: string;
}

/** Which refusals: of one work item, or of a class, of one signer or of all. */
export type RefusalFilter =
  { readonly work: string } | { readonly class: RefusalClass | 'open'; readonly signer?: string | undefined };

/** How work is found: of one party or of all, what is closed or what is not. */
export interface WorkFilter {
  readonly party?: string | undefined;
  readonly closed: boolean;
}

/** How items are found. */
export interface ItemFilter {
  readonly kind?: ItemKind | undefined;
  readonly state?: ItemState | undefined;
  readonly custodian?: string | undefined;
  /** Only items that this participant held, owned or touched. */
  readonly party?: string | undefined;
}

/** Whose things in transit are asked for: those of a giver, those for a receiver, or all. */
export interface TransitFilter {
  readonly giver?: string | undefined;
  readonly receiver?: string | undefined;
}

/** An item in transit, and since when: ledger time, seconds since 1970. */
export interface TransitRecord extends ItemRecord {
  readonly since: number;
}

export interface Named<R> {
  readonly id: string;
  readonly row: R;
}

/** A row as a view holds it: its key in the world state, the row, and the fields beside it by which it is found. */
export type HeldRow = readonly [key: string, row: unknown, foundBy: Readonly<Record<string, unknown>>];

/** A run of event documents that bear the number of one batch, and the document of that batch without its row. */
export interface HeldBatch {
  readonly batch?: Readonly<Record<string, unknown>>;
  /** Documents of the view `itemEvent`, mentions among them, each with what it shares with its batch. */
  readonly events: readonly Readonly<Record<string, unknown>>[];
}

/** A document of a view as it is. */
export type HeldDocument = Readonly<Record<string, unknown>>;

/** Where an item came from or what it is in. Links of one event have the same position. */
export interface LinkRecord {
  readonly child: string;
  readonly parent: string;
  readonly relation: 'dismantledFrom' | 'remanufacturedFrom' | 'fittedInto' | 'joinedTo' | 'packedInto';
  readonly since: string;
  readonly current: boolean;
}

/** A clock of an item as the read model keeps it. */
export type ClockRecord = DocumentOf<typeof clockView>;

/** What may be asked of clocks. */
export const CLOCK_QUERIES = ['due', 'overdue', 'met', 'late', 'unknown'] as const;

/** How clocks are found. */
export interface ClockFilter {
  readonly status: (typeof CLOCK_QUERIES)[number];
  /** The moment that divides what is due from what is overdue, in seconds since 1970. */
  readonly now: number;
  /** Only those whose due instant lies before it. */
  readonly before?: number | undefined;
  /** Only those that this participant started. */
  readonly party?: string | undefined;
  readonly timeLimit?: string | undefined;
}

/** How findings are found. */
export interface FindingFilter {
  readonly kind?: FindingKind | undefined;
  readonly item?: string | undefined;
  /** Only those that events of this participant gave. */
  readonly party?: string | undefined;
  readonly status?: Finding['status'] | undefined;
}

/** What a party has in store. */
export interface StockRecord extends Stock {
  readonly party: string;
}

/** What the routes ask of the read model. Every method rejects with HL-5022 while the store is away. */
export interface ReadModel extends RowReader {
  /** Many rows of one kind at once, each in the place of its key. */
  rows<R>(keys: readonly RowKey<R>[]): Promise<readonly (R | undefined)[]>;
  /** Number of the last block that is in, or -1. */
  height(): Promise<number>;
  /** Waits until a block is in. @throws HuilianError HL-5023 */
  waitFor(block: number, milliseconds: number): Promise<void>;
  item(id: string): Promise<ItemRecord | undefined>;
  items(filter: ItemFilter, page: PageQuery): Promise<PageOf<ItemRecord>>;
  /** Items that came out of one. */
  outputs(id: string, page: PageQuery): Promise<PageOf<ItemRecord>>;
  /** What an item came out of, joined, was made of or fitted into, oldest first. */
  linksFrom(child: string, page: PageQuery): Promise<PageOf<LinkRecord>>;
  /** What is bound to an item in one way and still is. */
  linksTo(parent: string, relation: LinkRecord['relation'], page: PageQuery): Promise<PageOf<LinkRecord>>;
  itemsById(ids: readonly string[]): Promise<ReadonlyMap<string, ItemRecord>>;
  /** Items that are fitted into one. */
  fitted(id: string, page: PageQuery): Promise<PageOf<ItemRecord>>;
  /** Items that lie in a container, in the order in which they were packed, those after one of them. */
  packed(id: string, after: string | undefined, limit: number): Promise<readonly ItemRecord[]>;
  /** What was handed over and not accepted, and what was left with its giver, oldest first. */
  inTransit(filter: TransitFilter, page: PageQuery): Promise<PageOf<TransitRecord>>;
  /** Events about an item, oldest first, refused ones among them. */
  history(id: string, page: PageQuery): Promise<PageOf<EventRecord>>;
  /** One event by its id. */
  event(id: string): Promise<EventRecord | undefined>;
  /** Which of these events were declared wrong, by their ids. */
  corrections(
    ids: readonly string[],
  ): Promise<ReadonlyMap<string, CorrectionMark & { readonly item: string }>>;
  workItems(filter: WorkFilter, page: PageQuery): Promise<PageOf<WorkItem>>;
  workItem(id: string): Promise<WorkItem | undefined>;
  /** The refusals of a work item, or those of a class and a signer, in the order of the ledger. */
  refusals(filter: RefusalFilter, page: PageQuery): Promise<PageOf<RefusalRecord>>;
  batch(keyId: string, sequence: number): Promise<BatchRecord | undefined>;
  participants(page: PageQuery): Promise<PageOf<Named<ParticipantRow>>>;
  keysOf(owner: string, page: PageQuery): Promise<PageOf<Named<KeyRow>>>;
  rules(name: string | undefined, page: PageQuery): Promise<PageOf<Named<RuleRow>>>;
  /** Losses of a vehicle, by their number. */
  losses(vehicle: string, page: PageQuery): Promise<PageOf<Named<LossRow>>>;
  /** Lines of sales for an old part, of one seller or of all. */
  sales(seller: string | undefined, page: PageQuery): Promise<PageOf<Named<SaleRow>>>;
  /** What is in store, at one party or at all, by party and category. */
  stocks(party: string | undefined, page: PageQuery): Promise<PageOf<StockRecord>>;
  /** All rows in the order of their keys in the world state, for a comparison. A cursor is such a key. */
  heldRows(page: PageQuery): Promise<PageOf<HeldRow>>;
  /** All recorded batches and their events in the order of the ledger, for a comparison. At least `limit` documents a page. */
  heldBatches(page: PageQuery): Promise<PageOf<HeldBatch>>;
  /** All links of items, by child, for a comparison. */
  heldLinks(page: PageQuery): Promise<PageOf<HeldDocument>>;
  /** All findings in the order of their ids, for a comparison. */
  heldFindings(page: PageQuery): Promise<PageOf<HeldDocument>>;
  /** All clocks of items in the order of their ids, for a comparison. */
  heldClocks(page: PageQuery): Promise<PageOf<HeldDocument>>;
  /** Clocks of an item in the order in which they started, without those that are void. */
  clocksOf(item: string, page: PageQuery): Promise<PageOf<ClockRecord>>;
  /** Clocks in the order of their due instants. */
  clocks(filter: ClockFilter, page: PageQuery): Promise<PageOf<ClockRecord>>;
  /** Findings, the latest first. */
  findings(filter: FindingFilter, page: PageQuery): Promise<PageOf<Finding>>;
  finding(id: string): Promise<Finding | undefined>;
  /** The approved tables that clocks and findings are read from. */
  tables(): Promise<TablesOnRecord>;
  /** SHA-256 over all views, hex. */
  digest(): Promise<string>;
  /** Events after a position, `undefined` for those that are still to come, each with who may see it. Ends with the signal. */
  events(after: string | undefined, signal: AbortSignal): AsyncIterable<VisibleEvent>;
  /** The next events that are stored after a position, a page of some hundred; none when there are no more. */
  eventsAfter(position: string): Promise<readonly VisibleEvent[]>;
}
