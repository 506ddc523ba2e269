import { randomUUID } from 'node:crypto';
import { dirname, resolve } from 'node:path';
import {
  canonical,
  creditCodeCheck,
  itemIdOf,
  type LedgerEvent,
  type Role,
  type SignedBatch,
  type Verdict,
} from '@huilian/core';
import type { Signer } from '@huilian/core/testing';
import { readConfig, routes, startGateway, type Gateway } from '@huilian/gateway-api';
import { importJWK, SignJWT } from 'jose';
import { expect, vi } from 'vitest';
import { recordGroup } from '../verify/history.js';
import { freshSigner, newNonce } from '../verify/signer.js';
import { startTrialNetwork, type TrialNetwork } from '../verify/trial-network.js';
import { numbered } from '@huilian/core/testing';

export { freshSigner, newNonce };

/** Seconds since 1970. */
export const now = (): number => Math.floor(Date.now() / 1000);

export const codes = {
  plant: withCheck('91330100MA27ABCD0'),
  shop: withCheck('91440300MA5FEDCB1'),
  stranger: withCheck('91440300MA5FEDCB2'),
};

/** A network with three enterprises, the offices that administer them, and gateways in front of it. */
export interface World {
  readonly network: TrialNetwork;
  readonly home: string;
  readonly recyclingOffice: Signer;
  readonly aftermarketOffice: Signer;
  readonly oversightOffice: Signer;
  /** Oversight acts by two keys. */
  readonly secondOversightOffice: Signer;
  readonly plant: Signer;
  readonly shop: Signer;
  readonly stranger: Signer;
  /** Starts a gateway, and waits until it is ready unless it is told that it will not be. */
  gateway(settings?: Readonly<Record<string, string>>, expected?: 'ready' | 'unready'): Promise<Client>;
  stop(): Promise<void>;
}

export async function startWorld(): Promise<World> {
  const network = await startTrialNetwork();
  const home = resolve(dirname(network.description.genesisBlock), '..', '..');
  const { ledger } = network.trust;
  const signer = (): Signer => freshSigner(ledger);
  const people = { plant: signer(), shop: signer(), stranger: signer() };
  const recyclingOffice = await administrator(network, 'RecyclingMSP');
  const aftermarketOffice = await administrator(network, 'AftermarketMSP');
  const oversightOffice = await administrator(network, 'OversightMSP');
  const secondOversightOffice = await administrator(network, 'OversightMSP');
  const connection = await network.connect('RecyclingMSP');
  await recordGroup(connection, [
    recyclingOffice.batch(enterprise(codes.plant, 'dismantler', people.plant)),
    aftermarketOffice.batch([
      ...enterprise(codes.shop, 'repairShop', people.shop),
      ...enterprise(codes.stranger, 'repairShop', people.stranger),
    ]),
  ]);
  const gateways: Gateway[] = [];
  return {
    network,
    home,
    recyclingOffice,
    aftermarketOffice,
    oversightOffice,
    secondOversightOffice,
    ...people,
    async gateway(settings = {}, expected = 'ready') {
      const directory = resolve(home, `gateway-${gateways.length}`);
      const config = readConfig({
        HUILIAN_HOME: home,
        PORT: '0',
        LOG_LEVEL: 'silent',
        READ_MODEL_DIRECTORY: directory,
        ...settings,
      });
      const gateway = await startGateway(config);
      gateways.push(gateway);
      const client = new Client(`http://127.0.0.1:${gateway.port}`);
      if (expected === 'unready') return client;
      await vi.waitFor(async () => expect((await client.get('/readyz')).status).toBe(200), {
        timeout: 20_000,
        interval: 50,
      });
      return client;
    },
    async stop() {
      await Promise.all(gateways.map((gateway) => gateway.stop()));
      await network.stop();
    },
  };
}

/** What became of a batch, as it is answered. */
interface BatchBody {
  readonly status: string;
  readonly sequence: number;
  readonly verdicts: Verdict[];
  readonly block: number;
}

/** Members of JSON answers that tests look into; each answer has some of them. */
interface Body {
  readonly code: string;
  readonly access_token?: string;
  readonly expires_in: number;
  readonly block: number;
  readonly digest: string;
  readonly batches: readonly [BatchBody, ...BatchBody[]];
  readonly items: readonly { readonly item: string }[];
  readonly tags: readonly { readonly item: string }[];
  readonly events: readonly { readonly event: { readonly type: string } }[];
  readonly rows: readonly (readonly [key: string, row: unknown])[];
  readonly participants: readonly unknown[];
  readonly keys: readonly unknown[];
  readonly ancestors: readonly { readonly item: string }[];
  readonly descendants: readonly { readonly item: string }[];
  readonly endorsements: readonly { readonly endorser: string }[];
  readonly checks: readonly { readonly name: string; readonly ready: boolean; readonly code?: string }[];
}

/** What a gateway answered. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** Empty when the answer is no JSON. */
  readonly body: Body;
}

/** Speaks to one gateway over its socket. */
export class Client {
  /** @param address `http://host:port`. */
  constructor(readonly address: string) {}

  get port(): number {
    return Number(new URL(this.address).port);
  }

  /** The same, for another gateway. */
  at(address: string): Client {
    return new Client(address);
  }

  async get(path: string, token?: string, headers: Record<string, string> = {}): Promise<Answer> {
    const authorization: Record<string, string> =
      token === undefined ? {} : { authorization: `Bearer ${token}` };
    return answerOf(
      await fetch(`${this.address}${path}`, {
        headers: { ...authorization, ...headers },
        redirect: 'manual',
      }),
      'get',
    );
  }

