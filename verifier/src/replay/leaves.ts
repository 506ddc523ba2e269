import { openGroup, type BatchToJudge, type SignedBatch } from '@huilian/core';
import type { LedgerTransaction } from '@huilian/fabric';

/** The function of the chaincode that records a group of batches. */
export const recordFunction = 'Record:record';

const hashBytes = 32;

/** The leaf hashes of all events of a group, one behind the other. */
export type Leaves = Uint8Array;

/** Opens the group of a transaction and keeps the leaves; undefined when there is none, or it is malformed. */
export function leavesOf(transaction: LedgerTransaction): Leaves | undefined {
  const [group] = transaction.args;
  if (!transaction.valid || transaction.function !== recordFunction || group === undefined) return undefined;
  try {
    const leaves = openGroup(group).flatMap((batch) => batch.leaves);
    const all = new Uint8Array(hashBytes * leaves.length);
    leaves.forEach((leaf, index) => {
      all.set(leaf, hashBytes * index);
    });
    return all;
  } catch {
    // What is wrong with it is found when it is replayed.
    return undefined;
  }
}

/** The batches of a group with their leaves. */
export function withLeaves(batches: readonly SignedBatch[], leaves: Leaves): BatchToJudge[] {
  let next = 0;
  return batches.map((batch) => ({
    batch,
    leaves: batch.events.map(() => leaves.subarray(next, (next += hashBytes))),
  }));
}
