import { setTimeout as pause } from 'node:timers/promises';
import { batchDigest, HuilianError, rowsChanged } from '@huilian/core';
import { HttpError } from '../http/problem.js';
import { Lanes, type Sent, type Waiting } from './lanes.js';
import type { BatchResult, GroupOutcome, Inadmissible, RecordGroup } from './outcome.js';
import { Pace } from './pace.js';
import { roomFor } from './room.js';
import { Window } from './window.js';

interface RelayOptions {
  /** Transactions under way at once, while the ledger keeps up. */
  readonly inFlight: number;
  /** Most events in a transaction. */
  readonly groupEvents: number;
  /** Batches that may wait. */
  readonly queued: number;
  /** Bytes of the batches that may wait. */
  readonly queuedBytes: number;
  /** How long a batch waits for company while another transaction is under way, milliseconds. */
  readonly waitMilliseconds: number;
  /** How far the read model is behind and may be, milliseconds: beyond it fewer transactions go at once. */
  readonly behind?: { readonly most: number; now(): number };
  /** Told about every group that ended. */
  readonly observe?: (
    outcome: GroupOutcome['kind'],
    batches: number,
    events: number,
    seconds: number,
  ) => void;
}

type Entry = Waiting<BatchResult>;

/** After a collision a batch waits this long at most before it goes alone, milliseconds, and longer after each further one. */
const jitter = 150;
/** Requests that may wait for one batch: each resend holds its own copy of it in memory. */
const mostAskers = 4;
/** Collisions that a batch may meet before its sender is asked to come back. */
const mostCollisions = 7;

/**
 * Groups signed batches of many signers into transactions. The first goes at once; what arrives while a transaction is
 * under way travels together. Keeps nothing: a batch that is lost here is still in the queue of its device.
 */
export class Relay {
  private readonly lanes: Lanes<BatchResult>;
  private readonly window: Window;
  private readonly pace = new Pace();
  /** Groups under way, the oldest first, and when each was taken. */
  private readonly underWay = new Map<Promise<void>, number>();
  private timer: NodeJS.Timeout | undefined;
  private stopping = false;

  constructor(
    private readonly record: RecordGroup,
    private readonly options: RelayOptions,
  ) {
    this.lanes = new Lanes(options.groupEvents);
    this.window = new Window(options.inFlight);
  }

  get waiting(): number {
    return this.lanes.size;
  }

  get waitingBytes(): number {
    return this.lanes.bytes;
  }

  get inFlight(): number {
    return this.underWay.size;
  }

  /** Transactions that may be under way at once now. */
  get mostInFlight(): number {
    return this.window.limit;
  }

  /**
   * Hands in batches. All of them are taken, or none. One that waits may still have to give way to a lane that has less waiting.
   *
   * @returns one promise for each, in order; it rejects when the ledger is away, the outcome is unknown, or with HL-4031.
   * @throws HttpError HL-4031 when too many wait, HL-4050 when the gateway is stopping.
   */
  submit(batches: readonly Sent[]): readonly Promise<BatchResult>[] {
    if (this.stopping) throw new HttpError('HL-4050');
    this.letIn(batches);
    const promises = batches.map((batch) => this.enqueue(batch));
    this.schedule();
    return promises;
  }

  /** Takes no more batches, turns away those that wait, and waits for the transactions under way. */
  async stop(): Promise<void> {
    this.stopping = true;
    for (const { reject } of this.lanes.drain()) reject(new HttpError('HL-4050'));
    while (this.underWay.size > 0) await Promise.all(this.underWay.keys());
  }

  /** Turns away those who must give way to these batches. @throws HttpError HL-4031 when these must go themselves. */
  private letIn(batches: readonly Sent[]): void {
    const newcomers = batches.filter(({ batch: { header } }) => {
      const same = this.lanes.same(header.keyId, batchDigest(header));
      if (same !== undefined && same.askers.count >= mostAskers) throw this.full();
      return same === undefined;
    });
    const { queued, queuedBytes } = this.options;
    const bytes = newcomers.reduce((sum, batch) => sum + batch.bytes, 0);
    if (this.lanes.size + newcomers.length <= queued && this.lanes.bytes + bytes <= queuedBytes) return;
    const goes = roomFor(newcomers, this.lanes.waiting, { batches: queued, bytes: queuedBytes });
    if (goes === undefined) throw this.full();
    for (const entry of goes) {
      this.lanes.giveUp(entry);
      entry.reject(this.full());
    }
  }

  private full(): HttpError {
    const [oldest] = this.underWay.values();
    const seconds = this.pace.secondsFor(this.lanes.groups, oldest, performance.now());
    return new HttpError('HL-4031', {}, { headers: { 'Retry-After': String(seconds) } });
  }

  private enqueue(sent: Sent): Promise<BatchResult> {
    const { batch } = sent;
    const digest = batchDigest(batch.header);
    const same = this.lanes.same(batch.header.keyId, digest);
    if (same !== undefined) {
      same.askers.count += 1;
      return same.promise;
    }
    const { promise, resolve, reject } = withResolvers<BatchResult>();
    this.lanes.add({
      ...sent,
      digest,
      rows: rowsChanged(batch.events),
      askers: { count: 1 },
      collisions: 0,
      promise,
      resolve,
      reject,
    });
    return promise;
  }

