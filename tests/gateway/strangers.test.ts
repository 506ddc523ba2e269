import { request as httpRequest } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { numbersOf } from '../load/metrics.js';
import {
  codes,
  freshSigner,
  itemEvent,
  keyEvent,
  registration,
  startWorld,
  type Client,
  type World,
} from './world.js';

let world: World;
let gateway: Client;

beforeAll(async () => {
  world = await startWorld();
  gateway = await world.gateway({ EVENT_STREAMS: '20' });
  await gateway.record(world.plant, [registration(world.plant).event]);
});
afterAll(() => world.stop());

describe('a competitor with a key of its own', () => {
  it('does not learn from codes how many batches and events another has recorded', async () => {
    const token = await gateway.token(world.stranger);
    const { keyId } = world.plant;
    for (const kind of ['batches', 'receipts']) {
      const [there, absent] = await Promise.all(
        [1, 2].map((sequence) => gateway.get(`/v1/${kind}/${keyId}/${sequence}`, token)),
      );
      expect([there?.status, there?.body.code]).toEqual([403, 'HL-4022']);
      expect([absent?.status, absent?.body.code]).toEqual([403, 'HL-4022']);
    }
    for (const place of ['1/0', '1/1', '2/0']) {
      const { status, body } = await gateway.get(`/v1/proofs/${keyId}/${place}`, token);
      expect([status, body.code]).toEqual([403, 'HL-4020']);
    }
    // Its key is on the ledger, but its lane has not begun.
    const { status, body } = await gateway.get(`/v1/lanes/${world.shop.keyId}`, token);
    expect([status, body.code]).toEqual([403, 'HL-4022']);
  });

  it('is told the truth about its own lane', async () => {
    const token = await gateway.token(world.stranger);
    const own = world.stranger.keyId;
    expect((await gateway.get(`/v1/lanes/${own}`, token)).body.code).toBe('HL-3017');
    expect((await gateway.get(`/v1/batches/${own}/1`, token)).body.code).toBe('HL-3018');
    expect((await gateway.get(`/v1/receipts/${own}/1`, token)).body.code).toBe('HL-3018');
  });

  it('cannot take all event streams for itself', async () => {
    const token = await gateway.token(world.stranger);
    const controller = new AbortController();
    const statuses: number[] = [];
    for (let count = 0; count < 4; count += 1) {
      const { status } = await fetch(`${gateway.address}/v1/events`, {
        headers: { authorization: `Bearer ${token}` },
        signal: controller.signal,
      });
      statuses.push(status);
    }
    expect(statuses).toEqual([200, 200, 429, 429]);
    const other = await fetch(`${gateway.address}/v1/events`, {
      headers: { authorization: `Bearer ${await gateway.token(world.shop)}` },
      signal: controller.signal,
    });
    expect(other.status).toBe(200);
    controller.abort();
  });
});

describe('a competitor who tries 250 steps on an item of another', () => {
  it('does not push the real ones out of its passport', async () => {
    const { item, event } = registration(world.plant);
    await gateway.record(world.plant, [event]);
    const attempt = itemEvent(item, 'inspect', { result: 'fit' });
    const verdicts = await gateway.record(
      world.shop,
      Array.from({ length: 250 }, () => attempt),
    );
    expect(new Set(verdicts)).toEqual(new Set(['HL-2020']));
    await gateway.record(world.plant, [itemEvent(item, 'inspect', { result: 'unfit' })]);
    const { body } = await gateway.get(`/p/${item}?format=json`);
    expect(body).toMatchObject({ steps: [{ what: 'register' }, { what: 'inspect' }], moreSteps: false });
  });
});

describe('a stranger', () => {
  it('does not get a long body back in the answer', async () => {
    const members = Array.from({ length: 100_000 }, (_, count) => `"k${String(count).padStart(6, '0')}":1`);
    const { status, text } = await gateway.post('/v1/batches', `{"batches":[],${members.join(',')}}`);
    expect(status).toBe(400);
    expect(text.length).toBeLessThan(2_000);
  });
});

describe('a signer whose key nobody registered', () => {
  it('costs no endorsement and no place in the queue, whatever it names', async () => {
    const { item, event } = registration(world.plant);
    await gateway.record(world.plant, [event]);
    const before = await numbersOf(gateway);
    const answers = await Promise.all(
      Array.from({ length: 12 }, () => {
        const nobody = freshSigner(world.network.trust.ledger);
        return gateway.submit([nobody.batch([itemEvent(item, 'withdraw', {})])]);
      }),
    );
    for (const { body } of answers)
      expect(body.batches).toMatchObject([{ status: 'inadmissible', code: 'HL-3001' }]);
    const after = await numbersOf(gateway);
    for (const outcome of ['done', 'inadmissible', 'failed'])
      expect(after.groups(outcome), outcome).toBe(before.groups(outcome));
  });

  it('is not who was registered a moment ago, here or at another gateway', async () => {
    const other = await world.gateway({ FABRIC_ORGANISATION: 'AftermarketMSP' });
    for (let count = 0; count < 10; count += 1) {
      const device = freshSigner(world.network.trust.ledger);
      const [at, then] = count % 2 === 0 ? [gateway, other] : [other, gateway];
      const registered = await at.submit([world.recyclingOffice.batch([keyEvent(codes.plant, device)])]);
      expect(registered.body.batches).toMatchObject([{ verdicts: ['accepted'] }]);
      const { body } = await then.submit([device.batch([registration(device).event])]);
      expect(body.batches).toMatchObject([{ status: 'recorded', verdicts: ['accepted'] }]);
    }
  });
});

describe('the development issuer', () => {
  function ask(headers: Readonly<Record<string, string>>): Promise<number | undefined> {
    return new Promise((resolve, reject) => {
      const form = 'grant_type=client_credentials&client_id=auditor';
      const type = { 'content-type': 'application/x-www-form-urlencoded' };
      const request = httpRequest(
        `${gateway.address}/dev-issuer/token`,
        { method: 'POST', headers: { ...type, ...headers } },
        (response) => {
          response.resume();
          resolve(response.statusCode);
        },
      );
      request.on('error', reject);
      request.end(form);
    });
  }

  it('gives tokens to this machine and to nobody who comes through a proxy or under another name', async () => {
    expect(await ask({})).toBe(200);
    expect(await ask({ 'x-forwarded-for': '203.0.113.7' })).toBe(404);
    expect(await ask({ forwarded: 'for=203.0.113.7' })).toBe(404);
    expect(await ask({ host: 'recycling.example' })).toBe(404);
    expect(await ask({ host: 'localhost:1' })).toBe(200);
  });

  it('does not run when the settings say that the world comes to this gateway', async () => {
    for (const settings of [{ PUBLIC_URL: 'https://recycling.example' }, { TRUST_PROXY: '1' }]) {
      const client = await world.gateway(settings);
      const form = 'grant_type=client_credentials&client_id=auditor';
      const type = { 'content-type': 'application/x-www-form-urlencoded' };
      expect((await client.post('/dev-issuer/token', form, type)).status).toBe(404);
    }
  });
});
