import { batchDigest, isSignedBy, type SignedBatch } from '@huilian/core';
import type { Standing } from './keys.js';
import type { BatchResult } from './outcome.js';

/**
 * What the gateway can tell by itself before it troubles the endorsers: another ledger, a key that is not registered, or a
 * signature that is not the key's. So strangers take no place in the queue and hold back nobody who names the same items.
 * Everything else depends on the lane as it is at that moment and is the ledger's to judge.
 *
 * @param key of the batch; undefined when it is not on the ledger
 * @returns the result of a batch that is inadmissible for certain, else `undefined`
 */
export function precheck(
  batch: SignedBatch,
  ledger: string,
  key: Standing | undefined,
): BatchResult | undefined {
  const { header } = batch;
  const refused = (code: 'HL-3001' | 'HL-3004' | 'HL-3009'): BatchResult => ({
    keyId: header.keyId,
    sequence: header.sequence,
    digest: batchDigest(header),
    status: 'inadmissible',
    code,
  });
  if (header.ledger !== ledger) return refused('HL-3009');
  if (key === undefined) return refused('HL-3001');
  if (key === 'unsure' || isSignedBy(batch, key.publicKey)) return undefined;
  return refused('HL-3004');
}
