import type { LedgerEvent } from '@huilian/core';
import { Gateway, type GatewayOptions } from '../gateway/index.js';
import type { StoredKey } from '../keys/index.js';
import type { Settled } from './entries.js';
import type { Lane, Signer } from './lane.js';
import { declareLost, relinked, type Declared } from './loss.js';
import type { Checking } from './receipts.js';
import { rebuilt, type Recovered } from './recover.js';
import { pushAll, type PushedQueue } from './push.js';
import { settledBatch, shown, shownSettled, waitingOf } from './show.js';
import { signNext } from './sign.js';
import { sealedOf, takenBack } from './take-back.js';
import { checkOpen, entryOf, LaneStore, settleEntry, type StoreOptions } from './store.js';
import type { PushProgress, PushReport, QueuedBatch } from './types.js';

export type { Declared, Recovered };

export interface QueueOptions extends StoreOptions {
  readonly gateway?: GatewayOptions;
  /** How long a batch may be under way at one gateway before the next is asked, milliseconds. */
  readonly underWayMs?: number;
  /** How long a receipt may be missing for a batch that a gateway calls recorded, milliseconds. */
  readonly receiptPatienceMs?: number;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
}

const UNDER_WAY_MS = 60_000;
const RECEIPT_PATIENCE_MS = 3_000;

/**
 * The durable queue of one key. What {@link record} returned is signed, linked to what went before, and on disk twice. It
 * leaves only against a receipt that the device has checked itself. Several processes may work with one queue: each change
 * holds its lock, and nothing else does.
 */
export class Queue {
  readonly #store: LaneStore;
  readonly #signer: Signer;
  readonly #now: () => number;

  constructor(
    directory: string,
    private readonly key: StoredKey,
    private readonly options: QueueOptions = {},
  ) {
    this.#signer = { ledger: key.trust.ledger, keyId: key.keyId, key: key.key };
    this.#store = new LaneStore(directory, this.#signer, options);
    this.#now = options.now ?? Date.now;
  }

  /** The files in which the queue lies. */
  get files(): readonly string[] {
    return this.#store.files;
  }

  /** Where the lane stands. @throws HuilianError HL-7010, HL-7013 */
  lane(): Lane {
    return this.#store.read();
  }

