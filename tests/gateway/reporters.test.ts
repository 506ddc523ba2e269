import { creditCodeCheck, eventIdOf } from '@huilian/core';
import type { Signer } from '@huilian/core/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { read } from './stream.js';
import {
  administrative,
  codes,
  enterprise,
  freshSigner,
  itemEvent,
  registration,
  startWorld,
  type Client,
  type World,
} from './world.js';

const withCheck = (body: string): string => body + creditCodeCheck(body);
const POLICE = withCheck('11310000MB0FL0A18');
const INSURER = withCheck('91310000MA1FL0A18');
const COLLECTOR = withCheck('91310000MA1FL0A19');
const RIVAL = withCheck('91310000MA1FL0A20');

let world: World;
let gateway: Client;
let police: Signer;
let insurer: Signer;
let rival: Signer;
let collector: Signer;
let car: string;
let pack: string;

beforeAll(async () => {
  world = await startWorld();
  gateway = await world.gateway();
  const { plant, shop } = world;
  const newSigner = (): Signer => freshSigner(world.network.trust.ledger);
  [police, insurer, rival, collector] = [newSigner(), newSigner(), newSigner(), newSigner()];
  await gateway.record(world.oversightOffice, enterprise(POLICE, 'police', police));
  await gateway.record(world.aftermarketOffice, enterprise(INSURER, 'insurer', insurer));
  await gateway.record(world.aftermarketOffice, enterprise(RIVAL, 'insurer', rival));
  await gateway.record(world.recyclingOffice, enterprise(COLLECTOR, 'collector', collector));
  const vehicle = registration(plant);
  const battery = registration(shop, { kind: 'battery', category: 'tractionBattery', massGrams: 300_000 });
  [car, pack] = [vehicle.item, battery.item];
  await gateway.record(plant, [vehicle.event, itemEvent(car, 'inspect', { result: 'fit' })]);
  await gateway.record(shop, [battery.event, itemEvent(pack, 'inspect', { result: 'unfit' })]);
});
afterAll(() => world.stop());

/** What a party is told of an item by each route: a status, or of lists how many there are. */
async function toldTo(who: Signer, item: string): Promise<Readonly<Record<string, number>>> {
  const token = await gateway.token(who);
  const status = async (path: string): Promise<number> => (await gateway.get(path, token)).status;
  return {
    item: await status(`/v1/items/${item}`),
    history: await status(`/v1/items/${item}/history`),
    genealogy: await status(`/v1/items/${item}/genealogy`),
    losses: await status(`/v1/losses/${item}`),
    listed: (await gateway.get('/v1/items', token)).body.items.length,
    findings: (await gateway.get(`/v1/findings?item=${item}`, token)).status,
    timeline: await status(`/v1/items/${item}/timeline`),
  };
}

/** The steps that the timeline of an item shows, with how much of each. */
function timelineOf(who: Signer, item: string): Promise<string[]> {
  return timelineAt(who, `/v1/items/${item}/timeline`);
}

async function timelineAt(who: Signer, path: string): Promise<string[]> {
  const { body } = await gateway.get(path, await gateway.token(who));
  const { entries } = body as unknown as { entries: { what: string; sight: string }[] };
  return entries.map(({ what, sight }) => `${what} ${sight}`);
}

/** What the ledger says of one step. */
async function verdictOf(who: Signer, item: string, type: string, data: object): Promise<string | undefined> {
  const [verdict] = await gateway.record(who, [itemEvent(item, type, data)]);
  return verdict;
}

const lastOf = ({ keyId, sequence }: Signer): string => eventIdOf({ keyId, sequence, index: 0 });

const CLOSED = { item: 403, history: 403, genealogy: 403, listed: 0 } as const;

describe('who only placed a hold on a stranger’s car', () => {
  beforeAll(() => gateway.record(world.stranger, [itemEvent(car, 'hold', { reason: 'suspectedStolen' })]));

  it('reads of the car that it is held, and nothing else', async () => {
    expect(await toldTo(world.stranger, car)).toMatchObject({ ...CLOSED, losses: 403, timeline: 200 });
    expect(await timelineOf(world.stranger, car)).toEqual(['hold all']);
  });

  it('learns that the police released it', async () => {
    await gateway.record(police, [itemEvent(car, 'release', {})]);
    expect(await timelineOf(world.stranger, car)).toEqual(['hold all', 'release what']);
  });

  it('reads on as a party once it has had the car', async () => {
    await gateway.record(world.plant, [itemEvent(car, 'handover', { to: codes.stranger })]);
    await gateway.record(world.stranger, [itemEvent(car, 'accept', { from: codes.plant })]);
    expect(await toldTo(world.stranger, car)).toMatchObject({ item: 200, history: 200, timeline: 200 });
    expect(await timelineOf(world.stranger, car)).toContain('inspect all');
  });
});

describe('who only reported a stranger’s battery to the platform', () => {
  beforeAll(() => gateway.record(collector, [itemEvent(pack, 'reportTrace', { number: 'T-1' })]));

  it('reads its report, and neither the battery nor what others did with it', async () => {
    expect(await toldTo(collector, pack)).toMatchObject({ ...CLOSED, timeline: 200 });
    expect(await timelineOf(collector, pack)).toEqual(['reportTrace all']);
  });

  it('while who holds it reads both, and the police read all', async () => {
    expect(await timelineOf(world.shop, pack)).toEqual(['register all', 'inspect all', 'reportTrace what']);
    expect(await timelineOf(police, pack)).toEqual(['register all', 'inspect all', 'reportTrace all']);
    expect(await toldTo(police, pack)).toMatchObject({ item: 200, history: 200 });
  });
});

