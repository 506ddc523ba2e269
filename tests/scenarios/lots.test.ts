import { blocksOfPeer, readModelOfGateway, verifyLedger } from '@huilian/verifier';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { now } from '../gateway/world.js';
import { Scene, type Actor } from './scene.js';

const BOARDS = '900-045-49';
const HASH = 'c'.repeat(64);
const balanced = { lossGrams: 0, toleranceVersion: 1 };

interface Found {
  readonly kind: string;
}

let scene: Scene;
let collector: Actor;
let plant: Actor;
let carrier: Actor;
let handler: Actor;
let smelter: Actor;

beforeAll(async () => {
  scene = await Scene.begin();
  await scene.table('massTolerance', { permille: 20 });
  await scene.table('hazardousCategories', { circuitBoards: BOARDS });
  await scene.table('manifestNumber', { digits: 14 });
  collector = await scene.party('回收商', ['collector']);
  plant = await scene.party('处理厂', ['processor'], [{ role: 'processor' }]);
  carrier = await scene.party('承运人', ['carrier']);
  handler = await scene.party(
    '危废处置单位',
    ['hazardousWasteHandler'],
    [{ role: 'hazardousWasteHandler', categories: ['HW49'] }],
  );
  // The handler has a permit of its own.
  const table = { warnPermille: 900, circuitBoards: [13_000, handler.creditCode, 11_000] };
  await scene.table('hazardousStorageLimits', table);
  smelter = await scene.party('冶炼', ['smelter'], [{ role: 'smelter' }]);
});
afterAll(() => scene.end());

/** Gross, tare and net of a scale that is calibrated. */
function weighed(netGrams: number): object {
  const tareGrams = 8_000_000;
  return {
    grossGrams: tareGrams + netGrams,
    tareGrams,
    netGrams,
    scale: 'WB-1',
    calibratedUntil: now() + 86_400,
  };
}

/** A lot, or a unit with its label, that comes out of a step. */
function out(who: Actor, name: string, kind: string, category: string, massGrams: number): object {
  const label = name.toUpperCase().replaceAll(' ', '-');
  const tags = kind === 'device' ? [{ scheme: 'serial', value: label }] : [];
  return { ...who.thing(name), kind, category, massGrams, tags };
}

describe('a truck by weight', () => {
  let truck: string;

  it('comes in at the collector’s weighbridge: a ticket, a net mass and a declared mix', async () => {
    const { item, nonce } = collector.thing('truck');
    truck = item;
    const data = {
      nonce,
      tags: [],
      ticket: 'WB-2026-0815',
      ticketHash: HASH,
      weighing: weighed(1_000_000),
      mix: [{ category: 'television', pieces: 20 }, { category: 'cable' }],
      estimatedPieces: 22,
      source: { kind: 'participant', slip: 'SLIP-1' },
    };
    const wrong = { ...data, weighing: { ...weighed(1_000_000), netGrams: 900_000 } };
    expect(await collector.does('intakeBatch', truck, wrong)).toBe('HL-2141');
    await collector.did(truck, ['intakeBatch', data]);
    expect(await scene.item(truck, collector)).toMatchObject({
      category: 'mixedIntake',
      massGrams: 1_000_000,
    });
  });

  it('goes on to the plant as it is, and is sorted there into labelled units and cages in two steps', async () => {
    await collector.gives(truck, plant);
    const units = [1, 2].map((n) => out(plant, `tv ${n}`, 'device', 'television', 30_000));
    await plant.did(
      truck,
      ['sort', { outputs: units, toleranceVersion: 1 }],
      ['sort', { outputs: [out(plant, 'cables', 'lot', 'cable', 920_000)], toleranceVersion: 1 }],
    );
    const tooMuch = { outputs: [out(plant, 'more', 'lot', 'cable', 60_000)], toleranceVersion: 1 };
    expect(await plant.does('sort', truck, tooMuch)).toBe('HL-2050');
  });

  it('is closed when units, cages and residue are the net of the truck', async () => {
    expect(await plant.does('closeSorting', truck, { residueGrams: 60_000, toleranceVersion: 1 })).toBe(
      'HL-2050',
    );
    await plant.did(truck, ['closeSorting', { residueGrams: 15_000, toleranceVersion: 1 }]);
    expect(await scene.item(truck, plant)).toMatchObject({ state: 'sorted', takenGrams: 980_000 });
  });
});

