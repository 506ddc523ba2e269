import { readStored, storedBytes, type Row, type Submitter } from '@huilian/core';
import type { Context } from 'fabric-contract-api';
import { peerOf, type PeerLink, type PeerMessage, type PeerStream } from './runtime/batch-peer.js';
import { TransactionState } from './runtime/transaction-state.js';

/** One page of the world state. */
export interface Page {
  readonly rows: readonly (readonly [key: string, row: Row])[];
  /** Where the next page begins; empty after the last. */
  readonly bookmark: string;
}

/** What the pinned shim's stub and handler keep to themselves. Another version of the shim needs another look. */
interface OpenStub {
  readonly channel_id: string;
  readonly txId: string;
  readonly handler: {
    readonly _stream: PeerStream;
    _askPeerAndListen(message: PeerMessage, method: string): Promise<Buffer>;
  };
}

const states = new WeakMap<Context['stub'], TransactionState>();

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
    const values = await this.#state.read(keys);
    return new Map([...values].map(([key, value]) => [key, rowOf(key, value)]));
  }

  /** Writes rows, and deletes those that are undefined. They reach the peer with {@link flush}; reads see them at once. */
  write(rows: ReadonlyMap<string, Row | undefined>): void {
    for (const [key, row] of rows) this.#state.write(key, row && storedBytes(key, row));
  }

  /** Gives the writes to the peer, when the transaction has succeeded. */
  async flush(): Promise<void> {
    await this.#state.flush();
  }

  /** The state of the transaction, which all ledgers of its context share. */
  get #state(): TransactionState {
    const { stub } = this.#context;
    const state = states.get(stub) ?? new TransactionState(peerOf(linkOf(stub)));
    states.set(stub, state);
    return state;
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
      const row = rowOf(value.key, value.value);
      if (row !== undefined) rows.push([value.key, row]);
    }
    await iterator.close();
    return { rows, bookmark: '' };
  }
}

function linkOf(stub: Context['stub']): PeerLink {
  const { channel_id: channel, txId: transaction, handler } = stub as unknown as OpenStub;
  return {
    channel,
    transaction,
    stream: handler._stream,
    ask: (message, method) => handler._askPeerAndListen(message, method),
    get: (key) => stub.getState(key),
    put: (key, value) => stub.putState(key, value),
    delete: (key) => stub.deleteState(key),
  };
}

function rowOf(key: string, value: Uint8Array | undefined): Row | undefined {
  return value === undefined || value.length === 0 ? undefined : readStored(key, value);
}
