import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT, type CryptoKey } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  administrative,
  codes,
  itemEvent,
  keyEvent,
  registration,
  freshSigner,
  startWorld,
  type Client,
  type World,
} from './world.js';

let world: World;
let gateway: Client;
let item: string;

beforeAll(async () => {
  world = await startWorld();
  gateway = await world.gateway();
  const made = registration(world.plant, { tags: [{ scheme: 'serial', value: 'CAR-1' }] });
  item = made.item;
  await gateway.record(world.plant, [made.event, itemEvent(item, 'handover', { to: codes.shop })]);
  await gateway.record(world.shop, [itemEvent(item, 'accept', { from: codes.plant })]);
});
afterAll(() => world.stop());

async function seen(path: string, token?: string): Promise<[number, string | undefined]> {
  const { status, body } = await gateway.get(path, token);
  return [status, body.code];
}

function lookUp(wanted: unknown, token?: string) {
  const authorization: Record<string, string> =
    token === undefined ? {} : { authorization: `Bearer ${token}` };
  return gateway.post('/v1/tags/lookup', JSON.stringify(wanted), authorization);
}

describe('without a token', () => {
  it('there is the passport, and nothing else about an item', async () => {
    expect((await gateway.get(`/p/${item}`)).status).toBe(200);
    for (const path of ['', '/history', '/genealogy'])
      expect(await seen(`/v1/items/${item}${path}`)).toEqual([401, 'HL-4010']);
    for (const path of [
      '/v1/items',
      '/v1/participants',
      `/v1/lanes/${world.plant.keyId}`,
      '/v1/blocks/0',
      '/v1/state',
      '/v1/read-model/rows',
      '/v1/read-model/batches',
      '/v1/read-model/links',
      '/v1/events',
      '/v1/tags/serial/CAR-1',
    ]) {
      expect(await seen(path)).toEqual([401, 'HL-4010']);
    }
    const asked = await lookUp({ tags: [{ scheme: 'serial', value: 'CAR-1' }] });
    expect([asked.status, asked.body.code]).toEqual([401, 'HL-4010']);
  });

  it('the passport shows no party, no key, no tag and no name', async () => {
    const { text } = await gateway.get(`/p/${item}`);
    const page = await gateway.get(`/p/${item}?format=html`);
    for (const secret of [
      codes.plant,
      codes.shop,
      world.plant.keyId,
      world.shop.keyId,
      'CAR-1',
      `dismantler ${codes.plant}`,
    ]) {
      expect(text).not.toContain(secret);
      expect(page.text).not.toContain(secret);
    }
    expect(JSON.parse(text)).toMatchObject({
      holder: ['repairShop'],
      steps: [
        { what: 'register', by: ['dismantler'] },
        { what: 'accept', by: ['repairShop'] },
      ],
    });
  });
});

