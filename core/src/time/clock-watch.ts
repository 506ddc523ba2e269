import { isFindingTable } from '../findings/tables.js';
import type { JudgedTransaction } from '../findings/watch.js';
import { rowKey } from '../model/row-keys.js';
import type { ItemRow, KeyRow, ParticipantRow, Row, RuleRow } from '../model/rows.js';
import { withTable, type TablesOnRecord } from '../model/tables-on-record.js';
import { MAX_NESTING } from '../rules/item.js';
import {
  certifiedBy,
  timedSteps,
  withCertificates,
  type Certified,
  type Passing,
  type TimedBatch,
} from './clock-steps.js';
import { movedItems } from './hands.js';
import { turnClocks, type ItemTurn, type Undone } from './item-clocks.js';
import { clockOf, oldestOf, type ClockBook, type KeptClock } from './kept-clock.js';
import { startMissing } from './missing-goods.js';
import { retractionsIn, type Retraction } from './retractions.js';
import type { OpenClocks } from './runs.js';
import { isTimeTable } from './tables.js';
import { STORAGE } from './time-limits.js';

/** What a watch knows of an item. */
export interface WatchedItem {
  /** Its clocks that run. */
  readonly open?: OpenClocks | undefined;
  readonly certified?: Certified | undefined;
  /** Ids of all its clocks. */
  readonly clocks?: readonly string[] | undefined;
}

/** Where a watch keeps what it knows beside the rows of the ledger. */
export interface ClockKeep {
  item(id: string): WatchedItem | undefined;
  putItem(id: string, item: WatchedItem): void;
  clock(id: string): KeptClock | undefined;
  putClock(clock: KeptClock): void;
  clocks(): Iterable<KeptClock>;
  /** What lies in a container, and not in another one in it. */
  contents(container: string): readonly string[];
  putContents(container: string, items: readonly string[]): void;
}

type ReadRow = (key: string) => Row | undefined;

const rules = 'rule/';
const items = rowKey.item('');
const nothing: WatchedItem = {};

/** Counts the clocks of all items anew, transaction after transaction. */
export class ClockWatch {
  readonly #keep: ClockKeep;
  #tables: TablesOnRecord = {};

  constructor(keep: ClockKeep) {
    this.#keep = keep;
  }

  /** @param before reads rows as the transaction found them */
  take(transaction: JudgedTransaction, before: ReadRow): void {
    const { writes } = transaction;
    const tables = this.#tables;
    for (const [key, row] of writes) if (key.startsWith(rules)) this.#takeTable(key, row as RuleRow);
    const after: ReadRow = (key) => writes.get(key) ?? before(key);
    const book = bookOf(this.#keep, this.#tables, after);
    const batches = timedBatches(transaction);
    const written = new Map<string, ItemRow>();
    for (const [key, row] of writes)
      if (key.startsWith(items)) written.set(key.slice(items.length), row as ItemRow);
    const rowBefore = (id: string): ItemRow | undefined => before(rowKey.item(id)) as ItemRow | undefined;
    new Turn(this.#keep, book, batches, written, rowBefore).take();
    if (tables !== this.#tables) this.#recount(book);
  }

  /** The tables of findings too: the read model keeps them with those of clocks, and counts anew when any of them comes. */
  #takeTable(key: string, row: RuleRow): void {
    const id = key.slice(rules.length);
    const name = id.split('/', 1)[0] ?? id;
    if (isTimeTable(name) || isFindingTable(name)) this.#tables = withTable(this.#tables, id, row);
  }

  /** What was met or late by the tables of its day stays so. */
  #recount(book: ClockBook): void {
    const left = [...this.#keep.clocks()].filter(
      ({ status }) => status === 'running' || status === 'unknown',
    );
    for (const clock of left) this.#keep.putClock(clockOf(book, clock));
  }
}

function timedBatches({ batches, recorded, time }: JudgedTransaction): readonly TimedBatch[] {
  return recorded.flatMap(({ status, keyId, sequence, verdicts }, i): TimedBatch[] => {
    const batch = batches[i];
    if (status !== 'recorded' || batch === undefined) return [];
    const events = batch.events.map((event, index) => ({
      event,
      verdict: verdicts[index] ?? 'accepted',
      index,
    }));
    return [{ batch: { header: { keyId, sequence } }, row: { time }, events }];
  });
}

function bookOf(keep: ClockKeep, tables: TablesOnRecord, after: ReadRow): ClockBook {
  const participant = (creditCode: string) =>
    after(rowKey.participant(creditCode)) as ParticipantRow | undefined;
  return {
    tables,
    owner: (keyId) => (after(rowKey.key(keyId)) as KeyRow | undefined)?.owner ?? '',
    roles: (creditCode) => participant(creditCode)?.roles ?? [],
    province: (creditCode) => participant(creditCode)?.province,
    certified: (item) => keep.item(item)?.certified,
    clock: (id) => keep.clock(id),
    clocks: (item) => (keep.item(item)?.clocks ?? []).flatMap((clock) => keep.clock(clock) ?? []),
    put(clock) {
      keep.putClock(clock);
      const known = keep.item(clock.item) ?? nothing;
      if (known.clocks?.includes(clock.id) === true) return;
      keep.putItem(clock.item, { ...known, clocks: [...(known.clocks ?? []), clock.id] });
    },
  };
}

/** What one transaction does to clocks, in the order in which the read model folds it. */
class Turn {
  readonly #keep: ClockKeep;
  readonly #book: ClockBook;
  readonly #batches: readonly TimedBatch[];
  readonly #written: ReadonlyMap<string, ItemRow>;
  readonly #before: (id: string) => ItemRow | undefined;

