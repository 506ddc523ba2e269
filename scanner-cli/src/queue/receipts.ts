import { setTimeout as pause } from 'node:timers/promises';
import {
  batchDigest,
  checkReceipt,
  HuilianError,
  type ErrorCode,
  type Receipt,
  type SignedBatch,
  type TrustBundle,
  type Verdict,
} from '@huilian/core';
import { checkAttestation } from '@huilian/verifier';
import type { BatchResult, Gateway } from '../gateway/index.js';
import type { Place, Settled } from './entries.js';
import type { Lane } from './lane.js';

/** A batch that is on the ledger with these verdicts, as two organisations signed. */
export interface Proved {
  readonly settled: Settled;
  /** Where the lane stood when they signed. */
  readonly head: Place;
}

/** How receipts are checked. */
export interface Checking {
  readonly keyId: string;
  readonly trust: TrustBundle;
  /** Seconds since 1970. */
  readonly now: () => number;
  /** How long a receipt may be missing that a gateway must have, milliseconds. */
  readonly receiptPatienceMs: number;
}

const RECEIPT_PAUSE_MS = 250;
/** What a gateway answers that has no such receipt. */
const MISSING: readonly ErrorCode[] = ['HL-3017', 'HL-3018'];

/**
 * Fetches a receipt and checks its signatures against the pinned trust bundle.
 *
 * @throws HuilianError HL-7016 when it is not signed as it must be or is for something else; HL-3018 and others as the
 *   gateway answers
 */
export async function fetchReceipt(
  gateway: Gateway,
  sequence: number,
  { keyId, trust, now }: Checking,
): Promise<Receipt> {
  const attestation = await gateway.receipt(keyId, sequence);
  return borneOut(gateway, sequence, () => {
    const { receipt } = checkAttestation(attestation, trust, now());
    if (receipt.keyId !== keyId || receipt.sequence !== sequence)
      throw new HuilianError('HL-6007', { sequence: receipt.sequence });
    return receipt;
  });
}

/**
 * As {@link fetchReceipt}, for a batch of which the gateway itself says that it is recorded. One of the organisations' peers
 * may be a block behind for a moment.
 *
 * @throws HuilianError HL-7016 also when there is no receipt
 */
async function fetchPromised(gateway: Gateway, sequence: number, checking: Checking): Promise<Receipt> {
  const deadline = performance.now() + checking.receiptPatienceMs;
  for (;;) {
    try {
      return await fetchReceipt(gateway, sequence, checking);
    } catch (cause) {
      if (!(cause instanceof HuilianError) || !MISSING.includes(cause.code)) throw cause;
      if (performance.now() >= deadline)
        throw new HuilianError('HL-7016', { gateway: gateway.url, sequence, reason: cause.code }, { cause });
    }
    await pause(RECEIPT_PAUSE_MS);
  }
}

/**
 * Finds out whether the gateway speaks the truth when it says that a batch is recorded with certain verdicts.
 *
 * @throws HuilianError HL-7016 when it does not, and as {@link fetchReceipt}
 */
export async function prove(
  gateway: Gateway,
  batch: SignedBatch,
  result: BatchResult,
  checking: Checking,
): Promise<Proved> {
  const verdicts: readonly Verdict[] = result.verdicts ?? [];
  const receipt = await fetchPromised(gateway, batch.header.sequence, checking);
  borneOut(gateway, receipt.sequence, () => {
    checkReceipt(receipt, batch, verdicts);
  });
  const { sequence, digest, count, transaction, time, head } = receipt;
  const refused = verdicts.flatMap((verdict, index): [number, string][] =>
    verdict === 'accepted' ? [] : [[index, verdict]],
  );
  const { notices, block } = result;
  return {
    settled: {
      sequence,
      digest,
      count,
      refused,
      transaction,
      time,
      ...(notices && notices.length > 0 ? { notices } : {}),
      ...(block === undefined ? {} : { block }),
    },
    head,
  };
}

/**
 * Finds out whether another batch really stands under the number of ours.
 *
 * @returns normally when it does
 * @throws HuilianError HL-7016 when ours stands there, or the receipt is not borne out
 */
export async function proveFork(gateway: Gateway, batch: SignedBatch, checking: Checking): Promise<void> {
  const receipt = await fetchPromised(gateway, batch.header.sequence, checking);
  if (receipt.digest === batchDigest(batch.header))
    throw new HuilianError('HL-7016', {
      gateway: gateway.url,
      sequence: receipt.sequence,
      reason: 'HL-3010',
    });
}

/**
 * Where organisations say that the lane stands now, undefined when nothing is recorded.
 *
 * @throws HuilianError as {@link fetchReceipt}
 */
export async function attestedHead(
  gateway: Gateway,
  received: Place,
  checking: Checking,
): Promise<Place | undefined> {
  // Peers answer for a batch they hold, whatever the gateway's read model has seen; so the known one is asked for.
  const known = received.sequence > 0 ? received.sequence : (await gateway.lane(checking.keyId)).next - 1;
  if (known === 0) return undefined;
  const fetched = received.sequence > 0 ? fetchReceipt : fetchPromised;
  const receipt = await fetched(gateway, known, checking);
  if (received.sequence > 0 && receipt.digest !== received.digest) throw usedElsewhere(receipt);
  return receipt.head;
}

/**
 * Compares the head of a lane on the ledger with what the device signed. A device that was restored from a backup, or a key
 * that is used twice, must not sign on: that would fork the lane.
 *
 * @throws HuilianError HL-7014
 */
export function checkHead(lane: Lane, head: Place): void {
  if (head.sequence > lane.lastNumber) throw usedElsewhere(head);
  const own = lane.pending.find(({ header }) => header.sequence === head.sequence);
  const digest = own
    ? batchDigest(own.header)
    : head.sequence === lane.received.sequence
      ? lane.received.digest
      : undefined;
  if (digest !== undefined && digest !== head.digest) throw usedElsewhere(head);
}

function usedElsewhere({ sequence, digest }: Place): HuilianError {
  return new HuilianError('HL-7014', { sequence, digest });
}

/** What fails inside is a claim of the gateway that does not hold. */
function borneOut<T>(gateway: Gateway, sequence: number, check: () => T): T {
  try {
    return check();
  } catch (cause) {
    const reason = cause instanceof HuilianError ? cause.code : 'HL-6001';
    throw new HuilianError('HL-7016', { gateway: gateway.url, sequence, reason }, { cause });
  }
}