const LOSS = { loss: 'L-7' };
const VIN = 'LSVAM4186C2123456';
const OF_CAR = { item: 403, history: 403, genealogy: 403, listed: 0, losses: 200, timeline: 200 } as const;
const DAMAGE_AND_CLAIM = ['reportDamage all', 'claimLines all'];

describe('an insurer', () => {
  let damaged: string;
  beforeAll(async () => {
    const { plant } = world;
    const other = registration(plant, { tags: [{ scheme: 'vin', value: VIN }] });
    damaged = other.item;
    await gateway.record(plant, [other.event, itemEvent(damaged, 'inspect', { result: 'fit' })]);
    await gateway.record(insurer, [itemEvent(damaged, 'hold', { reason: 'suspectedStolen' })]);
  });

  it('reads no car by holding it, and by reporting its damage that loss', async () => {
    expect(await toldTo(insurer, damaged)).toMatchObject(OF_CAR);
    expect(await timelineOf(insurer, damaged)).toEqual(['hold all']);
    await gateway.record(police, [itemEvent(damaged, 'release', {})]);
    expect(await verdictOf(insurer, damaged, 'reportDamage', LOSS)).toBe('accepted');
    expect(await toldTo(insurer, damaged)).toMatchObject(OF_CAR);
    expect(await timelineOf(insurer, damaged)).toEqual(['hold all', 'release what', 'reportDamage all']);
  });

  it('reads by a claim the loss that it names, by item and by VIN, and its events', async () => {
    const claim = { ...LOSS, claim: 'R-1', cover: 'compulsory', lines: [] };
    expect(await toldTo(rival, damaged)).toMatchObject({ ...OF_CAR, timeline: 403 });
    expect(await verdictOf(rival, damaged, 'claimLines', claim)).toBe('accepted');
    expect(await toldTo(rival, damaged)).toMatchObject(OF_CAR);
    expect(await timelineOf(rival, damaged)).toEqual(DAMAGE_AND_CLAIM);
    expect(await timelineAt(rival, `/v1/vehicles/${VIN}/timeline`)).toEqual(DAMAGE_AND_CLAIM);
    const token = await gateway.token(rival);
    const event = async (id: string): Promise<number> =>
      (await gateway.get(`/v1/events/${id}`, token)).status;
    expect([await event(lastOf(insurer)), await event(lastOf(police))]).toEqual([200, 403]);
    const { keyId, sequence } = insurer;
    expect((await gateway.get(`/v1/proofs/${keyId}/${sequence}/0`, token)).status).toBe(200);
    expect((await gateway.get(`/v1/proofs/${police.keyId}/${police.sequence}/0`, token)).status).toBe(403);
  });

  it('hears of that loss by the stream, and of nothing else that happens to the car', async () => {
    const seen = await read(gateway, await gateway.token(rival), '', 1, async () => {
      await gateway.record(world.plant, [itemEvent(damaged, 'inspect', { result: 'unfit' })]);
      await gateway.record(insurer, [itemEvent(damaged, 'assess', LOSS)]);
    });
    expect(seen.map(({ data }) => data.event.type)).toEqual(['assess']);
  });

  it('becomes no party by correcting what it recorded', async () => {
    const place = { name: 'correctionTerm', province: 'CN', version: 1 };
    const table = { alone: 30, together: 30 };
    await gateway.record(world.oversightOffice, [
      administrative('rule.propose', { ...place, from: 0, table }),
    ]);
    await gateway.record(world.secondOversightOffice, [administrative('rule.approve', place)]);
    const wrong = { event: lastOf(rival), eventType: 'claimLines', termVersion: 1, reason: 'wrongItem' };
    expect(await verdictOf(rival, damaged, 'correct', wrong)).toBe('accepted');
    expect(await toldTo(rival, damaged)).toMatchObject(OF_CAR);
    expect(await timelineOf(rival, damaged)).toEqual([...DAMAGE_AND_CLAIM, 'assess all', 'correct all']);
  });
});

describe('a shop that reported the damage of a car that it never had', () => {
  it('reads the loss that it reported, no other one and nothing of the car', async () => {
    const { plant, shop } = world;
    const other = registration(plant);
    await gateway.record(plant, [other.event]);
    expect(await toldTo(shop, other.item)).toMatchObject({ losses: 403, timeline: 403 });
    expect(await verdictOf(shop, other.item, 'reportDamage', { loss: 'L-8' })).toBe('accepted');
    expect(await toldTo(shop, other.item)).toMatchObject({ ...OF_CAR, listed: 1 });
    expect(await timelineOf(shop, other.item)).toEqual(['reportDamage all']);
    const token = await gateway.token(shop);
    expect((await gateway.get(`/v1/losses/${other.item}/L-8`, token)).status).toBe(200);
    const { body } = await gateway.get(`/v1/losses/${other.item}`, token);
    expect(body).toMatchObject({ losses: [{ loss: 'L-8' }], bears: 'L-8' });
    expect((await gateway.get(`/v1/losses/${car}`, token)).status).toBe(403);
  });
});
