import { generateKeyPairSync, randomBytes } from 'node:crypto';
import {
  batchDigest,
  keyIdOf,
  makeKeyRequest,
  signBatch,
  type KeyRequest,
  type LedgerEvent,
  type PrivateKey,
  type SignedBatch,
} from '@huilian/core';

/** A key and its lane, as a device keeps them. */
export class Signer {
  readonly key: PrivateKey;
  readonly keyId: string;
  #sequence = 0;
  #previous = '';
  #beforeLast = '';

  constructor(readonly ledger: string) {
    this.key = newKey();
    this.keyId = keyIdOf(this.key);
  }

  request(owner: string): KeyRequest {
    return makeKeyRequest(this.ledger, owner, this.key);
  }

  /** The next batch of the lane; `lost` batches before it are declared as a gap. */
  batch(events: readonly LedgerEvent[], time: number, lost = 0): SignedBatch {
    this.#sequence += 1 + lost;
    const batch = this.#sign(events, time, { previous: this.#previous, lost });
    this.#beforeLast = this.#previous;
    this.#previous = batchDigest(batch.header);
    return batch;
  }

  /** Another batch under the number of the last one. */
  forked(events: readonly LedgerEvent[], time: number): SignedBatch {
    return this.#sign(events, time, { previous: this.#beforeLast, lost: 0 });
  }

  #sign(
    events: readonly LedgerEvent[],
    time: number,
    { previous, lost }: { previous: string; lost: number },
  ): SignedBatch {
    const { ledger, keyId } = this;
    const place = { sequence: this.#sequence, previous, ...(lost === 0 ? {} : { gap: lost }) };
    return signBatch({ ledger, keyId, ...place, time, seed: newNonce(), events }, this.key);
  }
}

/** 16 random bytes in base64url. */
export function newNonce(): string {
  return randomBytes(16).toString('base64url');
}

function newKey(): PrivateKey {
  const { x, y, d } = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' });
  if (x === undefined || y === undefined || d === undefined) throw new Error('a key without coordinates');
  return { x, y, d };
}
