import { unpackGroup } from '../batch/group.js';
import type { SignedBatch } from '../batch/batch.js';
import type { Row } from '../model/rows.js';
import { readStored, storedBytes } from '../model/stored-rows.js';
import { ClockWatch, type ClockKeep, type WatchedItem } from '../time/clock-watch.js';
import { dateOf, dayOf } from '../time/day.js';
import type { KeptClock } from '../time/kept-clock.js';
import type { Transaction } from './world.js';

/** What a watch of clocks knows, in memory. */
export class ClockMemory implements ClockKeep {
  readonly #items = new Map<string, WatchedItem>();
  readonly #clocks = new Map<string, KeptClock>();
  readonly #contents = new Map<string, readonly string[]>();

  item(id: string): WatchedItem | undefined {
    return this.#items.get(id);
  }

  putItem(id: string, item: WatchedItem): void {
    this.#items.set(id, item);
  }

  clock(id: string): KeptClock | undefined {
    return this.#clocks.get(id);
  }

  putClock(clock: KeptClock): void {
    this.#clocks.set(clock.id, clock);
  }

  clocks(): Iterable<KeptClock> {
    return this.#clocks.values();
  }

  contents(container: string): readonly string[] {
    return this.#contents.get(container) ?? [];
  }

  putContents(container: string, items: readonly string[]): void {
    this.#contents.set(container, items);
  }
}

/** The clocks that follow from transactions of a ledger in memory, counted as a verifier does. */
export class WatchedClocks {
  readonly memory = new ClockMemory();
  readonly #rows: Map<string, Row>;
  readonly #watch = new ClockWatch(this.memory);

  /** @param rows of the ledger as the first transaction finds it: its tables count, its clocks are not known */
  constructor(rows: ReadonlyMap<string, Row> = new Map()) {
    this.#rows = new Map(rows);
    const before = { batches: [], recorded: [], writes: rows, time: 0, positionOf: String };
    this.#watch.take(before, () => undefined);
  }

  take({ group, time, recorded }: Transaction): void {
    const batches = unpackGroup(group).map(({ value }) => value as unknown as SignedBatch);
    const { writes } = recorded;
    this.#watch.take({ batches, recorded: recorded.batches, writes, time, positionOf: String }, (key) =>
      this.#rows.get(key),
    );
    // By way of the bytes that a peer would keep.
    for (const [key, row] of writes) this.#rows.set(key, readStored(key, storedBytes(key, row)));
  }
}

/** The clocks of an item in the order of their starts; those that are void are left out. */
export function clocksCounted(transactions: readonly Transaction[], item: string): readonly KeptClock[] {
  const watched = new WatchedClocks();
  for (const transaction of transactions) watched.take(transaction);
  return [...watched.memory.clocks()]
    .filter((clock) => clock.item === item && clock.status !== 'void')
    .sort((a, b) => a.started - b.started || (a.limit < b.limit ? -1 : 1));
}

/** A clock as `limit status date`. */
export function clockText({ limit, status, dueAt }: KeptClock): string {
  return [limit, status, ...(dueAt === 0 ? [] : [dateOf(dayOf(dueAt) - 1)])].join(' ');
}
