import { creditCodeCheck } from '@huilian/core';
import type { Signer } from '@huilian/core/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
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

let world: World;
let gateway: Client;
let police: Signer;
let insurer: Signer;
let collector: Signer;
let car: string;
let pack: string;

beforeAll(async () => {
  world = await startWorld();
  gateway = await world.gateway();
  const { plant, shop } = world;
  const newSigner = (): Signer => freshSigner(world.network.trust.ledger);
  [police, insurer, collector] = [newSigner(), newSigner(), newSigner()];
  await gateway.record(world.oversightOffice, enterprise(POLICE, 'police', police));
  await gateway.record(world.aftermarketOffice, enterprise(INSURER, 'insurer', insurer));
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

/** The steps that a timeline shows, with how much of each. */
async function timelineOf(who: Signer, item: string): Promise<string[]> {
  const { body } = await gateway.get(`/v1/items/${item}/timeline`, await gateway.token(who));
  const { entries } = body as unknown as { entries: { what: string; sight: string }[] };
  return entries.map(({ what, sight }) => `${what} ${sight}`);
}

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

describe('an insurer', () => {
  it('reads no car by holding it, and its timeline by a loss of its own', async () => {
    const other = registration(world.plant);
    await gateway.record(world.plant, [other.event, itemEvent(other.item, 'inspect', { result: 'fit' })]);
    await gateway.record(insurer, [itemEvent(other.item, 'hold', { reason: 'suspectedStolen' })]);
    expect(await toldTo(insurer, other.item)).toMatchObject({ ...CLOSED, losses: 200, timeline: 200 });
    expect(await timelineOf(insurer, other.item)).toEqual(['hold all']);
    await gateway.record(police, [itemEvent(other.item, 'release', {})]);
    await gateway.record(insurer, [itemEvent(other.item, 'reportDamage', { loss: 'L-7' })]);
    expect(await timelineOf(insurer, other.item)).toEqual([
      'register what',
      'inspect what',
      'hold all',
      'release what',
      'reportDamage all',
    ]);
  });
});
