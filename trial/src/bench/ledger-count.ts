import { readStored, type BatchRow } from '@huilian/core';
import type { LedgerConnection, LedgerTransaction } from '@huilian/fabric';

/** What stands on the ledger, counted in its blocks. */
export interface LedgerCount {
  /** Events in batches whose row a valid transaction wrote. */
  readonly events: number;
  /** Those of them that were refused. */
  readonly refused: number;
  /** Events of the naive way: rows that its valid transactions wrote. */
  readonly naive: number;
  readonly transactions: number;
  readonly invalid: number;
  readonly blocks: number;
  /** Bytes of the blocks. */
  readonly bytes: number;
}

/**
 * Counts what was committed from a block on, up to the height now. An acknowledgement counts for nothing.
 *
 * @param from number of the first block
 */
export async function countLedger(ledger: LedgerConnection, from: number): Promise<LedgerCount> {
  const count = { events: 0, refused: 0, naive: 0, transactions: 0, invalid: 0, blocks: 0, bytes: 0 };
  const height = await ledger.height();
  if (height <= from) return count;
  for await (const { block, bytes } of ledger.blocks(from, { to: height - 1 })) {
    count.blocks += 1;
    count.bytes += bytes.length;
    for (const transaction of block.transactions) {
      count.transactions += 1;
      if (!transaction.valid) count.invalid += 1;
      else if (transaction.function === 'Record:record') addBatches(count, transaction);
      else if (transaction.function === 'Naive:record') count.naive += transaction.writes.length;
    }
  }
  return count;
}

function addBatches(count: { events: number; refused: number }, { writes }: LedgerTransaction): void {
  for (const { key, value } of writes) {
    if (value === null || !key.startsWith('recorded/')) continue;
    const row = readStored(key, value) as BatchRow;
    count.events += row.count;
    count.refused += row.refused.length;
  }
}
