import { readStored, rowKey, unpackGroup, verdictsOf, type BatchRow, type SignedBatch } from '@huilian/core';
import type { TrialNetwork } from '../verify/trial-network.js';

/** A batch as blocks have it. */
interface OnLedger {
  readonly digest: string;
  readonly verdicts: readonly string[];
}

/** A transaction that records batches. */
interface Recording {
  /** Keys of the signers, in the order of their batches. */
  readonly signers: readonly string[];
  readonly valid: boolean;
  readonly code: string;
}

/** What the blocks say was recorded. */
export interface Blocks {
  /** Each time that a batch was written, under `recorded/keyId/sequence`. */
  readonly batches: ReadonlyMap<string, readonly OnLedger[]>;
  readonly recordings: readonly Recording[];
}

/** Reads all blocks as an auditor does. */
export async function readBlocks(network: TrialNetwork): Promise<Blocks> {
  const peer = await network.connect('OversightMSP', 'auditor');
  const batches = new Map<string, OnLedger[]>();
  const recordings: Recording[] = [];
  const height = await peer.height();
  for await (const { block } of peer.blocks(0, { to: height - 1 })) {
    for (const { function: name, args, valid, codeName, writes } of block.transactions) {
      if (name !== 'Record:record') continue;
      const group = unpackGroup(args[0] ?? new Uint8Array());
      const signers = group.map(({ value }) => (value as unknown as SignedBatch).header.keyId);
      recordings.push({ signers, valid, code: codeName });
      if (!valid) continue;
      for (const { key, value } of writes) {
        if (!key.startsWith('recorded/') || value === null) continue;
        const row = readStored(key, value) as BatchRow;
        batches.set(key, [...(batches.get(key) ?? []), { digest: row.digest, verdicts: verdictsOf(row) }]);
      }
    }
  }
  return { batches, recordings };
}

/** All that is on the ledger of a batch: one entry when it was recorded once. */
export function onLedger({ batches }: Blocks, keyId: string, sequence: number): readonly OnLedger[] {
  return batches.get(rowKey.batch(keyId, sequence)) ?? [];
}