describe('what came off the truck', () => {
  it('is granulated with another lot, merged and split, and every gram leads back to all that went in', async () => {
    const { item: cables } = plant.thing('cables');
    const other = await plant.registers('other cables', 'lot', 'cable', { massGrams: 80_000 });
    const granules = [
      out(plant, 'copper', 'lot', 'copper', 600_000),
      out(plant, 'plastic', 'lot', 'plastic', 390_000),
    ];
    const granulated = {
      others: [other],
      process: 'granulation',
      outputs: granules,
      ...balanced,
      lossGrams: 10_000,
    };
    await plant.did(cables, ['transform', granulated]);
    const { item: copper } = plant.thing('copper');
    await plant.did(copper, [
      'sample',
      { output: out(plant, 'sample', 'lot', 'copper', 1_000), number: 'P-1' },
    ]);
    const bought = await plant.registers('bought', 'lot', 'copper', { massGrams: 1_000 });
    const merged = out(plant, 'all copper', 'lot', 'copper', 600_000);
    await plant.did(copper, ['merge', { others: [bought], output: merged, ...balanced }]);
    const { item: all } = plant.thing('all copper');
    const halves = [
      out(plant, 'first half', 'lot', 'copper', 300_000),
      out(plant, 'second half', 'lot', 'copper', 300_000),
    ];
    await plant.did(all, ['split', { outputs: halves, ...balanced }]);

    const up = await genealogy(plant.thing('first half').item, plant);
    const { item: truck } = collector.thing('truck');
    expect(up.ancestors.map(({ item }) => item)).toEqual([all, copper, bought, cables, other, truck]);
    const down = await genealogy(other, plant);
    expect(new Set(down.descendants.map(({ item }) => item))).toEqual(
      new Set(
        ['copper', 'plastic', 'sample', 'all copper', 'first half', 'second half'].map(
          (name) => plant.thing(name).item,
        ),
      ),
    );
    // The sample was taken before the bought copper was added.
    const ofBought = await genealogy(bought, plant);
    expect(ofBought.descendants.map(({ item }) => item)).not.toContain(plant.thing('sample').item);
  });
});

