import { createHash } from 'node:crypto';
import {
  packGroup,
  record,
  rowKey,
  runFold,
  type KeyRow,
  type ParticipantRow,
  type PublicKey,
  type Role,
  type Row,
  type SignedBatch,
  storedBytes,
} from '@huilian/core';
import type { SourceBlock, SourceTransaction } from '../projector/source.js';

/** A transaction that nobody has put into a block yet. */
export type Part = Pick<SourceTransaction, 'function' | 'args' | 'writes'> & { readonly valid?: boolean };

/** Ledger time of block zero, in seconds since 1970. */
export const chainStart = 1_790_000_000;
/** The ledger whose blocks a {@link SyntheticChain} makes. */
export const chainLedger = sha256('a ledger without a network');

/**
 * Blocks without a network: the real rules make the write sets, and blocks have the shape that the projector reads. Keeps
 * the world state and no block.
 */
export class SyntheticChain {
  readonly state = new Map<string, Row>();
  #height = 0;
  #transactions = 0;
  #waited = 0;

  /** The number of blocks that were made. */
  get length(): number {
    return this.#height;
  }

  get time(): number {
    return chainStart + this.#height + this.#waited;
  }

  /** Lets time pass. */
  wait(seconds: number): void {
    this.#waited += seconds;
  }

  /** Block zero. */
  genesis(): SourceBlock {
    return this.append({ function: '', args: [], writes: [] });
  }

  /** A block of transactions, each a group of batches; each is endorsed upon the state that the one before leaves. */
  record(...groups: (readonly SignedBatch[])[]): SourceBlock {
    return this.append(...groups.map((group) => this.#endorse(packGroup(group))));
  }

  /** A block whose one transaction writes rows as they are. */
  write(rows: Readonly<Record<string, Row>>): SourceBlock {
    for (const [key, row] of Object.entries(rows)) this.state.set(key, row);
    const writes = Object.entries(rows).map(([key, row]) => ({ key, value: storedBytes(key, row) }));
    return this.append({ function: 'Administration:seed', args: [], writes });
  }

  /** A participant with a countersigned licence for its role, and a key of it. */
  admit(
    signer: { readonly key: PublicKey; readonly keyId: string },
    creditCode: string,
    role: Role,
  ): SourceBlock {
    const licence = {
      number: 'L-1',
      kind: role,
      categories: ['engine', 'passengerCar', 'iron'],
      annualCapacity: 1_000,
      validFrom: 0,
      validTo: chainStart * 2,
      authority: '省生态环境厅',
      countersignedBy: signer.keyId,
    };
    const participant: ParticipantRow = {
      name: '回收企业',
      mspId: 'RecyclingMSP',
      province: '330100',
      roles: [role],
      licences: [licence],
      status: 'active',
    };
    const { x, y } = signer.key;
    const key: KeyRow = { publicKey: { x, y }, kind: 'device', mspId: 'RecyclingMSP', owner: creditCode };
    return this.write({ [rowKey.participant(creditCode)]: participant, [rowKey.key(signer.keyId)]: key });
  }

  /** A block of transactions that nobody judged, such as forged ones. */
  append(...parts: readonly Part[]): SourceBlock {
    const number = this.#height;
    const transactions = parts.map(({ valid = true, ...part }, index): SourceTransaction => {
      const id = this.#transactionId(index);
      return { id, index, time: this.time, valid, code: valid ? 0 : 11, ...part };
    });
    this.#transactions += transactions.length;
    this.#height += 1;
    return {
      number,
      hash: hashOf(number),
      previousHash: number === 0 ? '' : hashOf(number - 1),
      transactions,
    };
  }

  #endorse(argument: Uint8Array): Part {
    const context = { time: this.time, transaction: this.#transactionId(0) };
    const { writes } = runFold(record(argument, context), (key) => this.state.get(key));
    for (const [key, row] of writes) this.state.set(key, row);
    const written = [...writes].map(([key, row]) => ({ key, value: storedBytes(key, row) }));
    return { function: 'Record:record', args: [argument], writes: written };
  }

  #transactionId(index: number): string {
    return sha256(`transaction ${this.#transactions + index}`);
  }
}

function hashOf(number: number): string {
  return number === 0 ? chainLedger : sha256(`block ${number}`);
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