  /**
   * Signs events as the next batches of the lane and keeps them: all of them, or none. They are durable when it returns.
   *
   * @param time seconds since 1970, the signer's claim; now unless it is given
   * @throws HuilianError HL-1010 to HL-1022, HL-3014 for the events; HL-7012 when they could not be kept; HL-7010, HL-7013;
   *   HL-7014, HL-3010 when the lane is closed, HL-7040 when a loss must be declared first
   */
  async record(
    events: readonly LedgerEvent[],
    time: number = this.#seconds(),
  ): Promise<readonly QueuedBatch[]> {
    const batches = this.#store.change((lane) => {
      checkOpen(lane);
      const signed = signNext(lane, events, this.#signer, time);
      const lastNumber = signed.at(-1)?.header.sequence ?? lane.lastNumber;
      return {
        result: signed,
        ...(signed.length > 0 ? { change: { append: signed.map(entryOf), lastNumber } } : {}),
      };
    });
    return Promise.resolve(batches.map((batch) => shown(batch, 'waiting')));
  }

  /** Every batch that waits, and the last ones that were settled, by number. @throws HuilianError HL-7010, HL-7013 */
  list(): readonly QueuedBatch[] {
    const lane = this.lane();
    return [...lane.recent.map(shownSettled), ...waitingOf(lane)];
  }

  /**
   * Sends what waits to the first gateway that works, and settles what was recorded.
   *
   * @param gateways addresses, in the order in which they are tried
   * @param sealedBefore batches that were signed later than this, in seconds since 1970, stay: they may still be taken back
   * @throws HuilianError HL-7010, HL-7012, HL-7013 of the queue itself; all else is in the report
   */
  async push(
    gateways: readonly string[],
    onProgress?: (progress: PushProgress) => void,
    sealedBefore = Number.MAX_SAFE_INTEGER,
  ): Promise<PushReport> {
    const before = this.lane().received.sequence;
    const proved = new Map<number, Settled>();
    const pushed = await pushAll(
      this.#pushed(proved, sealedBefore),
      gateways.map((url) => this.#gateway(url)),
      {
        ...this.#checking(),
        underWayMs: this.options.underWayMs ?? UNDER_WAY_MS,
        onProgress,
      },
    );
    const lane = this.lane();
    // Another process may have settled some meanwhile.
    for (const settled of lane.recent) if (settled.sequence > before) proved.set(settled.sequence, settled);
    const waiting = waitingOf(lane);
    const unsealed = lane.pending.length - sealedOf(lane, sealedBefore).pending.length;
    const [first] = waiting;
    const stopped =
      pushed.stopped ?? (lane.stranded.length > 0 ? { code: 'HL-7040' as const, details: {} } : undefined);
    return {
      settled: [...proved.values()].sort(byNumber).map((settled) => settledBatch(this.key.keyId, settled)),
      waiting,
      ...(first && stopped ? { stopped: { sequence: first.sequence, ...stopped } } : {}),
      ...(lane.closed ? { closed: lane.closed } : {}),
      ...(unsealed > 0 ? { unsealed } : {}),
      gateways: pushed.gateways,
      offline: pushed.gateways.filter(({ outcome }) => outcome === 'offline').map(({ url }) => url),
    };
  }

  /**
   * Gives up batches that can never be recorded, because they were lost or are never admitted: the next batch declares a
   * signed gap, shown for ever. The events of whole batches behind them are signed anew.
   *
   * @param from first number given up, not yet on the ledger
   * @param to last number given up
   * @param gateways asked for the attested head of the lane; one must answer
   * @throws HuilianError HL-7041 when these are not lost, HL-7014, HL-7015, HL-7016
   */
  async declareLost(from: number, to: number, gateways: readonly string[]): Promise<Declared> {
    const all = gateways.map((url) => this.#gateway(url));
    return declareLost(this.#store, this.#signer, { from, to }, all, this.#checking());
  }

  /**
   * Makes a queue anew that is damaged beyond mending (HL-7010), from the batches that are whole. The damaged files are
   * kept. The next push links again what the ledger shows to be unbroken; for the rest see {@link declareLost}.
   *
   * @throws HuilianError HL-7012, HL-7013
   */
  async recover(): Promise<Recovered> {
    const kept = this.#store.rebuild((salvaged, seal) => rebuilt(salvaged, seal, this.#signer));
    const lane = this.lane();
    const { pending, stranded, loss } = lane;
    return Promise.resolve({
      kept,
      waiting: pending.map(({ header }) => header.sequence),
      stranded: stranded.map(({ header }) => header.sequence),
      ...(loss ? { unknown: { from: lane.signed.sequence + 1, to: loss.upTo } } : {}),
    });
  }

  /**
   * Takes back the last batch, or all from a number on, that no gateway was given: as if it had never been signed. The number
   * is used again.
   *
   * @param from first number; the last batch when it is not given
   * @returns what was taken back; none when all was sent
   * @throws HuilianError HL-7010, HL-7012, HL-7013
   */
  async takeBack(from?: number): Promise<readonly QueuedBatch[]> {
    return Promise.resolve(
      this.#store.change((lane) => {
        const { taken, change } = takenBack(lane, from);
        const result = taken.map((batch) => shown(batch, 'waiting'));
        return { result, ...(change ? { change } : {}) };
      }),
    );
  }

  /** Nothing is held open between calls; for callers that close what they opened. */
  async close(): Promise<void> {
    return Promise.resolve();
  }

  #pushed(proved: Map<number, Settled>, sealedBefore: number): PushedQueue {
    return {
      lane: () => sealedOf(this.lane(), sealedBefore),
      markSent: (upTo) => {
        this.#store.change((lane) => {
          const change = { append: [{ kind: 'sent', upTo } as const], lastNumber: lane.lastNumber };
          return { result: undefined, ...(upTo > lane.sent ? { change } : {}) };
        });
      },
      settle: (batches) => {
        for (const settled of batches) proved.set(settled.sequence, settled);
        this.#store.change((lane) => {
          const append = settleEntry(lane, batches);
          return {
            result: undefined,
            ...(append.length > 0 ? { change: { append, lastNumber: lane.lastNumber } } : {}),
          };
        });
      },
      close: (code) => {
        this.#store.change((lane) => {
          const change = { append: [{ kind: 'closed', code } as const], lastNumber: lane.lastNumber };
          return { result: undefined, ...(lane.closed ? {} : { change }) };
        });
      },
      relink: (head) => {
        this.#store.change((lane) => {
          const change = relinked(lane, head);
          return { result: undefined, ...(change ? { change } : {}) };
        });
      },
    };
  }

  #gateway(url: string): Gateway {
    return new Gateway(url, this.options.gateway).use(this.key);
  }

  #checking(): Checking {
    const { receiptPatienceMs = RECEIPT_PATIENCE_MS } = this.options;
    return { keyId: this.key.keyId, trust: this.key.trust, now: () => this.#seconds(), receiptPatienceMs };
  }

  #seconds(): number {
    return Math.floor(this.#now() / 1000);
  }
}

const byNumber = (one: Settled, other: Settled): number => one.sequence - other.sequence;
