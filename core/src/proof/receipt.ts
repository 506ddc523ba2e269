import { z } from 'zod';
import { batchDigest, type SignedBatch } from '../batch/batch.js';
import { parseCanonical } from '../bytes/canonical.js';
import { fieldOf } from '../messages/details.js';
import { HuilianError } from '../messages/error.js';
import { hash, keyId } from '../model/fields.js';
import { rowKey } from '../model/row-keys.js';
import type { BatchRow, LaneRow, LedgerRow } from '../model/rows.js';
import type { Fold } from '../record/fold.js';
import { outcomeRoot, verdictsOf } from '../record/outcome.js';
import type { Verdict } from '../rules/apply.js';

const receiptSchema = z.strictObject({
  kind: z.literal('huilian.receipt'),
  version: z.literal(1),
  ledger: hash,
  keyId,
  sequence: z.int().min(1),
  digest: hash,
  root: hash,
  outcome: hash,
  count: z.int().min(1),
  refused: z.int().min(0),
  ruleset: z.int().min(1),
  time: z.int(),
  transaction: z.string(),
  head: z.strictObject({ sequence: z.int().min(1), digest: hash }),
});

/** What two organisations say of one batch: that it is recorded, with which outcome, and where its lane stands. */
export type Receipt = z.infer<typeof receiptSchema>;

/**
 * Makes the receipt of a recorded batch.
 *
 * @throws HuilianError HL-3018 when it is not recorded
 */
export function* receiptOf(keyIdAsked: string, sequence: number): Fold<Receipt> {
  if (!keyId.safeParse(keyIdAsked).success || !Number.isSafeInteger(sequence) || sequence < 1)
    throw new HuilianError('HL-3018');
  const keys = {
    ledger: rowKey.ledger,
    lane: rowKey.lane(keyIdAsked),
    batch: rowKey.batch(keyIdAsked, sequence),
  };
  const rows = yield Object.values(keys);
  const ledger = rows.get(keys.ledger) as LedgerRow | undefined;
  const lane = rows.get(keys.lane) as LaneRow | undefined;
  const batch = rows.get(keys.batch) as BatchRow | undefined;
  if (!ledger || !lane || !batch) throw new HuilianError('HL-3018', { keyId: keyIdAsked, sequence });
  const { digest, root, count, ruleset, time, transaction } = batch;
  return {
    kind: 'huilian.receipt',
    version: 1,
    ledger: ledger.id,
    keyId: keyIdAsked,
    sequence,
    digest,
    root,
    outcome: outcomeRoot(verdictsOf(batch)),
    count,
    refused: batch.refused.length,
    ruleset,
    time,
    transaction,
    head: { sequence: lane.next - 1, digest: lane.head },
  };
}

/**
 * Reads a receipt from the bytes that were endorsed.
 *
 * @throws HuilianError HL-6001 when they are not a receipt
 */
export function parseReceipt(bytes: Uint8Array): Receipt {
  const parsed = receiptSchema.safeParse(parseCanonical(bytes));
  if (!parsed.success) throw new HuilianError('HL-6001', { field: fieldOf(parsed.error) });
  return parsed.data;
}

/**
 * Checks that a receipt is for this very batch and that these are its verdicts. That two organisations signed the
 * receipt is checked apart, with certificates.
 *
 * @throws HuilianError HL-6006 other ledger, HL-6007 not this batch or not these verdicts
 */
export function checkReceipt(receipt: Receipt, batch: SignedBatch, verdicts: readonly Verdict[]): void {
  if (receipt.ledger !== batch.header.ledger) throw new HuilianError('HL-6006', { ledger: receipt.ledger });
  const same =
    receipt.keyId === batch.header.keyId &&
    receipt.sequence === batch.header.sequence &&
    receipt.digest === batchDigest(batch.header) &&
    receipt.root === batch.header.root &&
    receipt.count === verdicts.length;
  if (!same || receipt.outcome !== outcomeRoot(verdicts))
    throw new HuilianError('HL-6007', { sequence: batch.header.sequence });
}
