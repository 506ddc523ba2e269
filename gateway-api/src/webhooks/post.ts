import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { rootCertificates } from 'node:tls';
import type { Message } from './payload.js';
import { readRetryAfter } from './schedule.js';
import type { SignedHeaders } from './secrets.js';
import { AddressRefused, type Targets } from './targets.js';
import type { FailureCode } from './webhook.js';

/** What came of an attempt. */
export type Outcome =
  | { readonly delivered: true; readonly status: number }
  | {
      readonly delivered: false;
      readonly code: FailureCode;
      readonly status?: number;
      /** Milliseconds. */
      readonly retryAfter?: number;
    };

/** So much of an answer is read, so that its connection can be used again; of the rest nobody wants to know. */
const answerBytes = 16_384;
const answerMilliseconds = 1_000;
const freeConnections = 64;

export interface PosterOptions {
  readonly targets: Targets;
  /** Until the status of the answer is there, milliseconds. */
  readonly timeoutMilliseconds: number;
  /** Certificates (PEM) that are trusted beside Node's own. */
  readonly ca?: string | undefined;
}

/** Posts messages: to allowed addresses, without following redirects, bounded in time and in what is read. */
export class Poster {
  readonly #http: HttpAgent;
  readonly #https: HttpsAgent;

  constructor(private readonly options: PosterOptions) {
    const { ca, timeoutMilliseconds } = options;
    // An idle connection is kept for longer than an attempt may take, and no longer than most receivers do.
    const kept = { keepAlive: true, maxFreeSockets: freeConnections, timeout: timeoutMilliseconds + 5_000 };
    this.#http = new HttpAgent(kept);
    this.#https = new HttpsAgent(ca === undefined ? kept : { ...kept, ca: [...rootCertificates, ca] });
  }

  /** Never rejects. @param stop fires when the gateway ends; the outcome is then unknown and told as a failure */
  async post(address: string, headers: SignedHeaders, message: Message, stop: AbortSignal): Promise<Outcome> {
    if (!this.options.targets.permits(address)) return { delivered: false, code: 'HL-4093' };
    const { signal, done } = limited(stop, this.options.timeoutMilliseconds);
    try {
      const first = await this.#attempt(address, headers, message, signal);
      // A connection that was kept may have been closed by the receiver at the same moment: that says nothing about it.
      const again = first === 'stale' ? await this.#attempt(address, headers, message, signal) : first;
      return again === 'stale' ? { delivered: false, code: 'HL-4090' } : again;
    } finally {
      done();
    }
  }

  close(): void {
    this.#http.destroy();
    this.#https.destroy();
  }

  #attempt(
    address: string,
    headers: SignedHeaders,
    { body }: Message,
    signal: AbortSignal,
  ): Promise<Outcome | 'stale'> {
    const bytes = Buffer.from(body);
    const isSecure = address.startsWith('https:');
    return new Promise((resolve) => {
      const request = (isSecure ? httpsRequest : httpRequest)(address, {
        method: 'POST',
        agent: isSecure ? this.#https : this.#http,
        lookup: this.options.targets.lookup,
        signal,
        headers: {
          ...headers,
          'content-type': 'application/json',
          'content-length': bytes.length,
          'user-agent': 'huilian-webhooks/1',
        },
      });
      let answered = false;
      request.once('response', (response) => {
        answered = true;
        void drained(response).then(() => {
          resolve(outcomeOf(response));
        });
      });
      request.on('error', (error: NodeJS.ErrnoException) => {
        // Once there is a status, it counts.
        if (answered) return;
        const isStale = request.reusedSocket && (error.code === 'ECONNRESET' || error.code === 'EPIPE');
        resolve(isStale && !signal.aborted ? 'stale' : failureOf(error, signal));
      });
      // An answer that changes the protocol closes the connection without an error.
      request.once('close', () => {
        if (!answered) resolve({ delivered: false, code: 'HL-4090' });
      });
      request.end(bytes);
    });
  }
}

/** A signal for one attempt. Not `AbortSignal.any`: each use of it would leave something behind at a signal that lives long. */
function limited(
  stop: AbortSignal,
  milliseconds: number,
): { readonly signal: AbortSignal; readonly done: () => void } {
  const controller = new AbortController();
  const cut = (): void => {
    controller.abort();
  };
  const timer = setTimeout(cut, milliseconds);
  stop.addEventListener('abort', cut, { once: true });
  if (stop.aborted) cut();
  const done = (): void => {
    clearTimeout(timer);
    stop.removeEventListener('abort', cut);
  };
  return { signal: controller.signal, done };
}

function failureOf(error: Error, signal: AbortSignal): Outcome {
  if (error instanceof AddressRefused) return { delivered: false, code: 'HL-4093' };
  return { delivered: false, code: signal.aborted ? 'HL-4091' : 'HL-4090' };
}

/** A redirect is a failure like any other status outside 2xx. */
function outcomeOf({ statusCode: status = 0, headers }: IncomingMessage): Outcome {
  if (status >= 200 && status < 300) return { delivered: true, status };
  const retryAfter = readRetryAfter(headers['retry-after'], Date.now());
  return {
    delivered: false,
    code: 'HL-4092',
    status,
    ...(retryAfter === undefined ? {} : { retryAfter }),
  };
}

/** Ends when the answer ends, or is longer than anybody reads, or does not end: then the connection is cut. */
function drained(response: IncomingMessage): Promise<void> {
  return new Promise((resolve) => {
    let bytes = 0;
    const cut = (): void => void response.destroy();
    const timer = setTimeout(cut, answerMilliseconds);
    response.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > answerBytes) cut();
    });
    response.on('error', () => undefined);
    response.once('close', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
