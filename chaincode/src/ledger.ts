import { canonical, parseCanonical, type Row, type Submitter } from '@huilian/core';
import type { Context } from 'fabric-contract-api';

/** One page of the world state. */
export interface Page {
  readonly rows: readonly (readonly [key: string, row: Row])[];
  /** Where the next page begins; empty after the last. */
  readonly bookmark: string;
}

/**
 * The world state and the transaction as the contracts see them. The one file that touches the chaincode stub.
 */
export class Ledger {
  readonly #context: Context;

  constructor(context: Context) {
    this.#context = context;
  }

  /** An argument as the bytes that the client sent; 0 is the first after the function's name. */
  argument(index: number): Uint8Array {
    // The shim has this method and its types leave it out; getArgs would decode bytes as text.
    const { stub } = this.#context as unknown as { stub: { getBufferArgs(): Buffer[] } };
    return stub.getBufferArgs()[index + 1] ?? new Uint8Array();
  }

  /** The name of the function as the client wrote it. */
  get function(): string {
    return this.#context.stub.getFunctionAndParameters().fcn;
  }

  get transaction(): string {
    return this.#context.stub.getTxID();
  }

  /** The transaction's timestamp in seconds: its client's claim, bounded by the clock check. */
  get time(): number {
    return Number(this.#context.stub.getTxTimestamp().seconds);
  }

  /** Who submits: organisation and role attribute of the certificate. */
  get submitter(): Submitter {
    const identity = this.#context.clientIdentity;
    return { mspId: identity.getMSPID(), role: identity.getAttributeValue('role') ?? undefined };
  }

  /** Reads rows. Every key asked for is in the answer, undefined where there is no row. */
  async read(keys: readonly string[]): Promise<Map<string, Row | undefined>> {
    const values = await Promise.all(keys.map((key) => this.#context.stub.getState(key)));
    return new Map(keys.map((key, index) => [key, rowOf(values[index])]));
  }

  /** Writes rows in the order given, which the caller has sorted. */
  async write(rows: ReadonlyMap<string, Row>): Promise<void> {
    for (const [key, row] of rows) await this.#context.stub.putState(key, canonical(row));
  }

  /** A page of the world state from a key on, for those who compare it. Never part of a transaction that writes. */
  async page(start: string, size: number): Promise<Page> {
    const rows: [string, Row][] = [];
    const iterator = await this.#context.stub.getStateByRange(start, '');
    for (;;) {
      // After the last row the shim answers without a value, which its types leave out.
      const { value } = (await iterator.next()) as { value?: { key: string; value: Uint8Array } };
      if (value === undefined) break;
      if (rows.length === size) {
        await iterator.close();
        return { rows, bookmark: value.key };
      }
      const row = rowOf(value.value);
      if (row !== undefined) rows.push([value.key, row]);
    }
    await iterator.close();
    return { rows, bookmark: '' };
  }
}

function rowOf(value: Uint8Array | undefined): Row | undefined {
  return value === undefined || value.length === 0 ? undefined : (parseCanonical(value) as unknown as Row);
}