  private schedule(): void {
    if (this.lanes.size === 0 || this.underWay.size >= this.window.limit) return;
    // Nothing under way, or a full group: the next turn of the loop, so that what one request brings stays together.
    // The more is under way, the longer a batch may wait for company: it would wait for its turn at the peers anyway.
    const wait = this.lanes.fillsGroup ? 0 : this.underWay.size * this.options.waitMilliseconds;
    if (this.timer !== undefined) {
      if (wait > 0) return;
      clearTimeout(this.timer);
    }
    this.timer = setTimeout(() => {
      this.timer = undefined;
      this.dispatch();
    }, wait);
  }

  private dispatch(): void {
    if (this.underWay.size >= this.window.limit) return;
    const group = this.lanes.take();
    if (group.length === 0) return;
    const began = performance.now();
    const work = this.settle(group).finally(() => {
      this.underWay.delete(work);
      this.pace.left(began, performance.now());
      this.lanes.settle(group);
      this.schedule();
    });
    this.underWay.set(work, began);
    this.schedule();
  }

  private async settle(group: readonly Entry[]): Promise<void> {
    const [first] = group;
    try {
      // At a moment of its own: what it collided with may be going again, too.
      if (first !== undefined && first.collisions > 0) await pause(Math.random() * jitter * first.collisions);
      await this.together(group, 0);
    } catch (error) {
      for (const { reject } of group) reject(error);
    }
  }

  /** Records a group as a whole, without those that the ledger does not admit. */
  private async together(group: readonly Entry[], conflicts: number): Promise<void> {
    const outcome = await this.attempt(group);
    switch (outcome.kind) {
      case 'done':
        group.forEach((entry, place) => {
          answer(entry, outcome.results[place]);
        });
        return;
      case 'inadmissible':
        return this.without(group, outcome.batches, conflicts);
      case 'conflict':
        return this.collided(group, conflicts + 1);
      case 'tooLarge':
        return this.inHalves(group, outcome.error);
      case 'failed':
        for (const { reject } of group) reject(outcome.error);
    }
  }

  private async attempt(group: readonly Entry[]): Promise<GroupOutcome> {
    const began = performance.now();
    const outcome = await this.record(group);
    const events = group.reduce((sum, { batch }) => sum + batch.header.count, 0);
    if (outcome.kind === 'done') this.wentThrough();
    else if (outcome.kind === 'failed') this.window.narrow();
    this.options.observe?.(outcome.kind, group.length, events, (performance.now() - began) / 1000);
    return outcome;
  }

  private wentThrough(): void {
    const { behind } = this.options;
    if (behind !== undefined && behind.now() > behind.most) this.window.ease();
    else this.window.widen();
  }

  private async without(
    group: readonly Entry[],
    refused: readonly Inadmissible[],
    conflicts: number,
  ): Promise<void> {
    const byPlace = new Map(refused.map((batch) => [batch.position, batch]));
    const rest: Entry[] = [];
    group.forEach((entry, place) => {
      const found = byPlace.get(place);
      const { keyId, sequence } = entry.batch.header;
      if (found === undefined) rest.push(entry);
      // The one before it came in meanwhile: both go in order.
      else if (found.code === 'HL-3005' && this.lanes.hasEarlier(keyId, sequence)) this.again(entry);
      else entry.resolve(inadmissible(entry, found));
    });
    if (rest.length === group.length) throw new HuilianError('HL-4099');
    if (rest.length > 0) await this.together(rest, conflicts);
  }

  /**
   * Another transaction was faster. It is over now, so the group goes again at once; after a second conflict each batch goes alone,
   * through the queue like all others, so that one which collides for ever holds up nobody.
   */
  private async collided(group: readonly Entry[], conflicts: number): Promise<void> {
    const alone = group.some(({ collisions }) => collisions > 0);
    if (conflicts === 1 && !alone) return this.together(group, conflicts);
    for (const entry of group) {
      const collisions = entry.collisions + 1;
      if (collisions > mostCollisions) entry.reject(new HuilianError('HL-5010'));
      else this.again({ ...entry, collisions });
    }
  }

  /** Puts a batch back into the queue, behind the earlier ones of its lane. */
  private again(entry: Entry): void {
    if (this.stopping) entry.reject(new HttpError('HL-4050'));
    else this.lanes.add(entry);
  }

  private async inHalves(group: readonly Entry[], error: HuilianError): Promise<void> {
    const [only] = group;
    if (group.length === 1 && only !== undefined) {
      only.resolve(inadmissible(only, { position: 0, code: error.code, facts: error.details }));
      return;
    }
    const middle = Math.ceil(group.length / 2);
    await this.together(group.slice(0, middle), 0);
    await this.together(group.slice(middle), 0);
  }
}

function answer(entry: Entry, result: BatchResult | undefined): void {
  if (result === undefined) entry.reject(new HuilianError('HL-4099'));
  else entry.resolve(result);
}

function inadmissible({ batch, digest }: Entry, { code, facts }: Inadmissible): BatchResult {
  const { keyId, sequence } = batch.header;
  return { keyId, sequence, digest, status: 'inadmissible', code, ...(facts === undefined ? {} : { facts }) };
}

function withResolvers<R>(): {
  promise: Promise<R>;
  resolve: (value: R) => void;
  reject: (error: unknown) => void;
} {
  let resolve: (value: R) => void = () => undefined;
  let reject: (error: unknown) => void = () => undefined;
  const promise = new Promise<R>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  // Who handed the batch in may be gone already.
  promise.catch(() => undefined);
  return { promise, resolve, reject };
}
