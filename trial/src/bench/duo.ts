import type { ItemEvent, SignedBatch } from '@huilian/core';
import type { Signer } from '@huilian/core/testing';
import { custodyEvent, FIRST_TURN, LATER_TURN, type Holder, type Item, type Phase } from './custody.js';

/** A device of the workload with the enterprise that it belongs to. */
export interface Member extends Holder {
  readonly device: Signer;
}

/** What both devices of a duo hand in at once: for each its batches, in the order of its lane. */
export type Step = readonly [readonly SignedBatch[], readonly SignedBatch[]];

/**
 * Two devices of different enterprises that hand two pools of items to each other: while one has the first pool in its hands,
 * the other has the second. In each step both record equally many events. No step needs what the other device does in
 * the same step, so the two may go at once; a step needs the one before it on the ledger.
 */
export class Duo {
  readonly #members: readonly [Member, Member];
  #turn = 0;
  #place = 0;

  /**
   * @param pools what each of the two holds at first; of equal length
   * @param registered true when the items are on the ledger already
   */
  constructor(
    members: readonly [Member, Member],
    readonly pools: readonly [readonly Item[], readonly Item[]],
    private readonly registered = false,
  ) {
    this.#members = members;
  }

  /** Events that each of the two still records before the pools change hands. */
  get left(): number {
    return this.#phases.length * this.pools[0].length - this.#place;
  }

  /** Events of each of the two in a turn after the first. */
  get length(): number {
    return LATER_TURN.length * this.pools[0].length;
  }

  /**
   * The next step: so many events of each device, or fewer when the pools change hands before.
   *
   * @param batch most events in one batch
   */
  step(events: number, batch: number): Step {
    const count = Math.min(events, this.left);
    const step: Step = [this.#sign(0, count, batch), this.#sign(1, count, batch)];
    this.#place += count;
    if (this.left === 0) {
      this.#turn += 1;
      this.#place = 0;
    }
    return step;
  }

  get #phases(): readonly Phase[] {
    if (this.#turn > 0) return LATER_TURN;
    return this.registered ? FIRST_TURN.filter((phase) => phase !== 'register') : FIRST_TURN;
  }

  #sign(who: 0 | 1, count: number, batch: number): SignedBatch[] {
    const [first, second] = this.#members;
    const [holder, other] = who === 0 ? [first, second] : [second, first];
    const pool = this.pools[((who + this.#turn) % 2) as 0 | 1];
    const time = Math.floor(Date.now() / 1000);
    const events = Array.from({ length: count }, (_, index): ItemEvent => {
      const place = this.#place + index;
      const phase = this.#phases[Math.floor(place / pool.length)];
      const item = pool[place % pool.length];
      if (phase === undefined || item === undefined) throw new Error('a step beyond the end of a turn');
      return custodyEvent(phase, item, holder, other, time);
    });
    return Array.from({ length: Math.ceil(count / batch) }, (_, index) =>
      holder.device.batch(events.slice(index * batch, (index + 1) * batch)),
    );
  }
}