  constructor(
    keep: ClockKeep,
    book: ClockBook,
    batches: readonly TimedBatch[],
    written: ReadonlyMap<string, ItemRow>,
    before: (id: string) => ItemRow | undefined,
  ) {
    this.#keep = keep;
    this.#book = book;
    this.#batches = batches;
    this.#written = written;
    this.#before = before;
  }

  take(): void {
    const retractions = retractionsIn(this.#batches, this.#before, (id) => this.#after(id));
    const undone = this.#undone(retractions);
    const passings = this.#passings(retractions);
    this.#keepContents();
    const stored = (lots: readonly string[]): number | undefined =>
      oldestOf(
        this.#book,
        STORAGE,
        lots.map((id) => [id, this.#keep.item(id)?.open]),
      );
    const steps = timedSteps(this.#batches, this.#book, (id) => this.#after(id), stored);
    const book = withCertificates(this.#book, steps);
    for (const id of new Set([
      ...this.#written.keys(),
      ...steps.keys(),
      ...passings.keys(),
      ...undone.keys(),
    ]))
      this.#turnItem(book, id, {
        steps: steps.get(id) ?? [],
        passing: passings.get(id),
        undone: undone.get(id),
      });
    for (const [id, row] of this.#written)
      this.#putOpen(id, (open) => startMissing(book, this.#batches, { id, row, open }));
  }

  #after(id: string): ItemRow | undefined {
    return this.#written.get(id) ?? this.#before(id);
  }

  /** Items whose custody moved; of what lies in a container, by its row. */
  #passings(retractions: readonly Retraction[]): ReadonlyMap<string, Passing> {
    const found = new Map<string, Passing>();
    const handled = { batches: this.#batches, written: this.#written, before: this.#before, retractions };
    for (const { id, row, passing } of movedItems(handled, this.#book.owner)) {
      found.set(id, passing);
      if (row.kind !== 'container') continue;
      for (const content of this.#contentsOf(id, this.#written)) found.set(content, passing);
    }
    return found;
  }

  /** Items of whose steps some were taken back; what lay in a container had its steps. */
  #undone(retractions: readonly Retraction[]): ReadonlyMap<string, readonly Undone[]> {
    const found = new Map<string, readonly Undone[]>();
    for (const { item, outputs, event, order } of retractions)
      for (const id of [item, ...outputs, ...this.#contentsOf(item)])
        found.set(id, [...(found.get(id) ?? []), { event, order }]);
    return found;
  }

  /** What lay in a container, at any depth. @param left out with all that lies in it */
  #contentsOf(container: string, left?: ReadonlyMap<string, unknown>): readonly string[] {
    const found: string[] = [];
    for (let parents = [container], level = 0; level < MAX_NESTING && parents.length > 0; level += 1) {
      const inside = parents.flatMap((parent) => this.#keep.contents(parent));
      const children = left === undefined ? inside : inside.filter((child) => !left.has(child));
      found.push(...children);
      parents = children.filter((id) => this.#before(id)?.kind === 'container');
    }
    return found;
  }

  #keepContents(): void {
    const changed = new Map<string, Set<string>>();
    const of = (container: string): Set<string> => {
      const known = changed.get(container) ?? new Set(this.#keep.contents(container));
      changed.set(container, known);
      return known;
    };
    for (const [id, row] of this.#written) {
      const was = this.#before(id)?.logistics?.container;
      const is = row.logistics?.container;
      if (was === is) continue;
      if (was !== undefined) of(was).delete(id);
      if (is !== undefined) of(is).add(id);
    }
    for (const [container, inside] of changed) this.#keep.putContents(container, [...inside]);
  }

  #turnItem(book: ClockBook, id: string, turn: Pick<ItemTurn, 'steps' | 'passing' | 'undone'>): void {
    const row = this.#after(id);
    if (row === undefined) return;
    this.#putOpen(id, (open) => turnClocks(book, { id, row, open, ...turn }));
    const certified = certifiedBy(turn.steps);
    const kept = this.#keep.item(id) ?? nothing;
    // A step of another item, or a container, certifies nothing.
    if (certified !== undefined && kept.certified === undefined && this.#written.has(id))
      this.#keep.putItem(id, { ...kept, certified });
  }

  #putOpen(id: string, turn: (open: OpenClocks | undefined) => OpenClocks | undefined): void {
    const before = this.#keep.item(id)?.open;
    const open = turn(before);
    // What is kept of the item may have changed meanwhile.
    if (open !== before) this.#keep.putItem(id, { ...(this.#keep.item(id) ?? nothing), open });
  }
}
