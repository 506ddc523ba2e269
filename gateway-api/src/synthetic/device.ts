import { generateKeyPairSync, randomBytes } from 'node:crypto';
import {
  batchDigest,
  itemIdOf,
  keyIdOf,
  nonceAt,
  signBatch,
  type LedgerEvent,
  type PrivateKey,
  type SignedBatch,
} from '@huilian/core';
import { chainLedger } from './chain.js';

/** A key with its lane on the ledger of a {@link SyntheticChain}. */
export class SyntheticDevice {
  readonly key: PrivateKey = newKey();
  readonly keyId = keyIdOf(this.key);
  #sequence = 0;
  #previous = '';

  /** @param owner credit code of the participant whose device it is */
  constructor(readonly owner: string) {}

  /** The next batch of the lane. @param time the signer's claim, in seconds since 1970 */
  batch(events: readonly LedgerEvent[], time: number): SignedBatch {
    const { keyId } = this;
    const place = { ledger: chainLedger, keyId, sequence: (this.#sequence += 1), previous: this.#previous };
    const batch = signBatch({ ...place, time, seed: newSeed(), events }, this.key);
    this.#previous = batchDigest(batch.header);
    return batch;
  }

  /** A new part and the event that registers it. */
  newPart(time: number): { readonly id: string; readonly register: LedgerEvent } {
    const nonce = nonceAt(time, randomBytes(12));
    const id = itemIdOf(this.keyId, nonce);
    const data = { kind: 'part' as const, category: 'engine', nonce, tags: [], massGrams: 150_000 };
    return { id, register: { type: 'register', version: 1, item: id, time, data } };
  }
}

function newSeed(): string {
  return randomBytes(16).toString('base64url');
}

function newKey(): PrivateKey {
  const { x, y, d } = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' });
  if (x === undefined || y === undefined || d === undefined) throw new Error('a key without coordinates');
  return { x, y, d };
}
