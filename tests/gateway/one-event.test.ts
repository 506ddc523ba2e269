import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { batchDigest, itemIdOf } from '@huilian/core';
import {
  administrative,
  codes,
  itemEvent,
  newNonce,
  now,
  registration,
  takenIn,
  startWorld,
  type Client,
  type World,
} from './world.js';
import { read } from './stream.js';

let world: World;
let gateway: Client;
let second: Client;

beforeAll(async () => {
  world = await startWorld();
  [gateway, second] = await Promise.all([world.gateway(), world.gateway()]);
});
afterAll(() => world.stop());

describe('a signed batch', () => {
  it('is recorded, and its verdicts come back after the commit', async () => {
    const { item, event } = registration(world.plant);
    const batch = world.plant.batch([event, itemEvent(item, 'dispose', { method: 'shredded' })]);
    const { status, body } = await gateway.submit([batch]);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      batches: [
        {
          keyId: world.plant.keyId,
          sequence: batch.header.sequence,
          digest: batchDigest(batch.header),
          status: 'recorded',
          verdicts: ['accepted', expect.stringMatching(/^HL-2/) as string],
        },
      ],
    });
    expect(body.batches[0]).toMatchObject({
      block: expect.any(Number) as number,
      transaction: expect.any(String) as string,
    });
  });

  it('sent again, here and at another gateway, gets the same verdicts and is recorded once', async () => {
    const { event } = registration(world.plant);
    const batch = world.plant.batch([event]);
    const first = await gateway.submit([batch]);
    const again = await Promise.all([gateway.submit([batch]), second.submit([batch])]);
    for (const { body } of again) {
      expect(body.batches[0]).toMatchObject({
        status: 'known',
        verdicts: first.body.batches[0].verdicts,
      });
    }
  });

  it('may be left to be recorded, with a status address that is good at every gateway', async () => {
    const { event } = registration(world.plant);
    const { status, headers, body } = await gateway.submit([world.plant.batch([event])], {
      prefer: 'respond-async',
    });
    expect([status, headers.get('preference-applied'), body.batches[0].status]).toEqual([
      202,
      'respond-async',
      'queued',
    ]);
    const token = await second.token(world.plant);
    const place = headers.get('location') ?? '';
    await expect
      .poll(async () => (await second.get(place, token)).body as unknown)
      .toMatchObject({ status: 'recorded', verdicts: ['accepted'] });
  });

  it('of one signer travels with those of others, and consecutive ones keep their order', async () => {
    const plant = [1, 2, 3].map(() => world.plant.batch([registration(world.plant).event]));
    const shop = [1, 2].map(() =>
      world.shop.batch([registration(world.shop, { kind: 'part', category: 'door' }).event]),
    );
    const answers = await Promise.all([gateway.submit(plant.toReversed()), second.submit(shop)]);
    const statuses = answers.flatMap(({ body }) => body.batches);
    expect(statuses.map(({ status }) => status)).toEqual(Array(5).fill('recorded'));
  });
});

describe('what was recorded', () => {
  it('is an item with its history, for those who touched it, at every gateway', async () => {
    const { item, event } = registration(world.plant, { tags: [{ scheme: 'serial', value: 'DOOR-17' }] });
    await gateway.record(world.plant, [
      event,
      itemEvent(item, 'inspect', { result: 'fit' }),
      itemEvent(item, 'handover', { to: codes.shop }),
    ]);
    await gateway.record(world.shop, [itemEvent(item, 'accept', { from: codes.plant })]);
    const { block } = (await gateway.get('/v1/ledger')).body;
    const token = await second.token(world.shop);
    const found = await second.get(`/v1/items/${item}?minBlock=${block}`, token);
    expect(found.body).toMatchObject({
      item,
      state: 'inUse',
      inspection: 'fit',
      custodian: codes.shop,
      owner: codes.shop,
      count: 4,
    });
    const history = await second.get(`/v1/items/${item}/history`, token);
    expect(history.body.events.map((each: { event: { type: string } }) => each.event.type)).toEqual([
      'register',
      'inspect',
      'handover',
      'accept',
    ]);
    const byTag = await second.get('/v1/items?tag=serial:DOOR-17', token);
    expect(byTag.body.items).toHaveLength(1);
    expect((await second.get('/v1/tags/serial/DOOR-17', token)).body).toMatchObject({ item });
  });

  it('says by an entity tag when nothing has changed', async () => {
    const { item, event } = registration(world.plant);
    await gateway.record(world.plant, [event]);
    const token = await gateway.token(world.plant);
    const first = await gateway.get(`/v1/items/${item}`, token);
    const again = await gateway.get(`/v1/items/${item}`, token, {
      'if-none-match': first.headers.get('etag') ?? '',
    });
    expect([first.status, again.status]).toEqual([200, 304]);
    await gateway.record(world.plant, [itemEvent(item, 'inspect', { result: 'fit' })]);
    expect(
      (await gateway.get(`/v1/items/${item}`, token, { 'if-none-match': first.headers.get('etag') ?? '' }))
        .status,
    ).toBe(200);
  });

  it('is listed in pages that follow one another without a gap or a double', async () => {
    const token = await gateway.token(world.plant);
    const all: string[] = [];
    let path: string | undefined = '/v1/items?kind=vehicle&limit=2';
    while (path !== undefined) {
      const { body, headers } = await gateway.get(path, token);
      all.push(...body.items.map(({ item }) => item));
      path = /<([^>]+)>; rel="next"/.exec(headers.get('link') ?? '')?.[1];
    }
    const whole = await gateway.get('/v1/items?kind=vehicle&limit=200', token);
    expect(all).toEqual(whole.body.items.map(({ item }) => item));
    expect(new Set(all).size).toBe(all.length);
  });

  it('shows what a car came apart into, and where each part came from', async () => {
    await licensePlant();
    const { item, event } = registration(world.plant);
    const nonces = [newNonce(), newNonce()];
    const [engine = '', steel = ''] = nonces.map((nonce) => itemIdOf(world.plant.keyId, nonce));
    const outputs = [
      { item: engine, nonce: nonces[0], kind: 'part', category: 'engine', massGrams: 150_000 },
      { item: steel, nonce: nonces[1], kind: 'lot', category: 'steel', massGrams: 1_040_000 },
    ];
    const verdicts = await gateway.record(world.plant, [
      event,
      ...takenIn(world.plant, item),
      itemEvent(item, 'dismantle', { outputs }),
    ]);
    expect(new Set(verdicts)).toEqual(new Set(['accepted']));
    const token = await gateway.token(world.plant);
    const down = await gateway.get(`/v1/items/${item}/genealogy`, token);
    expect(down.body.descendants.map((each) => each.item)).toEqual(expect.arrayContaining([engine, steel]));
    expect(down.body.descendants).toHaveLength(3);
    const up = await gateway.get(`/v1/items/${engine}/genealogy`, token);
    expect(up.body.ancestors).toMatchObject([{ item, kind: 'vehicle', state: 'dismantled' }]);
  });
});

