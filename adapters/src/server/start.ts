import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { HuilianError } from '@huilian/core';
import type { Ledger } from '../inbox/ledger.js';
import { RETRIES, type Retries } from '../inbox/retries.js';
import { Worker } from '../inbox/worker.js';
import type { System } from '../messages/system.js';
import { checkExposure } from './guard.js';
import { Loop } from './loop.js';

export interface AdapterOptions {
  readonly system: System;
  readonly ledger: Ledger;
  /** File of the inbox; made when it is missing. */
  readonly inbox: string;
  readonly host?: string;
  /** 0: any free port. */
  readonly port?: number;
  /** Bearer token that senders need; a must beyond this machine. */
  readonly token?: string | undefined;
  /** Of the channel; without it no message with the IMEI of a telephone is taken. */
  readonly imeiPepper?: Uint8Array | undefined;
  readonly retries?: Retries;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
  /** Told of what went wrong with inbox or lane; the adapter goes on. */
  readonly failed?: (error: unknown) => void;
}

export interface Adapter {
  readonly port: number;
  /** Takes nothing more in, ends the round that is under way, and lets go of the inbox. */
  stop(): Promise<void>;
}

const REQUEST_MS = 75_000;

/**
 * Starts the adapter of one system.
 *
 * @throws HuilianError HL-9230 to HL-9232 of the inbox, HL-9240 without a token beyond this machine, HL-9243 the address is taken
 */
export async function startAdapter(options: AdapterOptions): Promise<Adapter> {
  const { system, ledger, host = '127.0.0.1', port = 0, token, imeiPepper, now = Date.now } = options;
  checkExposure(host, token);
  // Loaded here: who only checks a table does without a web server and a database.
  const [{ adapterApp }, { Inbox }] = await Promise.all([import('./app.js'), import('../inbox/inbox.js')]);
  const inbox = Inbox.open(options.inbox, { system, keyId: ledger.keyId, ledger: ledger.ledger });
  const worker = new Worker(inbox, ledger, { retries: options.retries ?? RETRIES, now });
  const loop = new Loop(worker, now, options.failed ?? (() => undefined));
  const server = createServer(
    { requestTimeout: REQUEST_MS, headersTimeout: 10_000 },
    adapterApp({ system, inbox, loop, now, token, imeiPepper }),
  );
  const end = async (): Promise<void> => {
    await loop.stop();
    inbox.close();
  };
  try {
    server.listen(port, host);
    await once(server, 'listening');
  } catch (cause) {
    await end();
    const reason = cause instanceof Error ? cause.message : '';
    throw new HuilianError('HL-9243', { host, port, reason }, { cause });
  }
  return {
    port: (server.address() as AddressInfo).port,
    stop: async () => {
      const closed = once(server, 'close');
      server.close();
      server.closeIdleConnections();
      setTimeout(() => {
        server.closeAllConnections();
      }, 1_000).unref();
      await closed;
      await end();
    },
  };
}
