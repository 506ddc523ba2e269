import { batchDigest, isSignedBy, rowKey, type SignedBatch } from '@huilian/core';
import type { RowReader } from '../ports.js';
import type { BatchResult } from './outcome.js';

/**
 * What the gateway can tell by itself before it troubles the endorsers: another ledger, or a signature that is not the key's.
 * Everything else depends on the lane as it is at that moment and is the ledger's to judge; so is a key that the read model
 * does not know yet.
 *
 * @returns the result of a batch that is inadmissible for certain, else `undefined`.
 */
export async function precheck(
  batch: SignedBatch,
  ledger: string,
  rows: RowReader,
): Promise<BatchResult | undefined> {
  const { header } = batch;
  const told = { keyId: header.keyId, sequence: header.sequence, digest: batchDigest(header) };
  if (header.ledger !== ledger) return { ...told, status: 'inadmissible', code: 'HL-3009' };
  // While the store is away the ledger judges alone.
  const key = await rows.row(rowKey.key(header.keyId)).catch(() => undefined);
  if (key === undefined || isSignedBy(batch, key.publicKey)) return undefined;
  return { ...told, status: 'inadmissible', code: 'HL-3004' };
}
