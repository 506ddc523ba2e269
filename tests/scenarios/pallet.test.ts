import type { LedgerEvent } from '@huilian/core';
import { blocksOfPeer, readModelOfGateway, verifyLedger } from '@huilian/verifier';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { itemEvent } from '../gateway/world.js';
import { Scene, type Actor } from './scene.js';

const PARTS = 500;
/** Of no enterprise on the ledger. */
const PAPER_SMELTER = '91440300708461136T';

let scene: Scene;
let plant: Actor;
let carrier: Actor;
let maker: Actor;
let pallet: string;
let parts: readonly string[];

beforeAll(async () => {
  scene = await Scene.begin();
  plant = await scene.party('plant', ['dismantler'], [{ role: 'dismantler' }]);
  carrier = await scene.party('carrier', ['carrier']);
  maker = await scene.party('maker', ['remanufacturer'], [{ role: 'remanufacturer' }]);
});
afterAll(() => scene.world.stop());

/** Records events of one party that must be accepted, in one batch. */
async function did(actor: Actor, events: readonly LedgerEvent[]): Promise<void> {
  const verdicts = await scene.gateway.record(actor.signer, events);
  expect(new Set(verdicts)).toEqual(new Set(['accepted']));
}

interface Shown {
  readonly custodian: string;
  readonly owner: string;
  readonly heldBy?: string;
  readonly logistics?: Readonly<Record<string, unknown>>;
}
interface Transit {
  readonly item: string;
  readonly giver: string;
  readonly receiver: string;
  readonly reason?: string;
  readonly lost?: boolean;
}

async function read<T>(by: Actor, path: string): Promise<T> {
  const { status, body, text } = await scene.gateway.get(path, await scene.gateway.token(by.signer));
  expect(status, text).toBe(200);
  return body as T;
}
const shown = (by: Actor, item: string): Promise<Shown> => read(by, `/v1/items/${item}`);
const inTransit = async (by: Actor, query = ''): Promise<readonly Transit[]> =>
  (await read<{ items: Transit[] }>(by, `/v1/in-transit?limit=200${query}`)).items;

/** Ids of all that lies in a container, page by page. */
async function contents(by: Actor, container: string): Promise<string[]> {
  const found: string[] = [];
  for (let path: string | undefined = `/v1/items/${container}/contents?limit=150`; path !== undefined;) {
    const page: { contents: { item: string }[]; next?: string } = await read(by, path);
    found.push(...page.contents.map(({ item }) => item));
    path = page.next && `/v1/items/${container}/contents?limit=150&cursor=${page.next}`;
  }
  return found;
}

