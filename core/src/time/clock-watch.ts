import { isFindingTable } from '../findings/tables.js';
import type { JudgedTransaction } from '../findings/watch.js';
import { rowKey } from '../model/row-keys.js';
import type { ItemRow, KeyRow, ParticipantRow, Row, RuleRow } from '../model/rows.js';
import { withTable, type TablesOnRecord } from '../model/tables-on-record.js';
import { MAX_NESTING } from '../rules/item.js';
import {
  certifiedBy,
  timedSteps,
  type Certified,
  type Passing,
  type TimedBatch,
  type TimedStep,
} from './clock-steps.js';
import { movedItems, retractClocks, retractionsIn, startMissing, type Retraction } from './clocks-after.js';
import { clockOf, turnClocks, type ClockBook, type KeptClock } from './item-clocks.js';
import type { OpenClocks } from './runs.js';
import { isTimeTable } from './tables.js';

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
    const steps = timedSteps(this.#batches, this.#book);
    const passings = this.#passings();
    this.#keepContents();
    for (const id of new Set([...this.#written.keys(), ...steps.keys(), ...passings.keys()]))
      this.#turnItem(id, steps.get(id) ?? [], passings.get(id));
    for (const [id, row] of this.#written) {
      this.#putOpen(id, (open) => startMissing(this.#book, this.#batches, { id, row, open }));
    }
    for (const retraction of retractionsIn(this.#batches, (id) => this.#after(id)))
      for (const id of retraction.items) this.#retract(id, retraction);
  }

  #after(id: string): ItemRow | undefined {
    return this.#written.get(id) ?? this.#before(id);
  }

  /** Items whose custody moved; of what lies in a container, by its row. */
  #passings(): ReadonlyMap<string, Passing> {
    const found = new Map<string, Passing>();
    for (const { id, row, passing } of movedItems(this.#batches, this.#written, this.#before)) {
      found.set(id, passing);
      if (row.kind !== 'container') continue;
      for (const content of this.#contentsOf(id)) found.set(content, passing);
    }
    return found;
  }

  /** What lay in a container, at any depth, but for what the transaction wrote. */
  #contentsOf(container: string): readonly string[] {
    const found: string[] = [];
    for (let parents = [container], level = 0; level < MAX_NESTING && parents.length > 0; level += 1) {
      const inside = parents.flatMap((parent) => this.#keep.contents(parent));
      const left = inside.filter((child) => !this.#written.has(child));
      found.push(...left);
      parents = left.filter((id) => this.#before(id)?.kind === 'container');
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

  #turnItem(id: string, steps: readonly TimedStep[], passing: Passing | undefined): void {
    const known = this.#before(id);
    const row = this.#written.get(id) ?? known;
    if (row === undefined) return;
    const isKnown = known !== undefined;
    this.#putOpen(id, (open) => turnClocks(this.#book, { id, row, isKnown, open, steps, passing }));
    const certified = certifiedBy(steps);
    const kept = this.#keep.item(id) ?? nothing;
    // A step of another item, or a container, certifies nothing.
    if (certified !== undefined && kept.certified === undefined && this.#written.has(id))
      this.#keep.putItem(id, { ...kept, certified });
  }

  #retract(id: string, retraction: Retraction): void {
    const row = this.#after(id);
    if (row === undefined) return;
    const clocks = (this.#keep.item(id)?.clocks ?? []).flatMap((clock) => this.#keep.clock(clock) ?? []);
    this.#putOpen(id, (open) => retractClocks(this.#book, { row, open }, clocks, retraction));
  }

  #putOpen(id: string, turn: (open: OpenClocks | undefined) => OpenClocks | undefined): void {
    const before = this.#keep.item(id)?.open;
    const open = turn(before);
    // What is kept of the item may have changed meanwhile.
    if (open !== before) this.#keep.putItem(id, { ...(this.#keep.item(id) ?? nothing), open });
  }
}