describe('a participant', () => {
  it('reads what it held, owned or touched', async () => {
    for (const signer of [world.plant, world.shop]) {
      const token = await gateway.token(signer);
      expect(await seen(`/v1/items/${item}`, token)).toEqual([200, undefined]);
      expect((await gateway.get('/v1/items', token)).body.items).toHaveLength(1);
    }
  });

  it('reads nothing of what others did among themselves', async () => {
    const token = await gateway.token(world.stranger);
    for (const path of ['', '/history', '/genealogy'])
      expect(await seen(`/v1/items/${item}${path}`, token)).toEqual([403, 'HL-4020']);
    expect((await gateway.get('/v1/items', token)).body.items).toEqual([]);
    expect((await gateway.get('/v1/items?tag=serial:CAR-1', token)).body.items).toEqual([]);
    expect((await gateway.get(`/v1/items?custodian=${codes.shop}`, token)).body.items).toEqual([]);
    expect(await seen(`/v1/proofs/${world.plant.keyId}/1/0`, token)).toEqual([403, 'HL-4020']);
  });

  it('reads the lanes, batches and receipts of its own keys only', async () => {
    const token = await gateway.token(world.plant);
    for (const path of [
      `/v1/lanes/${world.plant.keyId}`,
      `/v1/batches/${world.plant.keyId}/1`,
      `/v1/receipts/${world.plant.keyId}/1`,
    ]) {
      expect(await seen(path, token)).toEqual([200, undefined]);
    }
    for (const path of [
      `/v1/lanes/${world.shop.keyId}`,
      `/v1/batches/${world.shop.keyId}/1`,
      `/v1/receipts/${world.shop.keyId}/1`,
    ]) {
      expect(await seen(path, token)).toEqual([403, 'HL-4022']);
    }
  });

  it('reads who takes part, with their keys, and finds out which item a tag names', async () => {
    const token = await gateway.token(world.stranger);
    expect((await gateway.get('/v1/participants', token)).body.participants).toHaveLength(3);
    expect((await gateway.get(`/v1/participants/${codes.plant}`, token)).body).toMatchObject({
      roles: ['dismantler'],
    });
    expect((await gateway.get(`/v1/participants/${codes.plant}/keys`, token)).body.keys).toMatchObject([
      { keyId: world.plant.keyId },
    ]);
    expect((await gateway.get(`/v1/keys/${world.plant.keyId}`, token)).body).toMatchObject({
      owner: codes.plant,
    });
    expect((await gateway.get('/v1/tags/serial/CAR-1', token)).body).toMatchObject({ item });
  });

  it('finds out which items many tags name, and is told of none that is bound to nothing', async () => {
    const asked = ['NOBODY-1', 'CAR-1', 'NOBODY-2'].map((value) => ({ scheme: 'serial', value }));
    const token = await gateway.token(world.stranger);
    const { status, body } = await lookUp({ tags: asked }, token);
    expect(status).toBe(200);
    expect(body.tags).toEqual([{ scheme: 'serial', value: 'CAR-1', item }]);
  });

  it.each([
    ['no tags', { tags: [] }],
    ['more tags than one request may hold', { tags: Array(201).fill({ scheme: 'serial', value: 'A' }) }],
    ['a scheme that there is not', { tags: [{ scheme: 'plate', value: 'A' }] }],
    ['another member', { tags: [{ scheme: 'serial', value: 'A' }], all: true }],
  ])('is refused a lookup of %s', async (_what, wanted) => {
    const answer = await lookUp(wanted, await gateway.token(world.stranger));
    expect([answer.status, answer.body.code]).toEqual([400, 'HL-4001']);
  });

  it('reads no raw blocks and no rows', async () => {
    const token = await gateway.token(world.plant);
    for (const path of [
      '/v1/blocks/0',
      '/v1/state',
      '/v1/read-model/digest',
      '/v1/read-model/rows',
      '/v1/read-model/batches',
      '/v1/read-model/links',
    ])
      expect(await seen(path, token)).toEqual([403, 'HL-4021']);
  });
});

describe('Oversight', () => {
  it('reads all, by a key and by a person', async () => {
    for (const token of [await gateway.token(world.oversightOffice), await gateway.person('auditor')]) {
      for (const path of [
        `/v1/items/${item}`,
        '/v1/items',
        `/v1/lanes/${world.shop.keyId}`,
        '/v1/read-model/digest',
        '/v1/read-model/rows',
        '/v1/read-model/batches',
        '/v1/read-model/links',
      ]) {
        expect(await seen(path, token)).toEqual([200, undefined]);
      }
    }
  });

  it('pages over the rows of the world state, and gets the bytes of a block', async () => {
    const token = await gateway.person('auditor');
    const keys: string[] = [];
    let path: string | undefined = '/v1/state?limit=4';
    while (path !== undefined) {
      const { body, headers } = await gateway.get(path, token);
      keys.push(...body.rows.map(([key]) => key));
      path = /<([^>]+)>; rel="next"/.exec(headers.get('link') ?? '')?.[1];
    }
    expect(keys).toEqual([...new Set(keys)].sort());
    expect(keys).toEqual(expect.arrayContaining([`item/${item}`, 'ledger', `lane/${world.plant.keyId}`]));
    const block = await fetch(`${gateway.address}/v1/blocks/0`, {
      headers: { authorization: `Bearer ${token}` },
    });
    expect((await block.arrayBuffer()).byteLength).toBeGreaterThan(1_000);
    expect(await seen('/v1/blocks/999999', token)).toEqual([404, 'HL-4040']);
  });
});

