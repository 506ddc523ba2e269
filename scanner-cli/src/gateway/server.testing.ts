import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  catalogue,
  checkBatch,
  HuilianError,
  parseCanonical,
  type ErrorCode,
  type Json,
  type Receipt,
} from '@huilian/core';
import { decodeJwt, importJWK, jwtVerify } from 'jose';
import type { Outcome, TestLedger } from './ledger.testing.js';
import { attest, type Endorser } from './organisations.testing.js';

/** How a gateway of a test misbehaves. */
export interface Behaviour {
  /** Answers a request itself: true when it did. */
  instead?: (request: IncomingMessage, response: ServerResponse) => boolean;
  /** The ledger that it says to be of, instead of its own. */
  ledger?: string;
  /** Changes what is said of a batch; the ledger is asked only when `truth` is called. */
  claim?: (truth: () => Outcome, batch: { sequence: number; events: number }) => Outcome;
  /** Changes the receipt before it is signed. */
  receipt?: (receipt: Receipt) => Receipt;
  /** Who signs receipts. */
  endorsers?: readonly Endorser[];
}

/** A gateway for tests: real HTTP in front of a ledger in memory, honest unless it is told to misbehave. */
export class TestGateway {
  /** Requests so far, such as `POST /v1/batches`. */
  readonly requests: string[] = [];
  behaviour: Behaviour = {};
  readonly #server: Server;

  private constructor(private readonly ledger: TestLedger) {
    this.#server = createServer((request, response) => {
      void this.#answer(request, response);
    });
  }

  static async start(ledger: TestLedger, behaviour: Behaviour = {}): Promise<TestGateway> {
    const gateway = new TestGateway(ledger);
    gateway.behaviour = behaviour;
    gateway.#server.listen(0, '127.0.0.1');
    await once(gateway.#server, 'listening');
    return gateway;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    if (!this.#server.listening) return;
    const closed = once(this.#server, 'close');
    this.#server.close();
    this.#server.closeAllConnections();
    await closed;
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    this.requests.push(`${request.method} ${request.url}`);
    if (this.behaviour.instead?.(request, response)) return;
    try {
      const body = await bodyOf(request);
      json(response, 200, await this.#route(request, body));
    } catch (error) {
      problem(response, error instanceof HuilianError ? error.code : 'HL-4099');
    }
  }

  async #route(request: IncomingMessage, body: Uint8Array): Promise<unknown> {
    const [, , noun, keyId = '', sequence] = (request.url ?? '').split('/');
    if (noun === 'ledger') return { ledger: this.behaviour.ledger ?? this.ledger.trust.ledger, block: 0 };
    if (noun === 'token') return this.#token(Buffer.from(body).toString());
    if (noun === 'batches') return { batches: this.#record(body) };
    if (request.headers.authorization !== 'Bearer good') throw new HuilianError('HL-4010');
    if (noun === 'receipts') return this.#receipt(keyId, Number(sequence));
    const lane = this.ledger.lane(keyId);
    if (noun !== 'lanes' || !lane) throw new HuilianError('HL-3017');
    return { keyId, ...lane };
  }

  async #token(form: string): Promise<unknown> {
    const assertion = new URLSearchParams(form).get('client_assertion') ?? '';
    const key = this.ledger.publicKey(decodeJwt(assertion).iss ?? '');
    if (!key) throw new HuilianError('HL-3001');
    await jwtVerify(assertion, await importJWK({ kty: 'EC', crv: 'P-256', ...key }, 'ES256'), {
      audience: `${this.url}/v1/token`,
    });
    return { access_token: 'good', token_type: 'Bearer', expires_in: 600 };
  }

  #record(body: Uint8Array): Outcome[] {
    const { batches } = parseCanonical(body) as unknown as { batches: readonly Json[] };
    return batches.map((value) => {
      const batch = checkBatch(value);
      const truth = (): Outcome => this.ledger.record(batch);
      const { sequence, count: events } = batch.header;
      return this.behaviour.claim?.(truth, { sequence, events }) ?? truth();
    });
  }

  #receipt(keyId: string, sequence: number): unknown {
    const receipt = this.ledger.receipt(keyId, sequence);
    const { receipt: change = (same: Receipt) => same, endorsers } = this.behaviour;
    return attest(change(receipt), endorsers ?? this.ledger.endorsers.slice(0, 2));
  }
}

/** Sends a problem document (RFC 9457) with its status. */
export function problem(
  response: ServerResponse,
  code: ErrorCode,
  headers: Readonly<Record<string, string>> = {},
): void {
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  json(response, catalogue[code].http, { type: `/v1/errors/${code}`, status: catalogue[code].http, code });
}

function json(response: ServerResponse, status: number, value: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(value));
}

async function bodyOf(request: IncomingMessage): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