  async post(path: string, body: Uint8Array | string, headers: Record<string, string> = {}): Promise<Answer> {
    const bytes = typeof body === 'string' ? body : Buffer.from(body);
    const type = { 'content-type': 'application/json' };
    return answerOf(
      await fetch(`${this.address}${path}`, {
        method: 'POST',
        body: bytes,
        headers: { ...type, ...headers },
      }),
      'post',
    );
  }

  submit(batches: readonly SignedBatch[], headers: Record<string, string> = {}): Promise<Answer> {
    return this.post('/v1/batches', canonical({ batches }), headers);
  }

  /** Hands events in and answers the verdicts, when they can be read. */
  async record(signer: Signer, events: readonly LedgerEvent[]): Promise<Verdict[]> {
    const { body, status, text } = await this.submit([signer.batch(events)]);
    const [result] = status === 200 ? body.batches : [];
    if (result?.status !== 'recorded') throw new Error(text);
    await this.get(`/v1/rulesets/active?minBlock=${result.block}`);
    return result.verdicts;
  }

  async assertion(signer: Signer, changes: Readonly<Record<string, unknown>> = {}): Promise<string> {
    const claims = {
      iss: signer.keyId,
      sub: signer.keyId,
      aud: `${this.address}/v1/token`,
      exp: now() + 120,
      jti: randomUUID(),
      ...changes,
    };
    const key = await importJWK({ kty: 'EC', crv: 'P-256', ...signer.key }, 'ES256');
    return new SignJWT(claims).setProtectedHeader({ alg: 'ES256' }).sign(key);
  }

  async exchange(assertion: string): Promise<Answer> {
    const form = new URLSearchParams({
      grant_type: 'client_credentials',
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      client_assertion: assertion,
    });
    return this.post('/v1/token', form.toString(), { 'content-type': 'application/x-www-form-urlencoded' });
  }

  async token(signer: Signer): Promise<string> {
    const { body, text } = await this.exchange(await this.assertion(signer));
    const { access_token: token } = body;
    if (token === undefined) throw new Error(text);
    return token;
  }

  /** A token of a demo person from the development issuer. */
  async person(clientId: string): Promise<string> {
    const form = new URLSearchParams({ grant_type: 'client_credentials', client_id: clientId });
    const { body, text } = await this.post('/dev-issuer/token', form.toString(), {
      'content-type': 'application/x-www-form-urlencoded',
    });
    return body.access_token ?? text;
  }
}

/** Every answer that a test gets is held against what the interface promises for its route. */
function checkShape(method: 'get' | 'post', path: string, status: number, body: unknown): void {
  const route = routes.find((each) => each.method === method && patternOf(each.path).test(path));
  const schema = route?.responses[status]?.schema;
  const read = schema?.safeParse(body);
  if (read?.success === false) throw new Error(`${path} does not answer as promised: ${read.error.message}`);
}

function patternOf(path: string): RegExp {
  return new RegExp(`^${path.replaceAll(/\{\w+\}/g, '[^/]+')}$`);
}

async function answerOf(response: Response, method: 'get' | 'post'): Promise<Answer> {
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.includes('json') === true;
  const body: unknown = isJson ? JSON.parse(text) : {};
  if (isJson) checkShape(method, new URL(response.url).pathname, response.status, body);
  return { status: response.status, headers: response.headers, text, body: body as Body };
}

async function administrator(network: TrialNetwork, mspId: string): Promise<Signer> {
  const connection = await network.connect(mspId, 'administrator');
  const signer = freshSigner(network.trust.ledger);
  await connection.submit('Administration:registerAdministrator', [canonical(signer.request(mspId))]);
  return signer;
}

export function enterprise(creditCode: string, role: Role, signer: Signer): LedgerEvent[] {
  return [
    administrative('participant.register', {
      creditCode,
      name: `${role} ${creditCode}`,
      roles: [role],
      province: '330100',
    }),
    keyEvent(creditCode, signer),
  ];
}

export function keyEvent(owner: string, signer: Signer): LedgerEvent {
  const { publicKey, proof } = signer.request(owner);
  return administrative('key.register', { owner, kind: 'device', publicKey, proof });
}

export function administrative(type: string, data: object): LedgerEvent {
  return { type, version: 1, time: now(), data } as LedgerEvent;
}

export function itemEvent(item: string, type: string, data: object): LedgerEvent {
  return { type, version: 1, item, time: now(), data } as LedgerEvent;
}

/** A registration by a signer, and the id that follows from it. */
export function registration(
  signer: Signer,
  data: Readonly<Record<string, unknown>> = {},
): { item: string; event: LedgerEvent } {
  const nonce = newNonce();
  const item = itemIdOf(signer.keyId, nonce);
  const given = {
    kind: 'vehicle',
    category: 'passengerCar',
    nonce,
    tags: numbered(nonce),
    massGrams: 1_200_000,
    ...data,
  };
  return { item, event: itemEvent(item, 'register', given) };
}

/** How a dismantler takes in a car that it registered, up to where parts may come out. A litre of oil is out then. */
export function takenIn(signer: Signer, item: string, massGrams = 1_200_000): LedgerEvent[] {
  const nonce = newNonce();
  const id = itemIdOf(signer.keyId, nonce);
  const oil = { item: id, nonce, kind: 'lot', category: 'wasteOil', massGrams: 1_000 };
  return [
    itemEvent(item, 'surrender', {}),
    itemEvent(item, 'receive', { massGrams }),
    itemEvent(item, 'issueCertificate', { number: 'C-1' }),
    itemEvent(item, 'depollute', { outputs: [oil] }),
  ];
}

function withCheck(body: string): string {
  return body + creditCodeCheck(body);
}
