import type { SignedBatch } from '../batch/batch.js';
import { eventIdOf, parseEventId } from '../ids/event-id.js';
import { itemOf } from '../model/concerns.js';
import { rowKey, type RowKey } from '../model/row-keys.js';
import type { ItemRow, Row, RuleRow } from '../model/rows.js';
import { withTable, type TablesOnRecord } from '../model/tables-on-record.js';
import type { RecordedBatch } from '../record/judge.js';
import { decided, detect } from './detect.js';
import type { EventKind, Finding, Intake, LastPlace, SeenEvent, Stock } from './finding.js';
import { isFindingTable } from './tables.js';

/** Where a watch keeps what it knows beside the rows of the ledger. */
export interface FindingKeep {
  place(item: string): LastPlace | undefined;
  putPlace(item: string, place: LastPlace): void;
  /** The events of a recorded batch, by `keyId.sequence`. */
  events(batch: string): readonly EventKind[] | undefined;
  putEvents(batch: string, events: readonly EventKind[]): void;
  intake(key: string): Intake | undefined;
  putIntake(key: string, intake: Intake): void;
  stock(key: string): Stock | undefined;
  putStock(key: string, stock: Stock): void;
  finding(id: string): Finding | undefined;
  putFinding(finding: Finding): void;
}

/** A transaction that was judged again. */
export interface JudgedTransaction {
  readonly batches: readonly SignedBatch[];
  /** What became of each of them. */
  readonly recorded: readonly RecordedBatch[];
  readonly writes: ReadonlyMap<string, Row>;
  /** Ledger time, in seconds since 1970. */
  readonly time: number;
  /** The position of an event by its place among the recorded ones of the transaction. */
  readonly positionOf: (index: number) => string;
}

const rules = 'rule/';
const items = 'item/';

/** Finds anew what the record shows, transaction after transaction. */
export class FindingWatch {
  readonly #keep: FindingKeep;
  #tables: TablesOnRecord = {};

  constructor(keep: FindingKeep) {
    this.#keep = keep;
  }

  /** @param before reads rows as the transaction found them */
  take(transaction: JudgedTransaction, before: (key: string) => Row | undefined): void {
    const { writes } = transaction;
    this.#keepEvents(transaction);
    const { findings, places, intakes, stocks, decisions } = detect(seenIn(transaction, before), {
      before: <R>(key: RowKey<R>) => before(key) as R | undefined,
      written: <R>(key: RowKey<R>) => writes.get(key) as R | undefined,
      lastPlace: (item) => this.#keep.place(item),
      recorded: (event) => this.#recorded(event),
      writtenItems: () => itemsIn(writes),
      intake: (key) => this.#keep.intake(key),
      stock: (key) => this.#keep.stock(key),
      tables: this.#tables,
    });
    for (const [key, intake] of intakes) this.#keep.putIntake(key, intake);
    for (const [key, stock] of stocks) this.#keep.putStock(key, stock);
    for (const [item, place] of places) this.#keep.putPlace(item, place);
    for (const finding of findings) this.#keep.putFinding(finding);
    for (const { finding, decision } of decisions) {
      const known = this.#keep.finding(finding);
      if (known) this.#keep.putFinding(decided(known, decision));
    }
    for (const [key, row] of writes) if (key.startsWith(rules)) this.#takeTable(key, row as RuleRow);
  }

  /** A correction may name any of them later on. */
  #keepEvents({ batches, recorded, time }: JudgedTransaction): void {
    recorded.forEach(({ status, keyId, sequence }, i) => {
      const batch = batches[i];
      if (status !== 'recorded' || batch === undefined) return;
      const kinds = batch.events.map((event) => ({ type: event.type, item: itemOf(event), time }));
      this.#keep.putEvents(`${keyId}.${sequence}`, kinds);
    });
  }

  #recorded(event: string): EventKind | undefined {
    const place = parseEventId(event);
    return place && this.#keep.events(`${place.keyId}.${place.sequence}`)?.[place.index];
  }

  #takeTable(key: string, row: RuleRow): void {
    const id = key.slice(rules.length);
    if (isFindingTable(id.split('/', 1)[0] ?? id)) this.#tables = withTable(this.#tables, id, row);
  }
}

function* itemsIn(writes: ReadonlyMap<string, Row>): Generator<readonly [string, ItemRow], void, void> {
  for (const [key, row] of writes) if (key.startsWith(items)) yield [key.slice(items.length), row as ItemRow];
}

function seenIn(
  { batches, recorded, writes, time, positionOf }: JudgedTransaction,
  before: (key: string) => Row | undefined,
): readonly (readonly SeenEvent[])[] {
  let place = 0;
  return recorded.flatMap(({ status, keyId, sequence, verdicts, notices }, i) => {
    const batch = batches[i];
    if (status !== 'recorded' || batch === undefined) return [];
    const key = rowKey.key(keyId);
    const { owner = '' } = (writes.get(key) ?? before(key) ?? {}) as { owner?: string };
    const told = new Map(notices);
    const seen = batch.events.map((event, index): SeenEvent => ({
      id: eventIdOf({ keyId, sequence, index }),
      position: positionOf(place++),
      event,
      verdict: verdicts[index] ?? 'accepted',
      notice: told.get(index),
      signer: owner,
      time,
    }));
    return [seen];
  });
}
