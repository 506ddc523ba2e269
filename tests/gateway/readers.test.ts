import { creditCodeCheck, eventIdOf } from '@huilian/core';
import type { Signer } from '@huilian/core/testing';
import { routes } from '@huilian/gateway-api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
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

const VIN = 'LSVAM4186C2123456';
/** A credit code that none of the others bears. */
const INSURER = `91310000MA1FL0A18${creditCodeCheck('91310000MA1FL0A18')}`;
/** What may be read by everybody, or by everybody who takes part; the stream does not end. */
const SHARED = ['public', 'submission', 'directory', 'lookup'];

let world: World;
let gateway: Client;
let insurer: Signer;
let car: string;
let finding: string;
let work: string;
let refused: string;

beforeAll(async () => {
  world = await startWorld();
  gateway = await world.gateway();
  const { plant, shop } = world;
  insurer = freshSigner(world.network.trust.ledger);
  await gateway.record(world.aftermarketOffice, enterprise(INSURER, 'insurer', insurer));
  const tags = [{ scheme: 'vin', value: VIN }];
  const made = registration(plant, { tags });
  car = made.item;
  await gateway.record(plant, [made.event]);
  await gateway.record(shop, [itemEvent(car, 'reportDamage', { loss: 'L1' })]);
  // The same VIN again is a finding, and a hulk that is none yet is refused.
  await gateway.record(plant, [registration(plant, { tags }).event]);
  finding = `contestedTag.${lastOf(plant)}`;
  await gateway.record(plant, [
    itemEvent(car, 'leaveHulk', { massGrams: 1, lossGrams: 0, toleranceVersion: 1 }),
  ]);
  refused = lastOf(plant);
  // At its bottom is the damage, which the shop reported.
  work = `${shop.keyId}.1.${codes.plant}`;
});
afterAll(() => world.stop());

function lastOf({ keyId, sequence }: Signer): string {
  return eventIdOf({ keyId, sequence, index: 0 });
}

/** The address of a route with what stands in the world for its parameters. */
function addressOf(path: string): string {
  const values: Readonly<Record<string, string>> = {
    id: path.startsWith('/v1/events') ? refused : path.startsWith('/v1/work') ? work : car,
    vehicle: car,
    loss: 'L1',
    vin: VIN,
    finding,
    keyId: world.plant.keyId,
    sequence: '1',
    index: '0',
    seller: codes.plant,
    sale: 'S-1',
    line: '1',
    number: '0',
  };
  return path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(values[name] ?? 'x'));
}

const guarded = routes.filter(({ method, resource }) => method === 'get' && !SHARED.includes(resource));

describe('whatever is not for everybody', () => {
  it('is told by no route to who shows no token', async () => {
    expect(guarded.length).toBeGreaterThan(25);
    for (const { path } of guarded) {
      const { status, body } = await gateway.get(addressOf(path));
      expect([path, status, body.code]).toEqual([path, 401, 'HL-4010']);
    }
  });

  it('is told by no route to a party that has nothing to do with it', async () => {
    const token = await gateway.token(world.stranger);
    const told: string[] = [];
    for (const { path } of guarded) {
      if (path === '/v1/events') continue;
      for (const query of [
        '',
        `?custodian=${codes.plant}`,
        `?party=${codes.plant}`,
        `?signer=${codes.plant}`,
      ]) {
        const { status, text } = await gateway.get(`${addressOf(path)}${query}`, token);
        const isClosed = status === 403 || status === 404 || status === 400;
        const shows = [codes.plant, codes.shop, car, world.plant.keyId].some((secret) =>
          text.includes(secret),
        );
        if (!isClosed && (status !== 200 || shows)) told.push(`${path}${query} ${status}`);
      }
    }
    expect(told).toEqual([]);
  });

  it('is told to those whom it concerns', async () => {
    const token = await gateway.token(world.plant);
    const paths = guarded
      .map(({ path }) => path)
      .filter((path) => !/entitlement|read-model|blocks|state|webhooks|events$/.test(path));
    for (const path of paths) {
      const { status, text } = await gateway.get(addressOf(path), token);
      expect([path, status, status === 200 ? '' : text.slice(0, 200)]).toEqual([path, 200, '']);
    }
  });
});

describe('a loss', () => {
  it('is read by who reported it, who reads nothing else of the car', async () => {
    const token = await gateway.token(world.shop);
    const read = async (path: string): Promise<number> => (await gateway.get(path, token)).status;
    expect(await read(`/v1/losses/${car}/L1`)).toBe(200);
    expect(await read(`/v1/losses/${car}`)).toBe(200);
    for (const path of ['', '/history', '/genealogy', '/clocks', '/contents'])
      expect([path, await read(`/v1/items/${car}${path}`)]).toEqual([path, 403]);
  });

  it('is read by every insurer, and not by one that is suspended', async () => {
    const token = await gateway.token(insurer);
    expect((await gateway.get(`/v1/losses/${car}/L1`, token)).status).toBe(200);
    expect((await gateway.get(`/v1/items/${car}`, token)).status).toBe(403);
    const suspend = administrative('participant.suspend', { creditCode: INSURER, reason: 'audit' });
    await gateway.record(world.oversightOffice, [suspend]);
    for (const path of [`/v1/losses/${car}`, `/v1/losses/${car}/L1`]) {
      const { status, body } = await gateway.get(path, token);
      expect([status, body.code]).toEqual([403, 'HL-4020']);
    }
  });
});
