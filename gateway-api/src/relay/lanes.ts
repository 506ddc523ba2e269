import { MAX_GROUP_BATCHES, MAX_GROUP_BYTES, type OpenedBatch } from '@huilian/core';

/** A batch as it goes to the ledger: checked, with its canonical text. */
export type Sent = Pick<OpenedBatch, 'batch' | 'text' | 'bytes'>;

/** One batch that waits, and how to tell those who wait for it. */
export interface Waiting<R> extends Sent {
  readonly digest: string;
  /** Keys of the rows that it may change. */
  readonly rows: ReadonlySet<string>;
  /** How many requests wait for it. */
  readonly askers: { count: number };
  /** How often it collided; with one collision it goes alone. */
  readonly collisions: number;
  readonly resolve: (result: R) => void;
  readonly reject: (error: unknown) => void;
  readonly promise: Promise<R>;
}

/** Brackets and commas of the group's array. */
const frame = 2 + MAX_GROUP_BATCHES;

/**
 * Batches that wait, by lane. Consecutive batches of a lane leave in one group and in order; a lane whose batch is under
 * way is left alone until it is settled. So is a batch that may change a row which a group under way may change, since the ledger
 * would take only one of the two; in one group they stand one after the other. One that collided goes alone. Lanes take turns, so
 * that a busy signer cannot keep the others out.
 */
export class Lanes<R> {
  private readonly lanes = new Map<string, Waiting<R>[]>();
  private readonly busy = new Map<string, readonly Waiting<R>[]>();
  private readonly changing = new Set<string>();
  private count = 0;
  private held = 0;
  private heldEvents = 0;

  /** @param mostEvents in a group; more would only make everybody wait longer. */
  constructor(private readonly mostEvents: number) {}

  get size(): number {
    return this.count;
  }

  /** Bytes of the batches that wait. */
  get bytes(): number {
    return this.held;
  }

  /** Groups that those who wait make up, when all of them are full. */
  get groups(): number {
    return Math.max(
      this.heldEvents / this.mostEvents,
      this.count / MAX_GROUP_BATCHES,
      this.held / MAX_GROUP_BYTES,
    );
  }

  /** True when those that wait fill a group. */
  get fillsGroup(): boolean {
    return this.groups >= 1;
  }

  /** Each lane's waiting batches, in order. */
  get waiting(): Iterable<readonly Waiting<R>[]> {
    return this.lanes.values();
  }

  /** The same batch, waiting or under way, so that a resend joins it. */
  same(keyId: string, digest: string): Waiting<R> | undefined {
    const under = this.busy.get(keyId)?.find((waiting) => waiting.digest === digest);
    return under ?? this.lanes.get(keyId)?.find((waiting) => waiting.digest === digest);
  }

  /** True when an earlier batch of the same lane waits. */
  hasEarlier(keyId: string, sequence: number): boolean {
    return this.lanes.get(keyId)?.some(({ batch }) => batch.header.sequence < sequence) ?? false;
  }

  add(waiting: Waiting<R>): void {
    const { keyId, sequence } = waiting.batch.header;
    const lane = this.lanes.get(keyId) ?? [];
    const later = lane.findIndex((other) => other.batch.header.sequence > sequence);
    lane.splice(later < 0 ? lane.length : later, 0, waiting);
    this.lanes.set(keyId, lane);
    this.count += 1;
    this.held += waiting.bytes;
    this.heldEvents += waiting.batch.header.count;
  }

  /** Takes the next group and marks its lanes busy; empty when every lane is empty or busy. */
  take(): readonly Waiting<R>[] {
    const group: Waiting<R>[] = [];
    let bytes = frame;
    let events = 0;
    // Rows of those that must wait for another group: nobody passes them.
    const awaited = new Set<string>();
    for (const [keyId, lane] of this.lanes) {
      if (this.busy.has(keyId)) continue;
      const taken = lane.findIndex((waiting, place) => {
        const alone = waiting.collisions > 0 || isAlone(group);
        if (
          share(waiting.rows, this.changing) ||
          share(waiting.rows, awaited) ||
          (alone && group.length > 0)
        ) {
          for (const row of waiting.rows) awaited.add(row);
          return true;
        }
        const fits =
          group.length === 0 ||
          (group.length < MAX_GROUP_BATCHES &&
            bytes + waiting.bytes <= MAX_GROUP_BYTES &&
            events + waiting.batch.header.count <= this.mostEvents);
        if (!fits || !follows(lane[place - 1], waiting)) return true;
        group.push(waiting);
        bytes += waiting.bytes;
        events += waiting.batch.header.count;
        return false;
      });
      this.remove(keyId, lane, taken < 0 ? lane.length : taken);
      if (events >= this.mostEvents || group.length >= MAX_GROUP_BATCHES || isAlone(group)) break;
    }
    for (const { rows } of group) for (const row of rows) this.changing.add(row);
    return group;
  }

  /** Frees the lanes of a group that is settled. */
  settle(group: readonly Waiting<R>[]): void {
    for (const { batch, rows } of group) {
      this.busy.delete(batch.header.keyId);
      for (const row of rows) this.changing.delete(row);
    }
  }

  /** Takes out the last batch of a lane that waits. */
  giveUp(waiting: Waiting<R>): void {
    const { keyId } = waiting.batch.header;
    const lane = this.lanes.get(keyId) ?? [];
    if (lane.at(-1) !== waiting) return;
    lane.pop();
    if (lane.length === 0) this.lanes.delete(keyId);
    this.uncount(waiting);
  }

  /** Takes everything that waits, for the end of the process. */
  drain(): readonly Waiting<R>[] {
    const all = [...this.lanes.values()].flat();
    this.lanes.clear();
    this.count = 0;
    this.held = 0;
    this.heldEvents = 0;
    return all;
  }

  private remove(keyId: string, lane: Waiting<R>[], taken: number): void {
    if (taken === 0) return;
    const gone = lane.splice(0, taken);
    for (const waiting of gone) this.uncount(waiting);
    this.busy.set(keyId, gone);
    this.lanes.delete(keyId);
    // At the end of the map: the other lanes go first next time.
    if (lane.length > 0) this.lanes.set(keyId, lane);
  }

  private uncount({ bytes, batch }: Waiting<R>): void {
    this.count -= 1;
    this.held -= bytes;
    this.heldEvents -= batch.header.count;
  }
}

function isAlone<R>([first]: readonly Waiting<R>[]): boolean {
  return first !== undefined && first.collisions > 0;
}

/** Another batch under the same number is a fork and goes in a group of its own, so that each gets its own answer. */
function follows<R>(before: Waiting<R> | undefined, waiting: Waiting<R>): boolean {
  return before === undefined || before.batch.header.sequence < waiting.batch.header.sequence;
}

function share(some: ReadonlySet<string>, others: ReadonlySet<string>): boolean {
  if (others.size === 0) return false;
  for (const one of some) if (others.has(one)) return true;
  return false;
}
