import { randomUUID } from 'node:crypto';
import type { MessageReport } from '../server/report.js';

export interface PartnerOptions {
  /** Token of the adapter, where it has one. */
  readonly token?: string;
  readonly language?: 'zh-CN' | 'en';
  /** How long an answer waits for the verdict of the ledger, seconds. */
  readonly waitSeconds?: number;
}

/** What a message has beside its data. */
export interface SendOptions {
  /** Without it, a new one. Who is not told of the answer sends again under the same. */
  readonly id?: string;
  /** RFC 3339. */
  readonly time?: string;
  /** Id of a refused message that this one offers again. */
  readonly cites?: string;
  /** Id of a message that was declared wrong, in whose place this one stands. */
  readonly replaces?: string;
}

/** Why something was wrong. */
export interface Mistake {
  readonly correctionReason: string;
  /** Version of the table of terms. */
  readonly termVersion: number;
}

/** Names a thing; one of them is given. */
export interface Named {
  readonly vin?: string;
  readonly partSerial?: string;
  readonly packCode?: string;
  readonly lotNumber?: string;
  readonly unitSerial?: string;
  readonly unitLabel?: string;
}

/** An adapter said no, with its problem document. */
export class Refused extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly problem: Readonly<Record<string, unknown>>,
  ) {
    super(`${status} ${code}`);
  }
}

/**
 * How a partner's system speaks to the adapter: plain HTTP and JSON. The classes beside it name the messages of each system; a system in
 * another language does the same by the dictionary.
 */
export class Partner {
  constructor(
    /** `http://host:port` */
    private readonly address: string,
    private readonly options: PartnerOptions = {},
  ) {}

  /** Sends a message and answers what became of it so far. @throws Refused */
  send(
    type: string,
    data: object,
    { id = randomUUID(), time, cites, replaces }: SendOptions = {},
  ): Promise<MessageReport> {
    const message = {
      id,
      type,
      version: 1,
      time: time ?? new Date().toISOString(),
      ...(cites === undefined ? {} : { cites }),
      ...(replaces === undefined ? {} : { replaces }),
      data,
    };
    return this.post(JSON.stringify(message));
  }

  /** Hands a thing over. */
  sendGoods(data: Named & { receiver: string }, options?: SendOptions) {
    return this.send('goodsSent', data, options);
  }

  /** Takes a thing over. */
  acceptGoods(data: Named & { sender: string }, options?: SendOptions) {
    return this.send('goodsAccepted', data, options);
  }

  /** Declares an own message wrong. */
  declareWrong(data: Mistake & { wrongMessage: string }, options?: SendOptions) {
    return this.send('messageWrong', data, options);
  }

  /** Agrees that an event of the other hand was wrong. */
  agreeCorrection(
    data: Named & { wrongEvent: string; wrongEventType?: string; termVersion: number },
    options?: SendOptions,
  ) {
    return this.send('correctionAgreed', data, options);
  }

  /** Sends the very bytes of a message. @throws Refused */
  post(body: string): Promise<MessageReport> {
    const wait = this.options.waitSeconds ?? 30;
    const headers = { 'content-type': 'application/json', prefer: `wait=${wait}` };
    return this.#answer('/v1/messages', { method: 'POST', body, headers });
  }

  /** What became of a message. @throws Refused HL-9204 */
  report(id: string): Promise<MessageReport> {
    return this.#answer(`/v1/messages/${encodeURIComponent(id)}`, { method: 'GET', headers: {} });
  }

  async #answer(
    path: string,
    { headers, ...rest }: { method: string; body?: string; headers: Readonly<Record<string, string>> },
  ): Promise<MessageReport> {
    const { token, language = 'en' } = this.options;
    const response = await fetch(this.address + path, {
      ...rest,
      headers: {
        ...headers,
        'accept-language': language,
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      },
      redirect: 'error',
    });
    const body = (await response.json()) as Readonly<Record<string, unknown>>;
    if (!response.ok) throw new Refused(response.status, String(body['code']), body);
    return body as unknown as MessageReport;
  }
}
