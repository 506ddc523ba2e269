import { batchBytes, HuilianError, type Attestation, type SignedBatch, type Tag } from '@huilian/core';
import type { z } from 'zod';
import type { StoredKey } from '../keys/index.js';
import { answers, readAnswer, type BatchResult } from './answers.js';
import { Http, type GatewayOptions, type Sent } from './http.js';
import { tokenFor, type HeldToken } from './token.js';

/** Where a gateway says that a lane stands. */
export type GatewayLane = z.output<typeof answers.lane>;
type GatewayTag = z.output<typeof answers.tags>['tags'][number];
type RecordedAnswer = z.output<typeof answers.recorded>;

/** Codes of a gateway that knows no such thing. */
const ABSENT: readonly string[] = ['HL-3017', 'HL-3018', 'HL-3040', 'HL-4040'];

/** Gateways of this process that were found to serve a ledger, by address and ledger. */
const serves = new Set<string>();

/** One gateway, over HTTP. It relays and is not believed. */
export class Gateway {
  readonly #http: Http;
  readonly #token: string | undefined;
  #key: StoredKey | undefined;
  #held: HeldToken | undefined;

  constructor(url: string, options: GatewayOptions = {}) {
    this.#http = new Http(url.replace(/\/+$/, ''), options);
    this.#token = options.token;
  }

  get url(): string {
    return this.#http.url;
  }

  /**
   * From now on requests carry a token that this key earns when the first one is needed, and a gateway of another ledger
   * than the key's is told apart (HL-3009) before it sees token or batch.
   */
  use(key: StoredKey): this {
    this.#key = key;
    this.#held = undefined;
    return this;
  }

  /** An access token for a key. @throws HuilianError HL-3001 to HL-3003, HL-4012, HL-7015, HL-7017 */
  async token(key: StoredKey): Promise<string> {
    return (await tokenFor(this.#http, key)).token;
  }

  /**
   * JSON of a GET, or undefined when there is no such thing. The shape is for the caller to check.
   *
   * @throws HuilianError the problem's code, HL-7015, HL-7017
   */
  async get<T>(path: string): Promise<T | undefined> {
    try {
      return (await this.#get(path)) as T;
    } catch (error) {
      if (error instanceof HuilianError && ABSENT.includes(error.code)) return undefined;
      throw error;
    }
  }

  /**
   * Asks for a change of what the gateway itself keeps.
   *
   * @returns the JSON of the answer, undefined without one; the shape is for the caller to check
   * @throws HuilianError the problem's code, HL-7015, HL-7017
   */
  async change<T>(method: 'POST' | 'DELETE', path: string, body?: unknown): Promise<T | undefined> {
    const { json } = await this.#http.send(path, {
      method,
      ...jsonSent(await this.#authorization(), body),
      isOnce: true,
    });
    return json as T | undefined;
  }

  /**
   * Hands batches in and waits for their commit. A batch proves itself, so no token goes with it.
   *
   * @throws HuilianError the problem's code, HL-7015, HL-7017 also when the answers are not for these batches, HL-3009
   */
  async submit(batches: readonly SignedBatch[]): Promise<readonly BatchResult[]> {
    const path = '/v1/batches';
    await this.#checkLedger();
    const bodies = batches.map((batch) => Buffer.from(batchBytes(batch)).toString('utf8'));
    const { json } = await this.#http.send(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: Buffer.from(`{"batches":[${bodies.join(',')}]}`),
    });
    const results = readAnswer(answers.batches, json, this.url + path).batches;
    const fits = batches.every(({ header }, place) => {
      const result = results[place];
      return result?.keyId === header.keyId && result.sequence === header.sequence;
    });
    if (!fits || results.length !== batches.length)
      throw new HuilianError('HL-7017', { address: this.url + path, field: 'batches' });
    return results;
  }

  /** A recorded batch as the read model shows it, or undefined. */
  async recorded(keyId: string, sequence: number): Promise<RecordedAnswer | undefined> {
    const path = `/v1/batches/${keyId}/${sequence}`;
    const json = await this.get<unknown>(path);
    return json === undefined ? undefined : readAnswer(answers.recorded, json, this.url + path);
  }

  /**
   * Receipt of a recorded batch, not yet checked.
   *
   * @throws HuilianError HL-3018 when it is not recorded, and as {@link get}
   */
  async receipt(keyId: string, sequence: number): Promise<Attestation> {
    const path = `/v1/receipts/${keyId}/${sequence}`;
    return readAnswer(answers.attestation, await this.#get(path), this.url + path);
  }

  /** Where the lane of a key stands; the beginning when nothing is recorded yet. */
  async lane(keyId: string): Promise<GatewayLane> {
    const path = `/v1/lanes/${keyId}`;
    const json = await this.get<unknown>(path);
    return json === undefined ? { next: 1, head: '' } : readAnswer(answers.lane, json, this.url + path);
  }

  /**
   * Those of up to 200 tags that are bound, with the items that they name.
   *
   * @throws HuilianError as {@link get}
   */
  async tags(tags: readonly Tag[]): Promise<readonly GatewayTag[]> {
    const path = '/v1/tags/lookup';
    const sent = jsonSent(await this.#authorization(), { tags });
    const { json } = await this.#http.send(path, { method: 'POST', ...sent });
    return readAnswer(answers.tags, json, this.url + path).tags;
  }

  async #get(path: string): Promise<unknown> {
    const { json } = await this.#http.send(path, { method: 'GET', headers: await this.#authorization() });
    return json;
  }

  async #authorization(): Promise<Record<string, string>> {
    if (this.#token !== undefined) return { authorization: `Bearer ${this.#token}` };
    if (this.#key === undefined) return {};
    await this.#checkLedger();
    if (this.#held === undefined || this.#held.until <= Date.now() / 1000)
      this.#held = await tokenFor(this.#http, this.#key);
    return { authorization: `Bearer ${this.#held.token}` };
  }

  /** A gateway of another ledger would call the key unknown, which says the wrong thing. @throws HuilianError HL-3009 */
  async #checkLedger(): Promise<void> {
    const wanted = this.#key?.trust.ledger;
    if (wanted === undefined || serves.has(`${this.url} ${wanted}`)) return;
    const path = '/v1/ledger';
    const { json } = await this.#http.send(path, { method: 'GET' });
    const { ledger } = readAnswer(answers.ledger, json, this.url + path);
    if (ledger !== wanted) throw new HuilianError('HL-3009', { gateway: this.url, ledger, expected: wanted });
    serves.add(`${this.url} ${wanted}`);
  }
}

function jsonSent(authorization: Readonly<Record<string, string>>, body: unknown): Omit<Sent, 'method'> {
  if (body === undefined) return { headers: authorization };
  return {
    headers: { ...authorization, 'content-type': 'application/json' },
    body: Buffer.from(JSON.stringify(body)),
  };
}
