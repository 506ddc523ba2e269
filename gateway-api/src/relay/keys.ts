import { setTimeout as pause } from 'node:timers/promises';
import { rowKey, type KeyRow } from '@huilian/core';
import { HttpError } from '../http/problem.js';
import type { RowReader } from '../ports.js';

/** How a key stands: its row, or `unsure` while nobody but the endorsers can say. */
export type Standing = KeyRow | 'unsure';

/** Requests that may have keys looked up on the ledger at once. */
const atOnce = 16;
/** A peer may be a block behind the one that a registration was confirmed by, so it is asked again after these, milliseconds. */
const pauses = [0, 50, 100, 200] as const;

/**
 * Finds the keys that sign batches. The read model answers for nearly all; a key that it does not have may have been registered a
 * moment ago, so the ledger itself is asked, by one query, before a stranger costs an endorsement.
 */
export class SignerKeys {
  private asking = 0;

  /** @param onLedger a key as a peer has it now */
  constructor(
    private readonly rows: RowReader,
    private readonly onLedger: (keyId: string) => Promise<KeyRow | undefined>,
  ) {}

  /**
   * The registered ones of these keys; one that is missing in the answer is not on the ledger.
   *
   * @throws HttpError HL-4031 when too many strangers are being looked up; LedgerError while no peer answers
   */
  async find(keyIds: ReadonlySet<string>): Promise<ReadonlyMap<string, Standing>> {
    const found = new Map<string, Standing>();
    await Promise.all(
      [...keyIds].map(async (keyId) => {
        // While the store is away the endorsers judge alone: nobody is turned away for that.
        const row = await this.rows.row(rowKey.key(keyId)).catch(() => 'unsure' as const);
        if (row !== undefined) found.set(keyId, row);
      }),
    );
    const missing = [...keyIds].filter((keyId) => !found.has(keyId));
    if (missing.length > 0) await this.ask(missing, found);
    return found;
  }

  private async ask(missing: readonly string[], found: Map<string, Standing>): Promise<void> {
    if (this.asking >= atOnce) throw new HttpError('HL-4031', {}, { headers: { 'Retry-After': '1' } });
    this.asking += 1;
    try {
      for (const milliseconds of pauses) {
        await pause(milliseconds);
        // One after the other: a request names up to 64 keys, and a peer has other work.
        for (const keyId of missing.filter((each) => !found.has(each))) {
          const row = await this.onLedger(keyId);
          if (row !== undefined) found.set(keyId, row);
        }
        if (missing.every((keyId) => found.has(keyId))) return;
      }
    } finally {
      this.asking -= 1;
    }
  }
}