describe('boards of a television', () => {
  let boards: string;
  let manifest: string;
  const opening = (to: Actor, number: string, name = 'trip'): object => ({
    nonce: plant.thing(name).nonce,
    number,
    carrier: carrier.creditCode,
    handler: to.creditCode,
    lots: [{ item: boards, wasteCode: BOARDS }],
  });

  it('are hazardous waste: they are neither handed to a smelter nor shipped to it', async () => {
    boards = await plant.registers('boards', 'lot', 'circuitBoards', { massGrams: 12_000 });
    expect(await plant.does('handover', boards, { to: smelter.creditCode })).toBe('HL-2149');
    manifest = plant.thing('trip').item;
    expect(await plant.does('openManifest', manifest, opening(smelter, '20263301000001'))).toBe('HL-2154');
  });

  it('leave under a manifest whose number the national system gave out', async () => {
    expect(await plant.does('openManifest', manifest, opening(handler, '202633010001'))).toBe('HL-2151');
    await plant.did(manifest, ['openManifest', opening(handler, '20263301000001')]);
    expect(await plant.does('dispose', boards, { method: 'smelted' })).toBe('HL-2158');
    expect(await scene.item(manifest, handler)).toMatchObject({ state: 'opened', massGrams: 12_000 });
  });

  it('are accepted with a difference before the carrier’s signature arrives', async () => {
    const arrived = { lots: [{ item: boards, massGrams: 11_800 }], evidence: [HASH] };
    await handler.did(manifest, ['acceptManifest', arrived]);
    expect(await handler.does('returnManifest', manifest, { evidence: [HASH] })).toBe('HL-2157');
    await carrier.did(manifest, ['carryManifest', { lots: [boards] }]);
    expect(await scene.item(boards, handler)).toMatchObject({
      custodian: handler.creditCode,
      massGrams: 11_800,
      lot: { wasteCode: BOARDS, differenceGrams: -200 },
    });
  });

  it('count as open until the signed copy is returned', async () => {
    expect(await scene.item(manifest, plant)).toMatchObject({ state: 'accepted' });
    await handler.did(manifest, ['returnManifest', { evidence: [HASH] }]);
    expect(await scene.item(manifest, plant)).toMatchObject({
      state: 'returned',
      manifest: { carried: true, acceptedGrams: 11_800 },
    });
    await handler.did(boards, ['dispose', { method: 'hazardousTreatment' }]);
    const passport = await scene.gateway.get(`/p/${boards}`);
    expect(passport.text).toContain('acceptManifest');
  });

  it('of another trip are turned back, and go out again under a new number', async () => {
    boards = await plant.registers('more boards', 'lot', 'circuitBoards', { massGrams: 5_000 });
    const { item: second } = plant.thing('second');
    expect(await plant.does('openManifest', second, opening(handler, '20263301000001', 'second'))).toBe(
      'HL-2152',
    );
    await plant.did(second, ['openManifest', opening(handler, '20263301000002', 'second')]);
    await carrier.did(second, ['carryManifest', { lots: [boards] }]);
    expect(await plant.does('cancelManifest', second, { lots: [boards] })).toBe('HL-2159');
    await handler.did(second, ['refuseManifest', { lots: [boards], reason: 'notAsDescribed' }]);
    await plant.did(second, ['cancelManifest', { lots: [boards] }]);
    await plant.did(plant.thing('third').item, ['openManifest', opening(handler, '20263301000003', 'third')]);
  });

  it('are accepted in part: what goes back stands still until its sender has it again', async () => {
    const good = await plant.registers('good boards', 'lot', 'circuitBoards', { massGrams: 4_000 });
    const wet = await plant.registers('wet boards', 'lot', 'circuitBoards', { massGrams: 5_000 });
    const { item: trip } = plant.thing('fourth');
    const lots = [good, wet].map((item) => ({ item, wasteCode: BOARDS }));
    await plant.did(trip, ['openManifest', { ...opening(handler, '20263301000004', 'fourth'), lots }]);
    await carrier.did(trip, ['carryManifest', { lots: [good, wet] }]);
    const refused = { lots: [wet], reason: 'notAsDescribed' };
    await handler.did(trip, ['acceptManifest', { lots: [{ item: good, massGrams: 4_000 }], refused }]);
    expect(await plant.does('split', wet, { outputs: [], lossGrams: 0, toleranceVersion: 1 })).toBe(
      'HL-2158',
    );
    await plant.did(trip, ['takeBackLots', { lots: [wet] }]);
    expect(await scene.item(wet, plant)).toMatchObject({ custodian: plant.creditCode });
    const passport = await scene.gateway.get(`/p/${wet}`);
    expect(passport.text).toContain('takeBackLots');
  });

  it('were more in store than the limits allow, at the plant and at the handler: each time one finding', async () => {
    const findings = async (actor: Actor) => {
      const token = await scene.gateway.token(actor.signer);
      const { body } = await scene.gateway.get('/v1/findings', token);
      return (body as unknown as { findings: Found[] }).findings.filter(({ kind }) =>
        kind.startsWith('storage'),
      );
    };
    const evidence = { category: 'circuitBoards', limit: 13_000 };
    expect(await findings(plant)).toMatchObject([
      { kind: 'storageExceeded', type: 'register', evidence: { ...evidence, grams: 14_000 } },
      { kind: 'storageNear', type: 'register', evidence: { ...evidence, grams: 12_000 } },
    ]);
    expect(await findings(handler)).toMatchObject([
      {
        kind: 'storageExceeded',
        type: 'acceptManifest',
        party: handler.creditCode,
        evidence: { category: 'circuitBoards', limit: 11_000, grams: 11_800 },
      },
    ]);
    const { body } = await scene.gateway.get('/v1/stocks', await scene.gateway.token(plant.signer));
    // Some stand there under a manifest that is open, and some came back.
    expect((body as unknown as { stocks: unknown[] }).stocks).toContainEqual({
      party: plant.creditCode,
      category: 'circuitBoards',
      grams: 10_000,
      level: 'below',
    });
  });
});

it('all of it follows from signed records, for who replays the blocks and compares what the gateway shows', async () => {
  const { network, oversightOffice } = scene.world;
  const connection = await network.connect('OversightMSP', 'auditor');
  const token = await scene.gateway.token(oversightOffice);
  const report = await verifyLedger({
    source: blocksOfPeer(connection),
    trust: network.trust,
    readModel: readModelOfGateway(async (path) => (await scene.gateway.get(path, token)).body),
  });
  expect(report.firstDifference).toBeUndefined();
  expect(report.readModelLinks).toBeGreaterThan(10);
});

async function genealogy(item: string, reader: Actor) {
  const token = await scene.gateway.token(reader.signer);
  return (await scene.gateway.get(`/v1/items/${item}/genealogy`, token)).body;
}
