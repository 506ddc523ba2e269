import {
  batchDigest,
  HuilianError,
  InadmissibleError,
  receiptOf,
  rowKey,
  runFold,
  type Receipt,
  type SignedBatch,
  type TrustBundle,
} from '@huilian/core';
import { Trade, type Party } from '@huilian/core/testing';
import type { StoredKey } from '../keys/index.js';
import { organisation, trustIn, type Endorser } from './organisations.testing.js';

export interface Outcome {
  readonly keyId: string;
  readonly sequence: number;
  readonly digest: string;
  readonly status: string;
  readonly code?: string;
  readonly verdicts?: readonly string[];
}

/** A ledger in memory that runs the real rules, and organisations that attest what it holds. */
export class TestLedger {
  readonly trade = new Trade();
  /** What was recorded anew, in order: to see that nothing is recorded twice. */
  readonly recorded: SignedBatch[] = [];

  private constructor(readonly endorsers: readonly Endorser[]) {
    this.trade.world.time = Math.floor(Date.now() / 1000);
  }

  static async found(): Promise<TestLedger> {
    return new TestLedger(
      await Promise.all(['OversightMSP', 'RecyclingMSP', 'AftermarketMSP'].map(organisation)),
    );
  }

  get trust(): TrustBundle {
    return trustIn(this.endorsers, this.trade.world.ledger);
  }

  /** A dismantling plant with a registered key, as its device stores it. */
  plant(name: string): { party: Party; key: StoredKey } {
    const party = this.trade.party(name, ['dismantler']);
    const { key, keyId } = party.signer;
    return { party, key: { name: 'plant', keyId, owner: party.creditCode, key, trust: this.trust } };
  }

  /** Records one batch as the gateway's relay would, and says what became of it. */
  record(batch: SignedBatch): Outcome {
    const { keyId, sequence } = batch.header;
    const told = { keyId, sequence, digest: batchDigest(batch.header) };
    try {
      const [result] = this.trade.world.record(batch).batches;
      if (!result) throw new Error('one batch, one answer');
      if (result.status === 'recorded') this.recorded.push(batch);
      return { ...told, ...result, ...(result.status === 'fork' ? { code: 'HL-3010' } : {}) };
    } catch (error) {
      if (error instanceof InadmissibleError)
        return { ...told, status: 'inadmissible', code: error.offences[0]?.code ?? '' };
      if (error instanceof HuilianError) return { ...told, status: 'inadmissible', code: error.code };
      throw error;
    }
  }

  /** @throws HuilianError HL-3018 */
  receipt(keyId: string, sequence: number): Receipt {
    return runFold(receiptOf(keyId, sequence), (key) => this.trade.world.rows.get(key));
  }

  lane(keyId: string) {
    return this.trade.world.row(rowKey.lane(keyId));
  }

  publicKey(keyId: string) {
    const key = this.trade.world.row(rowKey.key(keyId));
    return key?.lastSequence === undefined ? key?.publicKey : undefined;
  }
}
