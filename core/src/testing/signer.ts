import { makeKeyRequest, type KeyRequest } from '../admin/key-request.js';
import { batchDigest, signBatch, type SignedBatch } from '../batch/batch.js';
import { canonical } from '../bytes/canonical.js';
import { keyIdOf, type PrivateKey } from '../bytes/signature.js';
import type { LedgerEvent } from '../model/events.js';
import { itemNamed, keyNamed, nonceNamed, signSteadily } from './keys.js';

/** What a test may set of a batch beside its events. */
export interface BatchOptions {
  readonly sequence?: number;
  readonly previous?: string;
  readonly gap?: number;
  readonly ledger?: string;
  readonly time?: number;
}

/**
 * A key with its lane: it numbers and links its batches as a device does. Who needs a key that nobody had before gives it a name
 * that nobody had before.
 */
export class Signer {
  readonly key: PrivateKey;
  readonly keyId: string;
  sequence = 0;
  head = '';
  #before = '';
  /** Signs the same bytes the same way each time, which is slow: for what is published or recorded. */
  steady = false;

  constructor(
    readonly name: string,
    readonly ledger: string,
    /** What the signer takes for the time, seconds since 1970. */
    readonly now: () => number,
  ) {
    this.key = keyNamed(name);
    this.keyId = keyIdOf(this.key);
  }

  /** What an administrator needs to register the key for its owner. */
  request(owner: string): KeyRequest {
    return makeKeyRequest(this.ledger, owner, this.key);
  }

  /** The next batch of the lane. */
  batch(events: readonly LedgerEvent[], options: BatchOptions = {}): SignedBatch {
    const gap = options.gap ?? 0;
    const sequence = options.sequence ?? this.sequence + gap + 1;
    const batch = signBatch(
      {
        ledger: this.ledger,
        keyId: this.keyId,
        previous: this.head,
        time: this.now(),
        seed: nonceNamed(`${this.name} ${sequence}`),
        ...options,
        sequence,
        events,
      },
      this.key,
    );
    this.sequence = sequence;
    this.#before = this.head;
    this.head = batchDigest(batch.header);
    return this.steady ? { ...batch, signature: signSteadily(this.key, canonical(batch.header)) } : batch;
  }

  /** Another batch under the number of the last one, which the lane does not go on from. */
  forked(events: readonly LedgerEvent[], options: BatchOptions = {}): SignedBatch {
    const { sequence, head } = this;
    const previous = this.#before;
    const batch = this.batch(events, { sequence, previous, ...options });
    this.head = head;
    this.#before = previous;
    return batch;
  }

  /** Id and nonce of a new item of this key. */
  item(name: string): { item: string; nonce: string } {
    return itemNamed(this.keyId, name);
  }
}