describe('evidence', () => {
  it('is a receipt that Oversight and another organisation signed now', async () => {
    const batch = world.plant.batch([registration(world.plant).event]);
    await gateway.submit([batch]);
    const { status, body } = await gateway.get(
      `/v1/receipts/${world.plant.keyId}/${batch.header.sequence}`,
      await gateway.token(world.plant),
    );
    expect(status).toBe(200);
    const endorsers = body.endorsements.map(({ endorser }) =>
      Buffer.from(endorser, 'base64').toString('latin1'),
    );
    expect(endorsers.length).toBeGreaterThanOrEqual(2);
    expect(endorsers.some((endorser) => endorser.includes('OversightMSP'))).toBe(true);
  });

  it('is a proof of one event', async () => {
    const { event } = registration(world.plant);
    const batch = world.plant.batch([event, registration(world.plant).event]);
    const { body } = await gateway.submit([batch]);
    const path = `/v1/proofs/${world.plant.keyId}/${batch.header.sequence}/0?minBlock=${String(body.batches[0].block)}`;
    const proof = await gateway.get(path, await gateway.token(world.plant));
    expect(proof.body).toMatchObject({
      kind: 'huilian.proof',
      index: 0,
      verdict: 'accepted',
      header: batch.header,
      event,
    });
  });
});

describe('the stream of events', () => {
  it('brings what is committed, and goes on where the reader was, at another gateway', async () => {
    const token = await gateway.person('auditor');
    const seen = await read(gateway, token, '', 2, async () => {
      await gateway.record(world.plant, [
        registration(world.plant).event,
        registration(world.plant).event,
        registration(world.plant).event,
      ]);
    });
    expect(seen.map(({ data }) => data.event.type)).toEqual(['register', 'register']);
    const rest = await read(second, await second.person('auditor'), seen[0]?.id ?? '', 2, () =>
      Promise.resolve(),
    );
    expect(rest[0]?.id).toBe(seen[1]?.id);
  });

  it('brings a participant nothing about items of others', async () => {
    const token = await gateway.token(world.stranger);
    const own = registration(world.stranger, { kind: 'part', category: 'door' });
    const seen = await read(gateway, token, '', 1, async () => {
      await gateway.record(world.plant, [registration(world.plant).event]);
      await gateway.record(world.stranger, [own.event]);
    });
    expect(seen[0]?.data.event.item).toBe(own.item);
  });
});

describe('two gateways', () => {
  it('have the same read model, and serve the same signer in turn', async () => {
    for (const each of [gateway, second, gateway]) {
      expect(await each.record(world.plant, [registration(world.plant).event])).toEqual(['accepted']);
    }
    const { block } = (await gateway.get('/v1/ledger')).body;
    const digests = await Promise.all(
      [gateway, second].map(async (each) => {
        await each.get(`/v1/rulesets/active?minBlock=${block}`);
        return (await each.get('/v1/read-model/digest', await each.person('auditor'))).body.digest;
      }),
    );
    expect(digests[0]).toEqual(digests[1]);
  });
});

/** Everything that a dismantling needs: a countersigned licence, and a table of tolerances that two keys released. */
async function licensePlant(): Promise<void> {
  const licence = {
    number: 'L-1',
    kind: 'dismantler',
    categories: [],
    annualCapacity: 10_000,
    validFrom: 0,
    validTo: now() + 86_400,
    authority: 'test',
  };
  await gateway.record(world.recyclingOffice, [
    administrative('licence.grant', { creditCode: codes.plant, licence }),
  ]);
  const table = { name: 'massTolerance', province: 'CN', version: 1 };
  await gateway.record(world.oversightOffice, [
    administrative('licence.countersign', { creditCode: codes.plant, number: 'L-1' }),
    administrative('rule.propose', { ...table, from: 0, table: { permille: 50 } }),
  ]);
  await gateway.record(world.secondOversightOffice, [administrative('rule.approve', table)]);
}
