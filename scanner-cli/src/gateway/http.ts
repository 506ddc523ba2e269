import { setTimeout as sleep } from 'node:timers/promises';
import { HuilianError } from '@huilian/core';
import { errorOfProblem } from './answers.js';

export interface GatewayOptions {
  /** How long one answer may take, milliseconds. */
  readonly timeoutMs?: number;
  /** Bearer token for everything that needs one; without it, `Gateway.use` gives a key that earns one. */
  readonly token?: string;
  /** How often a request is sent again when the gateway says that it is busy. */
  readonly retries?: number;
  /** Longest wait before such a resend, milliseconds, whatever the gateway asks for. */
  readonly longestWaitMs?: number;
}

export interface Sent {
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array | URLSearchParams;
  /** It would do more when it came twice. */
  readonly isOnce?: true;
}

export interface Answer {
  readonly status: number;
  readonly json: unknown;
}

const TIMEOUT_MS = 40_000;
const RETRIES = 3;
const LONGEST_WAIT_MS = 60_000;
/** No answer of the interface is longer, bytes. */
const LONGEST_ANSWER = 8 * 1_048_576;
const BUSY: readonly number[] = [429, 503];
/** How a connection fails that was closed from the other side. */
const CLOSED: readonly string[] = ['UND_ERR_SOCKET', 'ECONNRESET', 'EPIPE'];

/** HTTP as the scanner speaks it: bounded in time and size, patient with a busy gateway, never redirected. */
export class Http {
  readonly #timeoutMs: number;
  readonly #retries: number;
  readonly #longestWaitMs: number;

  constructor(
    readonly url: string,
    options: GatewayOptions = {},
  ) {
    this.#timeoutMs = options.timeoutMs ?? TIMEOUT_MS;
    this.#retries = options.retries ?? RETRIES;
    this.#longestWaitMs = options.longestWaitMs ?? LONGEST_WAIT_MS;
  }

  /**
   * Sends a request. A busy gateway (429, 503) is asked again after the time it names, a few times.
   *
   * @throws HuilianError HL-7015 unreachable or silent, HL-7017 not an answer of a gateway, or the code of its problem
   */
  async send(path: string, sent: Sent): Promise<Answer> {
    for (let attempt = 0; ; attempt += 1) {
      const response = await this.#fetch(path, sent);
      const json = await this.#body(path, response);
      if (response.ok) return { status: response.status, json };
      if (!BUSY.includes(response.status) || attempt >= this.#retries)
        throw errorOfProblem(json, response.status, this.url + path);
      await sleep(this.#wait(response.headers.get('retry-after'), attempt));
    }
  }

  #wait(asked: string | null, attempt: number): number {
    return Math.min(askedWait(asked) ?? 1000 * 2 ** attempt, this.#longestWaitMs);
  }

  /**
   * A connection that idled may be closed just when it is used again, above all by a client that was busy with itself. So whatever may
   * come twice is sent a second time (RFC 9110, section 9.2.2), on another connection.
   */
  async #fetch(path: string, sent: Sent): Promise<Response> {
    try {
      return await this.#once(path, sent);
    } catch (error) {
      if (
        sent.isOnce ||
        !(error instanceof HuilianError) ||
        !CLOSED.includes(String(error.details['reason']))
      )
        throw error;
      return this.#once(path, sent);
    }
  }

  async #once(path: string, { method, headers, body }: Sent): Promise<Response> {
    try {
      return await fetch(this.url + path, {
        method,
        headers: { accept: 'application/json', ...headers },
        ...(body === undefined ? {} : { body }),
        redirect: 'error',
        signal: AbortSignal.timeout(this.#timeoutMs),
      });
    } catch (cause) {
      throw unreachable(this.url, cause);
    }
  }

  async #body(path: string, response: Response): Promise<unknown> {
    const text = await this.#text(path, response);
    // No content, so no JSON either.
    if (response.status === 204) return undefined;
    try {
      return JSON.parse(text) as unknown;
    } catch (cause) {
      throw new HuilianError('HL-7017', { address: this.url + path, status: response.status }, { cause });
    }
  }

  async #text(path: string, response: Response): Promise<string> {
    const chunks: Uint8Array[] = [];
    let length = 0;
    try {
      for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
        length += chunk.length;
        if (length > LONGEST_ANSWER)
          throw new HuilianError('HL-7017', { address: this.url + path, bytes: length });
        chunks.push(chunk);
      }
    } catch (cause) {
      if (cause instanceof HuilianError) throw cause;
      throw unreachable(this.url, cause);
    }
    return Buffer.concat(chunks).toString('utf8');
  }
}

/** Retry-After (RFC 9110, section 10.2.3) in milliseconds: a number of seconds or a date. */
function askedWait(asked: string | null): number | undefined {
  if (asked === null) return undefined;
  if (/^\d{1,6}$/.test(asked)) return Number(asked) * 1000;
  const date = Date.parse(asked);
  return Number.isNaN(date) ? undefined : Math.max(0, date - Date.now());
}

function unreachable(address: string, cause: unknown): HuilianError {
  return new HuilianError('HL-7015', { address, reason: reasonOf(cause) }, { cause });
}

/** The code that the operating system gave, such as ECONNREFUSED, or what kind of failure it was. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  const { cause } = error;
  if (cause instanceof Error && 'code' in cause && typeof cause.code === 'string') return cause.code;
  return error.name === 'TimeoutError' ? 'timeout' : error.name;
}
