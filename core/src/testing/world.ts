import { foundLedger, registerAdministrator } from '../admin/bootstrap.js';
import { makeKeyRequest } from '../admin/key-request.js';
import { packGroup } from '../batch/group.js';
import type { SignedBatch } from '../batch/batch.js';
import { canonical } from '../bytes/canonical.js';
import { sha256Hex } from '../bytes/digest.js';
import { utf8 } from '../bytes/encode.js';
import type { LedgerEvent } from '../model/events.js';
import type { RowKey } from '../model/row-keys.js';
import type { Row } from '../model/rows.js';
import { readStored, storedBytes } from '../model/stored-rows.js';
import { OVERSIGHT } from '../model/terms.js';
import { runFold } from '../record/fold.js';
import { record, type Recorded } from '../record/record.js';
import type { Verdict } from '../rules/apply.js';
import { Signer } from './signer.js';

/** Noon of 1 July 2025 at UTC+8. */
export const NOON = 1_751_342_400;

/** A transaction as a ledger keeps it: what came in, and what it wrote. */
export interface Transaction {
  readonly group: Uint8Array;
  readonly time: number;
  readonly transaction: string;
  readonly recorded: Recorded;
}

/** A ledger in memory that runs the real rules: rows, a clock that the test moves, and administrators. */
export class World {
  readonly rows = new Map<string, Row>();
  readonly ledger = sha256Hex(utf8('huilian test ledger'));
  time = NOON;
  readonly transactions: Transaction[] = [];

  /** A signer whose key nobody registered yet. */
  signer(name: string): Signer {
    return new Signer(name, this.ledger, () => this.time);
  }

  row<R>(key: RowKey<R>): R | undefined {
    return this.rows.get(key) as R | undefined;
  }

  /** Says which ledger this is. */
  found(): void {
    const submitter = { mspId: OVERSIGHT, role: 'administrator' };
    this.#apply(runFold(foundLedger(this.ledger, submitter), (key) => this.rows.get(key)).writes);
  }

  /** Registers the first key of an organisation's administrator. */
  administrator(name: string, mspId: string): Signer {
    const signer = this.signer(name);
    const request = canonical(makeKeyRequest(this.ledger, mspId, signer.key));
    const submitter = { mspId, role: 'administrator' };
    this.#apply(runFold(registerAdministrator(request, submitter), (key) => this.rows.get(key)).writes);
    return signer;
  }

  /** Records batches as one transaction. */
  record(...batches: readonly SignedBatch[]): Recorded {
    return this.recordGroup(packGroup(batches));
  }

  /** Records the bytes of a group. */
  recordGroup(group: Uint8Array): Recorded {
    const { time } = this;
    const transaction = sha256Hex(utf8(`transaction ${this.transactions.length + 1}`));
    const recorded = runFold(record(group, { time, transaction }), (key) => this.rows.get(key));
    this.transactions.push({ group, time, transaction, recorded });
    this.#apply(recorded.writes);
    return recorded;
  }

  /** Signs events as one batch, records it and tells the verdicts. */
  verdicts(signer: Signer, ...events: readonly LedgerEvent[]): readonly Verdict[] {
    const [batch] = this.record(signer.batch(events)).batches;
    if (!batch) throw new Error('a group of one batch has one answer');
    return batch.verdicts;
  }

  /** Signs one event, records it and tells the verdict. */
  verdict(signer: Signer, event: LedgerEvent): Verdict {
    const [verdict] = this.verdicts(signer, event);
    if (!verdict) throw new Error('a batch of one event has one verdict');
    return verdict;
  }

  #apply(writes: ReadonlyMap<string, Row>): void {
    // By way of the bytes that a peer would keep: what is stored is what is known.
    for (const [key, row] of writes) this.rows.set(key, readStored(key, storedBytes(key, row)));
  }
}
