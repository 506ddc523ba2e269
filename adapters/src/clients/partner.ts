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
  /** Of a telephone, 15 digits. The adapter keeps and signs its digest only. */
  readonly imei?: string;
  readonly containerNumber?: string;
  readonly sscc?: string;
}

/** Names a thing that lies in a container; one of them is given. */
export interface Packed {
  readonly partSerial?: string;
  readonly lotNumber?: string;
  readonly unitSerial?: string;
  readonly unitLabel?: string;
  readonly imei?: string;
  readonly innerContainer?: string;
}

/** Names a container by its number or by the label of a logistic unit. */
export interface Container {
  readonly containerNumber?: string;
  readonly sscc?: string;
}

/** What a receiver of a container does not take. */
export type Exception = Packed & {
  readonly exceptionReason: 'missing' | 'damaged' | 'notAsDescribed' | 'documentsMissing' | 'other';
};

/** The slip of a party that is not on the ledger: an enterprise with its licence, or a household by the number of its slip. */
export interface Slip {
  readonly slipSha256: string;
  readonly paperParty?: string;
  readonly paperLicence?: string;
  readonly household?: string;
  readonly massGrams?: number;
  readonly keepsOwner?: 'yes';
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
  sendGoods(
    data: Named & { receiver: string; consignee?: string; keepsOwner?: 'yes' },
    options?: SendOptions,
  ) {
    return this.send('goodsSent', data, options);
  }

  /** Takes a thing over. */
  acceptGoods(data: Named & { sender: string }, options?: SendOptions) {
    return this.send('goodsAccepted', data, options);
  }

  /** Takes a handover back that nobody answered. */
  withdrawGoods(data: Named, options?: SendOptions) {
    return this.send('goodsWithdrawn', data, options);
  }

  registerContainer(
    data: Container & { containerCategory: 'pallet' | 'cage' | 'box' | 'truck' | 'rollContainer' },
    options?: SendOptions,
  ) {
    return this.send('containerRegistered', data, options);
  }

  /** Puts things into a container, a hundred a message. */
  pack(data: Container & { contents: readonly Packed[] }, options?: SendOptions) {
    return this.send('goodsPacked', data, options);
  }

  unpack(data: Container & { contents: readonly Packed[] }, options?: SendOptions) {
    return this.send('goodsUnpacked', data, options);
  }

  /** Takes a container over with what lies in it, but for what is missing or not taken. */
  acceptContainer(
    data: Container & { sender: string; count?: number; exceptions?: readonly Exception[] },
    options?: SendOptions,
  ) {
    return this.send('containerAccepted', data, options);
  }

  /** Hands a thing to a party that is not on the ledger. */
  giveOnPaper(data: Named & Slip, options?: SendOptions) {
    return this.send('goodsGivenOnPaper', data, options);
  }

  /** Takes a thing back from a party that is not on the ledger. */
  receiveOnPaper(data: Named & Slip, options?: SendOptions) {
    return this.send('goodsReceivedOnPaper', data, options);
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
