import {
  itemIdOf,
  keyIdOf,
  packGroup,
  signBatch,
  batchDigest,
  type LedgerEvent,
  type PrivateKey,
  type SignedBatch,
} from '@huilian/core';
import { newKey, newNonce, random16 } from '../key-store.js';

/** A device that signs batches one after another and remembers where its lane stands. */
export class BenchDevice {
  readonly key: PrivateKey = newKey();
  readonly keyId = keyIdOf(this.key);
  #next = 1;
  #head = '';

  constructor(private readonly ledger: string) {}

  /** Signs events as the next batch of the lane. */
  sign(events: readonly LedgerEvent[]): SignedBatch {
    const unsigned = {
      ledger: this.ledger,
      keyId: this.keyId,
      sequence: this.#next,
      previous: this.#head,
      time: Math.floor(Date.now() / 1000),
      seed: random16(),
      events,
    };
    const batch = signBatch(unsigned, this.key);
    this.#next += 1;
    this.#head = batchDigest(batch.header);
    return batch;
  }

  /** The next batch of the lane: so many new vehicles, as the argument of `record` and as what it names. */
  batch(count: number): { group: Uint8Array; batch: SignedBatch; items: string[] } {
    const time = Math.floor(Date.now() / 1000);
    const events = Array.from({ length: count }, () => this.registration(time));
    const batch = this.sign(events);
    return {
      group: packGroup([batch]),
      batch,
      items: events.map((event) => ('item' in event ? event.item : '')),
    };
  }

  private registration(time: number): LedgerEvent {
    const nonce = newNonce(time);
    const data = {
      kind: 'vehicle' as const,
      category: 'passengerCar',
      nonce,
      tags: [],
      massGrams: 1_200_000,
    };
    return { type: 'register', version: 1, time, item: itemIdOf(this.keyId, nonce), data };
  }
}
