import {
  batchDigest,
  checkBatch,
  HuilianError,
  isSignedBy,
  type Json,
  type PrivateKey,
  type SignedBatch,
} from '@huilian/core';
import type { Closing, Entry, LaneOpening, Loss, Place, Settled } from './entries.js';
import type { Line } from './line.js';

/** The signer of a lane. */
export interface Signer {
  readonly ledger: string;
  readonly keyId: string;
  readonly key: PrivateKey;
}

/** Settled batches that are kept to look at. */
const RECENT = 64;

/** What the queue holds. */
export interface Lane {
  readonly generation: number;
  /** Last batch that the device signed and that links to all before it. */
  readonly signed: Place;
  /** Last number that was ever signed, as far as is known. */
  readonly lastNumber: number;
  /** Last batch for which a receipt was checked. */
  readonly received: Place;
  /** Last number that was handed to a gateway. */
  readonly sent: number;
  /** Signed and not settled, in order. */
  readonly pending: readonly SignedBatch[];
  /** Whole batches that cannot be sent because one before them is lost. */
  readonly stranded: readonly SignedBatch[];
  readonly recent: readonly Settled[];
  readonly loss?: Loss;
  readonly closed?: Closing;
}

/** The place of a batch in its lane. */
export function placeOf({ header }: SignedBatch): Place {
  return { sequence: header.sequence, digest: batchDigest(header) };
}

/**
 * Checks a batch that was kept: shape, root, key, signature.
 *
 * @throws HuilianError HL-1xxx, HL-3004
 */
export function checkKept(batch: SignedBatch, signer: Signer): SignedBatch {
  const checked = checkBatch(batch as unknown as Json);
  const { ledger, keyId } = checked.header;
  if (ledger !== signer.ledger || keyId !== signer.keyId || !isSignedBy(checked, signer.key))
    throw new HuilianError('HL-3004');
  return checked;
}

/** True when a batch is the next after a place, over the gap that it declares. */
export function follows(batch: SignedBatch, place: Place): boolean {
  const { sequence, gap = 0, previous } = batch.header;
  return sequence - gap === place.sequence + 1 && previous === place.digest;
}

/**
 * Reads the lines of a journal. Lines that were read before are not read again: a device that was offline for days has
 * thousands.
 */
export class LaneReader {
  #last: Line | undefined;
  #count = 0;
  #opening: LaneOpening | undefined;
  #received: Place = { sequence: 0, digest: '' };
  #signed: Place = this.#received;
  #sent = 0;
  #pending: SignedBatch[] = [];
  #stranded: SignedBatch[] = [];
  #recent: Settled[] = [];
  #closed: Closing | undefined;

  constructor(private readonly signer: Signer) {}

  /** @throws HuilianError HL-7010 when a batch is not what its key signed, or does not link */
  read(lines: readonly Line[]): Lane {
    if (this.#count > lines.length || this.#last?.chain !== lines[this.#count - 1]?.chain) this.#count = 0;
    if (this.#count === 0) this.#opening = undefined;
    try {
      for (const line of lines.slice(this.#count)) this.#take(JSON.parse(line.json) as LaneOpening | Entry);
      this.#count = lines.length;
      this.#last = lines.at(-1);
      return this.#lane();
    } catch (cause) {
      this.#count = 0;
      throw new HuilianError(
        'HL-7010',
        { line: lines.length, reason: cause instanceof Error ? cause.message : '' },
        { cause },
      );
    }
  }

  #take(entry: LaneOpening | Entry): void {
    switch (entry.kind) {
      case 'lane':
        this.#begin(entry);
        return;
      case 'batch':
        this.#batch(entry.batch);
        return;
      case 'sent':
        this.#sent = entry.upTo;
        return;
      case 'settled':
        this.#settle(entry.batches);
        return;
      case 'stranded':
        this.#stranded.push(checkKept(entry.batch, this.signer));
        return;
      case 'closed':
        this.#closed = entry.code;
    }
  }

  #begin(opening: LaneOpening): void {
    const { ledger, keyId } = this.signer;
    if (opening.ledger !== ledger || opening.keyId !== keyId)
      throw new Error('the queue of another key or ledger');
    this.#opening = opening;
    this.#received = opening.received;
    this.#signed = opening.received;
    this.#sent = opening.received.sequence;
    this.#pending = [];
    this.#stranded = [];
    this.#recent = [...opening.recent];
    this.#closed = opening.closed;
  }

  #batch(kept: SignedBatch): void {
    const batch = checkKept(kept, this.signer);
    if (!follows(batch, this.#signed)) throw new Error(`batch ${batch.header.sequence} does not link`);
    this.#pending.push(batch);
    this.#signed = placeOf(batch);
  }

  #settle(batches: readonly Settled[]): void {
    const last = batches.at(-1);
    if (!last) return;
    this.#received = { sequence: last.sequence, digest: last.digest };
    this.#recent = [...this.#recent, ...batches].slice(-RECENT);
    this.#pending = this.#pending.filter(({ header }) => header.sequence > last.sequence);
  }

  #lane(): Lane {
    const opening = this.#opening;
    if (!opening) throw new Error('a journal without an opening');
    const loss = opening.loss && opening.loss.upTo > this.#signed.sequence ? opening.loss : undefined;
    return {
      generation: opening.generation,
      signed: this.#signed,
      lastNumber: Math.max(this.#signed.sequence, loss?.upTo ?? 0),
      received: this.#received,
      sent: Math.max(this.#sent, this.#received.sequence),
      pending: [...this.#pending],
      stranded: [...this.#stranded],
      recent: [...this.#recent],
      ...(loss ? { loss } : {}),
      ...(this.#closed ? { closed: this.#closed } : {}),
    };
  }
}
