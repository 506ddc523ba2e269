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

/** A key with its lane: it numbers and links its batches as a device does. */
export class Signer {
  readonly key: PrivateKey;
  readonly keyId: string;
  sequence = 0;
  head = '';
  /** Signs the same bytes the same way each time, which is slow: for what is published or recorded. */
  steady = false;

  constructor(
    readonly name: string,
    readonly ledger: string,
    readonly now: () => number,
  ) {
    this.key = keyNamed(name);
    this.keyId = keyIdOf(this.key);
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
    this.head = batchDigest(batch.header);
    return this.steady ? { ...batch, signature: signSteadily(this.key, canonical(batch.header)) } : batch;
  }

  /** Id and nonce of a new item of this key. */
  item(name: string): { item: string; nonce: string } {
    return itemNamed(this.keyId, name);
  }
}
