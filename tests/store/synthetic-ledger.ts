import { createHash } from 'node:crypto';
import {
  canonical,
  packGroup,
  record,
  rowKey,
  runFold,
  type KeyRow,
  type ParticipantRow,
  type Role,
  type Row,
  type SignedBatch,
} from '@huilian/core';
import type { BlockSource, SourceBlock, SourceTransaction } from '@huilian/gateway-api/model';
import type { Signer } from '../verify/signer.js';

export const start = 1_790_000_000;
export const ledgerId = sha256('a ledger of a test');

type Part = Pick<SourceTransaction, 'function' | 'args' | 'writes'> & { readonly valid?: boolean };

/**
 * A ledger without a network: the real rules make the write sets, and blocks have the shape that the projector reads. The
 * world state can be compared with the read model.
 */
export class SyntheticLedger implements BlockSource {
  readonly sealed: SourceBlock[] = [];
  readonly state = new Map<string, Row>();
  #arrived: (() => void)[] = [];
  #transactions = 0;

  constructor() {
    this.#seal([{ function: '', args: [], writes: [] }]);
  }

  get time(): number {
    return start + this.sealed.length;
  }

  /** A block of transactions, each a group of batches; each is endorsed upon the state that the one before leaves. */
  record(...groups: (readonly SignedBatch[])[]): SourceBlock {
    return this.#seal(groups.map((group) => this.#endorse(packGroup(group))));
  }

  /** A block whose one transaction writes rows as they are. */
  write(rows: Readonly<Record<string, Row>>): SourceBlock {
    for (const [key, row] of Object.entries(rows)) this.state.set(key, row);
    const writes = Object.entries(rows).map(([key, row]) => ({ key, value: canonical(row) }));
    return this.#seal([{ function: 'Administration:seed', args: [], writes }]);
  }

  /** A block of transactions that nobody judged, such as forged ones. */
  append(...parts: readonly Part[]): SourceBlock {
    return this.#seal(parts);
  }

  /** A participant with a countersigned licence for its role, and a key of it. */
  admit(signer: Signer, creditCode: string, role: Role): void {
    const licence = {
      number: 'L-1',
      kind: role,
      categories: ['engine', 'passengerCar', 'iron'],
      annualCapacity: 1_000,
      validFrom: 0,
      validTo: start * 2,
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
    this.write({ [rowKey.participant(creditCode)]: participant, [rowKey.key(signer.keyId)]: key });
  }

  async *blocks(
    from: number,
    options: { readonly signal?: AbortSignal } = {},
  ): AsyncGenerator<{ block: SourceBlock }, void, void> {
    for (let number = from; options.signal?.aborted !== true;) {
      const block = this.sealed[number];
      if (block === undefined) {
        await this.#next(options.signal);
        continue;
      }
      number += 1;
      yield { block };
    }
  }

  height(): Promise<number> {
    return Promise.resolve(this.sealed.length);
  }

  #endorse(argument: Uint8Array): Part {
    const context = { time: this.time, transaction: this.#transactionId(0) };
    const { writes } = runFold(record(argument, context), (key) => this.state.get(key));
    for (const [key, row] of writes) this.state.set(key, row);
    const written = [...writes].map(([key, row]) => ({ key, value: canonical(row) }));
    return { function: 'Record:record', args: [argument], writes: written };
  }

  #seal(parts: readonly Part[]): SourceBlock {
    const number = this.sealed.length;
    const transactions = parts.map(({ valid = true, ...part }, index): SourceTransaction => {
      const id = this.#transactionId(index);
      return { id, index, time: this.time, valid, code: valid ? 0 : 11, ...part };
    });
    this.#transactions += transactions.length;
    const hash = number === 0 ? ledgerId : sha256(`block ${number}`);
    const block = { number, hash, previousHash: this.sealed.at(-1)?.hash ?? '', transactions };
    this.sealed.push(block);
    for (const arrived of this.#arrived.splice(0)) arrived();
    return block;
  }

  #transactionId(index: number): string {
    return sha256(`transaction ${this.#transactions + index}`);
  }

  #next(signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve) => {
      this.#arrived.push(resolve);
      signal?.addEventListener(
        'abort',
        () => {
          resolve();
        },
        { once: true },
      );
    });
  }
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
