import { randomBytes } from 'node:crypto';
import {
  batchDigest,
  canonical,
  checkBatch,
  signBatch,
  toBase64url,
  type Json,
  type LedgerEvent,
  type PrivateKey,
  type SignedBatch,
} from '@huilian/core';
import type { Disk } from './disk.js';
import { Journal, type Draft, type Opening } from './journal.js';

/** Events of a batch when many are recorded at once; fewer than the ledger's bound, so that a group holds several. */
const BATCH_EVENTS = 250;
const BATCH_BYTES = 400_000;
/** When nothing is pending and the journal is longer than this many lines, it begins anew. */
const COMPACT_LINES = 64;

/** Where a lane stands after its last signed or received batch. */
export interface Place {
  readonly sequence: number;
  /** Digest of that batch, `""` before the first. */
  readonly digest: string;
}

interface LaneOpening extends Opening {
  readonly ledger: string;
  readonly keyId: string;
  readonly received: Place;
  /** Number of the last batch when lost ones were skipped: the next one declares the gap. */
  readonly lostUpTo?: number;
}

interface BatchEntry {
  readonly kind: 'batch';
  readonly batch: SignedBatch;
}

interface ReceivedEntry {
  readonly kind: 'received';
  readonly place: Place;
}

/** What the queue holds. */
export interface Lane {
  readonly ledger: string;
  readonly keyId: string;
  /** Last batch that the device has signed. */
  readonly signed: Place;
  /** Last batch for which it holds a receipt. */
  readonly received: Place;
  /** Signed and not yet received, in order. */
  readonly pending: readonly SignedBatch[];
  readonly lostUpTo?: number;
}

/** The signer of a lane. */
export interface Signer {
  readonly ledger: string;
  readonly keyId: string;
  readonly key: PrivateKey;
}

export interface QueueOptions {
  /** Told when a copy of the journal was mended. */
  readonly mended?: (file: string, kept: string) => void;
  readonly disk?: Disk;
}

/**
 * The durable queue of one key. What {@link Queue.record} returned is signed, linked to what went before, and on disk
 * twice; it leaves only by {@link Queue.received}, which the caller calls with a receipt that was checked.
 */
export class Queue {
  readonly #journal: Journal<LaneOpening>;

  constructor(
    directory: string,
    private readonly signer: Signer,
    options: QueueOptions = {},
  ) {
    const fresh = (): LaneOpening => ({
      kind: 'lane',
      generation: 1,
      ledger: signer.ledger,
      keyId: signer.keyId,
      received: { sequence: 0, digest: '' },
    });
    this.#journal = new Journal(directory, fresh, options.mended, options.disk);
  }

  get files(): readonly string[] {
    return this.#journal.paths;
  }

  /** @throws HuilianError HL-7010, HL-7013 */
  lane(): Lane {
    return this.#journal.transact((content) => ({ result: laneOf(content) }));
  }

  /**
   * Signs events as the next batches of the lane and keeps them. All of them, or none.
   *
   * @param time seconds since 1970, the signer's claim
   * @throws HuilianError HL-1010 to HL-1022 for the events, HL-7012 when they could not be kept
   */
  record(events: readonly LedgerEvent[], time: number): readonly SignedBatch[] {
    return this.#journal.transact((content) => {
      const lane = laneOf(content);
      const batches = signAll(lane, split(events), this.signer, time);
      return { result: batches, write: { append: batches.map(entryOf), sequence: lane.signed.sequence + batches.length } };
    });
  }

  /** Lets go of everything up to a batch for which a receipt was checked. Saying it twice does no harm. */
  received(place: Place): void {
    this.#journal.transact((content) => {
      const lane = laneOf(content);
      if (place.sequence <= lane.received.sequence) return { result: undefined };
      const left = lane.pending.filter(({ header }) => header.sequence > place.sequence);
      const { ledger, keyId } = lane;
      const opening: LaneOpening = { kind: 'lane', generation: content.first.generation + 1, ledger, keyId, received: place };
      const anew = left.length === 0 && content.rest.length > COMPACT_LINES;
      const { sequence } = lane.signed;
      return { result: undefined, write: anew ? { opening, sequence } : { append: [{ kind: 'received', place }], sequence } };
    });
  }
}

function entryOf(batch: SignedBatch): BatchEntry {
  return { kind: 'batch', batch };
}

function laneOf({ first, rest }: Draft<LaneOpening>): Lane {
  let { received } = first;
  const batches: SignedBatch[] = [];
  for (const entry of rest as unknown as readonly (BatchEntry | ReceivedEntry)[]) {
    if (entry.kind === 'batch') batches.push(checkBatch(entry.batch as unknown as Json));
    else received = entry.place;
  }
  const last = batches.at(-1);
  const { ledger, keyId, lostUpTo } = first;
  return {
    ledger,
    keyId,
    received,
    signed: last ? placeOf(last) : received,
    pending: batches.filter(({ header }) => header.sequence > received.sequence),
    ...(lostUpTo === undefined || last ? {} : { lostUpTo }),
  };
}

/** The place of a batch in its lane. */
export function placeOf({ header }: SignedBatch): Place {
  return { sequence: header.sequence, digest: batchDigest(header) };
}

function signAll(lane: Lane, parts: readonly (readonly LedgerEvent[])[], signer: Signer, time: number): SignedBatch[] {
  const batches: SignedBatch[] = [];
  let { sequence, digest } = lane.signed;
  const lost = (lane.lostUpTo ?? sequence) - sequence;
  for (const events of parts) {
    const gap = batches.length === 0 && lost > 0 ? lost : 0;
    const batch = signBatch(
      {
        ledger: signer.ledger,
        keyId: signer.keyId,
        sequence: sequence + gap + 1,
        previous: digest,
        ...(gap > 0 ? { gap } : {}),
        time,
        seed: toBase64url(randomBytes(16)),
        events,
      },
      signer.key,
    );
    batches.push(batch);
    ({ sequence, digest } = placeOf(batch));
  }
  return batches;
}

function split(events: readonly LedgerEvent[]): LedgerEvent[][] {
  const parts: LedgerEvent[][] = [];
  let bytes = 0;
  for (const event of events) {
    const size = canonical(event).length;
    const part = parts.at(-1);
    if (!part || part.length >= BATCH_EVENTS || bytes + size > BATCH_BYTES) {
      parts.push([event]);
      bytes = size;
    } else {
      part.push(event);
      bytes += size;
    }
  }
  return parts;
}
