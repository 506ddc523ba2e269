import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { canonical, HuilianError, signBytes } from '@huilian/core';
import type { LedgerConnection } from '@huilian/fabric';
import { checkout } from '@huilian/network';
import { trialHome } from '../home.js';
import { custodyEvent, FIRST_TURN, LATER_TURN, newItems, type Item } from './custody.js';
import type { Member } from './duo.js';

/**
 * Makes the bundle of the benchmarks: the product's contracts and the naive one in one chaincode process.
 *
 * @returns its folder
 */
export async function naiveBundle(): Promise<string> {
  const folder = join(trialHome.bench(), 'chaincode');
  const program = join(checkout, 'chaincode', 'bundle.mjs');
  const main = join(checkout, 'chaincode', 'dist', 'naive', 'main.js');
  const child = spawn(process.execPath, [program, main, folder], { stdio: ['ignore', 'ignore', 'inherit'] });
  const [code] = (await once(child, 'exit')) as [number | null];
  if (code !== 0) throw new Error('the bundle with the naive contract was not made');
  return folder;
}

/** Few enough to be soon in the middle of the life cycle, many more than events can be under way. */
const ITEMS = 2_000;
const MOST_START_MS = 30_000;
const START_PAUSE_MS = 250;

/** The same kinds of events as the workload's, one signed event an argument of `Naive:record`. */
export class NaiveWay {
  readonly #ready: Uint8Array[] = [];
  readonly #items: readonly Item[];
  #made = 0;

  constructor(
    private readonly members: readonly [Member, Member],
    private readonly ledger: LedgerConnection,
    items = ITEMS,
  ) {
    this.#items = newItems(members[0].keyId, items);
  }

  /** Signs ahead, so that so many events are ready. */
  prepare(events: number): void {
    while (this.#ready.length < events) this.#ready.push(this.#sign());
  }

  /** Records one event. A network that has just started may not know its peers yet, and is asked again for a while. */
  async begin(): Promise<void> {
    this.prepare(1);
    const argument = this.#ready.shift() ?? new Uint8Array();
    const until = performance.now() + MOST_START_MS;
    for (;;) {
      try {
        await this.ledger.submit('Naive:record', [argument]);
        return;
      } catch (error) {
        const isEarly = error instanceof HuilianError && error.code === 'HL-5001';
        if (!isEarly || performance.now() > until) throw error;
        await pause(START_PAUSE_MS);
      }
    }
  }

  /**
   * Sends what is ready, so many transactions under way at any time.
   *
   * @param seconds after which no further transaction is begun
   * @returns seconds from the first transaction to the last commit
   */
  async run(inFlight: number, seconds: number): Promise<number> {
    const began = performance.now();
    const one = async (): Promise<void> => {
      while (performance.now() - began < seconds * 1000) {
        const argument = this.#ready.shift();
        if (argument === undefined) return;
        await this.ledger.submit('Naive:record', [argument]);
      }
    };
    await Promise.all(Array.from({ length: inFlight }, one));
    return (performance.now() - began) / 1000;
  }

  /** Its events go over all items before an item is touched again: no two of one item are under way. */
  #sign(): Uint8Array {
    const pass = Math.floor(this.#made / this.#items.length);
    const item = this.#items[this.#made % this.#items.length];
    this.#made += 1;
    const turn = Math.floor(pass / FIRST_TURN.length);
    const phase = (turn === 0 ? FIRST_TURN : LATER_TURN)[pass % FIRST_TURN.length];
    const [first, second] = this.members;
    const [holder, other] = turn % 2 === 0 ? [first, second] : [second, first];
    if (!item || !phase) throw new Error('an event of nothing');
    const event = custodyEvent(phase, item, holder, other, Math.floor(Date.now() / 1000));
    const signature = signBytes(holder.device.key, canonical(event));
    return canonical({ event, keyId: holder.keyId, signature });
  }
}

/** In-flight counts among which the best for the naive way is looked for. */
const SWEEP = [25, 50, 100, 200];
const SWEEP_SECONDS = 4;
const READY_PER_SECOND = 1_000;

/** The number in flight at which the naive way is fastest here. */
export async function bestInFlight(naive: NaiveWay, count: () => Promise<number>): Promise<number> {
  let best = { inFlight: 0, rate: 0 };
  for (const inFlight of SWEEP) {
    naive.prepare(SWEEP_SECONDS * READY_PER_SECOND);
    const before = await count();
    const seconds = await naive.run(inFlight, SWEEP_SECONDS);
    const rate = ((await count()) - before) / seconds;
    if (rate > best.rate) best = { inFlight, rate };
  }
  return best.inFlight;
}

/** Events that a stretch of so many seconds cannot use up. */
export function readyFor(seconds: number): number {
  return Math.ceil(seconds * READY_PER_SECOND);
}