describe('a pallet of five hundred parts', () => {
  it('is packed by the plant, a hundred parts an event', async () => {
    pallet = await plant.registers('pallet', 'container', 'pallet', {
      tags: [{ scheme: 'gs1', value: '00/106141412345678908' }],
    });
    const things = Array.from({ length: PARTS }, (_, i) => plant.thing(`starter ${i}`));
    parts = things.map(({ item }) => item);
    await did(
      plant,
      things.map(({ item, nonce }) =>
        itemEvent(item, 'register', { kind: 'part', category: 'starter', nonce, tags: [], massGrams: 3_000 }),
      ),
    );
    const packing = [];
    for (let i = 0; i < PARTS; i += 100)
      packing.push(itemEvent(pallet, 'pack', { items: parts.slice(i, i + 100) }));
    await did(plant, packing);
    expect((await contents(plant, pallet)).sort()).toEqual([...parts].sort());
  });

  it('goes to the carrier in one event, with the remanufacturer as its consignee', async () => {
    await plant.did(pallet, ['handover', { to: carrier.creditCode, consignee: maker.creditCode }]);
    expect(await inTransit(plant)).toMatchObject([
      { item: pallet, giver: plant.creditCode, receiver: carrier.creditCode, count: PARTS },
    ]);
    expect(await inTransit(carrier, '&side=expected')).toHaveLength(1);
    expect(await inTransit(maker)).toEqual([]);
    await carrier.did(pallet, ['accept', { from: plant.creditCode, count: PARTS }]);
    expect(await inTransit(plant)).toEqual([]);
    expect(await shown(carrier, parts[7]!)).toMatchObject({
      owner: plant.creditCode,
      heldBy: carrier.creditCode,
    });
  });

  it('travels on the truck and is handed over at the gate of the consignee, and to nobody else', async () => {
    const truck = await carrier.registers('truck', 'container', 'truck');
    await carrier.did(truck, ['pack', { items: [pallet] }]);
    expect(await contents(carrier, truck)).toHaveLength(PARTS + 1);
    expect(await carrier.does('handover', pallet, { to: maker.creditCode })).toBe('HL-2176');
    await carrier.did(truck, ['unpack', { items: [pallet] }]);
    expect(await carrier.does('handover', pallet, { to: plant.creditCode })).toBe('HL-2107');
    await carrier.did(pallet, ['handover', { to: maker.creditCode }]);
  });

  it('is accepted with three parts missing and one damaged: only these are touched', async () => {
    const exceptions = [
      { reason: 'missing', items: parts.slice(0, 3) },
      { reason: 'damaged', items: parts.slice(3, 4) },
    ];
    await maker.did(pallet, ['accept', { from: carrier.creditCode, count: PARTS - 4, exceptions }]);
    expect(await shown(maker, pallet)).toMatchObject({
      custodian: maker.creditCode,
      owner: plant.creditCode,
      logistics: { evidence: 'A', goods: { count: PARTS - 4, owner: maker.creditCode } },
    });
    expect((await contents(maker, pallet)).sort()).toEqual(parts.slice(4).sort());
    const left = await inTransit(carrier, '&days=0');
    expect(left.map(({ item, reason }) => [item, reason]).sort()).toEqual(
      parts
        .slice(0, 4)
        .map((item, i) => [item, i < 3 ? 'missing' : 'damaged'])
        .sort(),
    );
    expect(left).toMatchObject(left.map(() => ({ lost: true })));
    expect(await inTransit(carrier, '&days=30')).toMatchObject(left.map(() => ({ lost: false })));
  });

  it('one of the missing parts turns up behind it, and is accepted by itself', async () => {
    await maker.did(parts[0]!, ['accept', { from: carrier.creditCode }]);
    expect(await shown(maker, parts[0]!)).toMatchObject({
      custodian: maker.creditCode,
      owner: maker.creditCode,
    });
    expect(await inTransit(carrier)).toHaveLength(3);
  });

  it('is unpacked by the remanufacturer, who holds and owns each part then, and works on it', async () => {
    expect(await maker.does('inspect', parts[9]!, { result: 'fit' })).toBe('HL-2176');
    await maker.did(pallet, ['unpack', { items: parts.slice(4, 104) }]);
    expect(await shown(maker, parts[9]!)).toMatchObject({
      custodian: maker.creditCode,
      owner: maker.creditCode,
      logistics: { evidence: 'A' },
    });
    expect(await maker.does('inspect', parts[9]!, { result: 'fit' })).toBe('accepted');
    expect(await contents(maker, pallet)).toHaveLength(PARTS - 104);
  });

  it('leaves a scrapped part to a small smelter on paper, which histories and the passport show as grade C', async () => {
    const item = parts[10]!;
    const slip = { document: 'd'.repeat(64), creditCode: PAPER_SMELTER, licence: 'L-77' };
    await maker.did(item, ['acceptOnBehalf', slip]);
    const { events } = await read<{ events: { event: { type: string }; evidence?: string }[] }>(
      maker,
      `/v1/items/${item}/history`,
    );
    expect(
      events.filter(({ evidence }) => evidence).map(({ event, evidence }) => [event.type, evidence]),
    ).toEqual([['acceptOnBehalf', 'C']]);
    const passport = (await scene.gateway.get(`/p/${item}`)).body as unknown as {
      custodyEvidence: string;
      steps: { what: string; evidence?: string }[];
    };
    expect(passport.custodyEvidence).toBe('C');
    expect(passport.steps.map(({ what, evidence }) => [what, evidence])).toEqual([
      ['register', undefined],
      ['packed', undefined],
      ['unpacked', undefined],
      ['acceptOnBehalf', 'C'],
    ]);
  });

  it('is told by the gateway as the blocks tell it: the verifier finds no difference', async () => {
    const { world, gateway } = scene;
    const token = await gateway.token(world.oversightOffice);
    const connection = await world.network.connect('OversightMSP', 'auditor');
    const readModel = readModelOfGateway(async (path) => {
      const { status, body, text } = await gateway.get(path, token);
      if (status !== 200) throw new Error(text);
      return body;
    });
    const source = blocksOfPeer(connection);
    const report = await verifyLedger({ source, trust: world.network.trust, readModel });
    expect(report.firstDifference).toBeUndefined();
    expect(report).toMatchObject({ ok: true, readModelRows: report.rows });
    expect(report.readModelLinks).toBeGreaterThan(PARTS);
  });
});