describe('a token', () => {
  it('is given for a signed assertion once', async () => {
    const assertion = await gateway.assertion(world.plant);
    const first = await gateway.exchange(assertion);
    expect(first.body).toMatchObject({ token_type: 'Bearer', expires_in: 900 });
    expect(first.headers.get('cache-control')).toBe('no-store');
    expect((await gateway.exchange(assertion)).body).toMatchObject({ status: 401, code: 'HL-4013' });
  });

  it('is not given for an assertion that was made for another gateway', async () => {
    const assertion = await gateway.assertion(world.plant, { aud: 'https://other.example/v1/token' });
    expect((await gateway.exchange(assertion)).body).toMatchObject({
      status: 401,
      code: 'HL-4012',
      error: 'invalid_client',
    });
  });

  it('is not given to a key that nobody registered', async () => {
    const nobody = freshSigner(world.network.trust.ledger);
    expect((await gateway.exchange(await gateway.assertion(nobody))).body).toMatchObject({ code: 'HL-3001' });
  });

  it('is worth nothing from the block on in which its key is revoked', async () => {
    const device = freshSigner(world.network.trust.ledger);
    await gateway.record(world.recyclingOffice, [keyEvent(codes.plant, device)]);
    const token = await gateway.token(device);
    expect(await seen(`/v1/items/${item}`, token)).toEqual([200, undefined]);
    await gateway.record(world.recyclingOffice, [
      administrative('key.revoke', { keyId: device.keyId, lastSequence: 0, reason: 'lost' }),
    ]);
    expect(await seen(`/v1/items/${item}`, token)).toEqual([403, 'HL-3003']);
  });

  it('that is forged, cut or of an unknown issuer is refused', async () => {
    const token = await gateway.token(world.plant);
    const { privateKey } = await generateKeyPair('ES256');
    const forged = await new SignJWT({})
      .setProtectedHeader({ alg: 'ES256', typ: 'at+jwt' })
      .setIssuer('urn:huilian:gateway')
      .setAudience('urn:huilian:gateway')
      .setSubject(world.oversightOffice.keyId)
      .setExpirationTime('5m')
      .sign(privateKey);
    for (const bad of [forged, token.slice(0, -8), 'nonsense', await gateway.assertion(world.plant)]) {
      expect(await seen('/v1/items', bad)).toEqual([401, 'HL-4011']);
    }
  });

  it('is good at every gateway that shares the token key', async () => {
    const second = await world.gateway();
    const token = await gateway.token(world.plant);
    const { body } = await gateway.get(`/v1/items/${item}/history`, token);
    const block = Math.max(
      ...(body as unknown as { events: { block: number }[] }).events.map((each) => each.block),
    );
    expect((await second.get(`/v1/items/${item}?minBlock=${block}`, token)).status).toBe(200);
  });
});

describe('people of an OpenID Connect issuer', () => {
  let issuer: Server;
  let address: string;
  let key: CryptoKey;

  beforeAll(async () => {
    const pair = await generateKeyPair('ES256');
    key = pair.privateKey;
    const jwk = { ...(await exportJWK(pair.publicKey)), kid: 'k1', alg: 'ES256', use: 'sig' };
    issuer = createServer((request, response) => {
      response.setHeader('content-type', 'application/json');
      const document = { issuer: address, jwks_uri: `${address}/jwks` };
      response.end(JSON.stringify(request.url === '/jwks' ? { keys: [jwk] } : document));
    });
    await new Promise<void>((resolve) => issuer.listen(0, '127.0.0.1', resolve));
    address = `http://127.0.0.1:${(issuer.address() as AddressInfo).port}`;
  });
  afterAll(() => issuer.close());

  const person = (claims: Record<string, unknown>, audience = 'huilian'): Promise<string> =>
    new SignJWT(claims)
      .setProtectedHeader({ alg: 'ES256', kid: 'k1' })
      .setIssuer(address)
      .setAudience(audience)
      .setSubject('li')
      .setExpirationTime('5m')
      .sign(key);

  it('see what their claims say', async () => {
    const client = await world.gateway({
      OIDC_ISSUER: address,
      OIDC_ROLES_CLAIM: 'realm_access.roles',
      OIDC_OVERSIGHT_ROLE: 'regulator',
    });
    const { block } = (await gateway.get('/v1/ledger')).body;
    const statuses = async (token: string): Promise<number[]> => [
      (await client.get(`/v1/items/${item}?minBlock=${block}`, token)).status,
      (await client.get('/v1/state', token)).status,
    ];
    expect(await statuses(await person({ realm_access: { roles: ['regulator'] } }))).toEqual([200, 200]);
    expect(await statuses(await person({ huilian_participant: codes.shop }))).toEqual([200, 403]);
    expect(await statuses(await person({ huilian_participant: codes.stranger }))).toEqual([403, 403]);
    expect(await statuses(await person({}))).toEqual([403, 403]);
    expect(await statuses(await person({ realm_access: { roles: ['regulator'] } }, 'another'))).toEqual([
      401, 401,
    ]);
  });

  it('leave no room for the development issuer', async () => {
    const client = await world.gateway({ OIDC_ISSUER: address });
    expect((await client.get('/dev-issuer/people')).status).toBe(404);
    const production = await world.gateway({ NODE_ENV: 'production' });
    expect((await production.get('/dev-issuer/people')).status).toBe(404);
  });
});
