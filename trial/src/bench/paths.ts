import { canonical, packGroup, type SignedBatch } from '@huilian/core';
import type { LedgerConnection } from '@huilian/fabric';
import type { BatchResult } from '../gateway-client.js';

/** What is sent at once, packed before the clock runs. */
export interface Parcel {
  readonly bytes: Uint8Array;
  readonly events: number;
}

/** A way from a device to the ledger. */
export interface Path {
  /** Packs what one device hands in at once. */
  pack(batches: readonly SignedBatch[]): Parcel[];
  /** Ends when it is committed. */
  send(bytes: Uint8Array): Promise<void>;
}

const eventsOf = (batches: readonly SignedBatch[]): number =>
  batches.reduce((sum, { header }) => sum + header.count, 0);

/** From the client to the peers, one batch a transaction, packed as the relay packs. */
export function directPath(ledger: LedgerConnection): Path {
  return {
    pack: (batches) => batches.map((batch) => ({ bytes: packGroup([batch]), events: batch.header.count })),
    async send(bytes) {
      await ledger.submit('Record:record', [bytes]);
    },
  };
}

/** Over HTTP through a gateway, all batches of a moment in one request. */
export function gatewayPath(url: string): Path {
  return {
    pack: (batches) => [{ bytes: canonical({ batches }), events: eventsOf(batches) }],
    async send(bytes) {
      const response = await fetch(`${url}/v1/batches`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: Buffer.from(bytes),
      });
      const text = await response.text();
      if (response.status !== 200) throw new Error(`POST /v1/batches: ${response.status} ${text}`);
      const { batches } = JSON.parse(text) as { batches: BatchResult[] };
      const other = batches.find(({ status }) => status !== 'recorded');
      if (other) throw new Error(`a batch was not recorded: ${JSON.stringify(other)}`);
    },
  };
}
