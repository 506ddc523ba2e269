import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { blocksOfPeer, verifyLedger } from '@huilian/verifier';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { administrative } from '../gateway/world.js';
import { huilian } from '../scanner/terminal.js';
import { Scene, type Actor } from './scene.js';

const PACK = '001PE240000003B3C0000001';
const SPARE = '001PE240000003B3C0000002';
const OTHER = '001PE240000003B3C0000008';
const NEW_CODE = '08GPE240000005P1A0000001';
const coded = (value: string) => ({ tags: [{ scheme: 'battery', value }] });
const weighed = (massGrams: number) => ({ massGrams, toleranceVersion: 1 });

let scene: Scene;
let plant: Actor;
let shop: Actor;
let collector: Actor;
let user: Actor;
let tower: Actor;
let recycler: Actor;
let melter: Actor;

beforeAll(async () => {
  scene = await Scene.begin();
  await scene.table('massTolerance', { permille: 20 });
  await scene.table('secondLifeCapacity', { permille: 600 });
  plant = await scene.party('拆解厂', ['dismantler'], [{ role: 'dismantler' }]);
  shop = await scene.party('维修', ['repairShop']);
  collector = await scene.party('回收网点', ['collector']);
  user = await scene.party(
    '梯次利用',
    ['secondLifeUser'],
    [{ role: 'secondLifeUser', categories: ['tractionBattery'] }],
  );
  tower = await scene.party('通信基站', ['retailer']);
  const batteries = ['tractionBattery', 'energyStorage'];
  recycler = await scene.party('再生利用', ['smelter'], [{ role: 'smelter', categories: batteries }]);
  melter = await scene.party('炼钢', ['smelter'], [{ role: 'smelter', categories: ['steel'] }]);
});
afterAll(() => scene.end());

/** An electric car that was given up at the plant. */
async function givenUp(name: string): Promise<string> {
  const car = await plant.registers(name, 'vehicle', 'electricCar');
  await plant.did(car, ['surrender']);
  return car;
}

describe('a battery out of an electric car, into second life and back', () => {
  const mass = 420_000;
  let car: string;
  let pack: string;
  let product: string;

  it('is named when its car is taken in', async () => {
    car = await givenUp('electric car');
    expect(await plant.does('receive', car, { massGrams: 1_900_000 })).toBe('HL-2160');
    await plant.did(
      car,
      ['receive', { massGrams: 1_900_000, packs: [PACK] }],
      ['issueCertificate', { number: 'HZ-E' }],
    );
  });

  it('comes out while the car is depolluted, before anything else, and no other pack does', async () => {
    const seats = { outputs: [plant.output('seats', 'lot', 'textile', 30_000)] };
    expect(await plant.does('dismantle', car, seats)).toBe('HL-2101');
    const spare = { ...plant.output('spare', 'battery', 'tractionBattery', mass), ...coded(SPARE) };
    expect(await plant.does('depollute', car, { outputs: [spare] })).toBe('HL-2162');
    await plant.did(car, ['depollute', { outputs: [plant.output('coolant', 'lot', 'coolant', 7_000)] }]);
    expect(await plant.does('dismantle', car, seats)).toBe('HL-2165');
    const out = { ...plant.output('pack', 'battery', 'tractionBattery', mass), ...coded(PACK) };
    pack = out.item;
    await plant.did(car, ['depollute', { outputs: [out] }], ['dismantle', seats]);
    expect(await scene.item(pack, plant)).toMatchObject({ state: 'removed', parent: car });
  });

  it('is collected and taken in by a licensed second-life user, who weighs and tests it', async () => {
    await plant.gives(pack, collector);
    await collector.did(pack, ['collectBattery', { slip: 'SLIP-0001' }]);
    await collector.gives(pack, user);
    expect(await user.does('takeInBattery', pack, weighed(mass + 10_000))).toBe('HL-2050');
    await user.did(
      pack,
      ['takeInBattery', weighed(mass - 1_000)],
      ['testBattery', { capacityPermille: 780, tableVersion: 1 }],
    );
    expect(await user.does('handover', pack, { to: tower.creditCode })).toBe('HL-2168');
  });

  it('becomes one product under a new code, once, and the old code still finds it', async () => {
    const made = { ...user.output('storage', 'battery', 'energyStorage', 450_000), ...coded(NEW_CODE) };
    product = made.item;
    const repurposing = { product: made, addedGrams: 33_000, lossGrams: 2_000, toleranceVersion: 1 };
    const again = { ...repurposing, product: { ...made, ...coded(PACK) } };
    expect(await user.does('repurpose', pack, again)).toBe('HL-2170');
    await user.did(pack, ['repurpose', repurposing]);
    expect(await user.does('repurpose', pack, repurposing)).toBe('HL-2011');
    expect(await scene.item(product, user)).toMatchObject({
      state: 'secondLife',
      parent: pack,
      battery: { capacityPermille: 780 },
    });
    const found = await scene.gateway.get(
      `/v1/items?tag=battery:${PACK}`,
      await scene.gateway.token(user.signer),
    );
    expect(found.body.items).toEqual([expect.objectContaining({ item: pack, state: 'repurposed' })]);
  });

  it('serves a base station, comes back and is recycled by who is licensed for such batteries', async () => {
    await user.gives(product, tower);
    await tower.gives(product, collector);
    await collector.did(product, ['collectBattery']);
    await collector.gives(product, melter);
    expect(await melter.does('takeInBattery', product, weighed(450_000))).toBe('HL-2031');
    await melter.gives(product, recycler);
    const outputs = [
      recycler.output('black mass', 'lot', 'blackMass', 240_000),
      recycler.output('copper', 'lot', 'copper', 200_000),
    ];
    await recycler.did(
      product,
      ['takeInBattery', weighed(450_000)],
      ['recycle', { outputs, lossGrams: 9_000, toleranceVersion: 1 }],
      ['reportTrace', { number: 'T-2026-0001' }],
    );
    const passport = await scene.gateway.get(`/p/${product}?format=json`);
    expect(passport.body).toMatchObject({ state: 'recycled', origin: { item: pack }, outputCount: 2 });
    const lineage = await scene.gateway.get(
      `/v1/items/${outputs[0]?.item ?? ''}/genealogy`,
      await scene.gateway.token(recycler.signer),
    );
    expect(lineage.body.ancestors.map(({ item }) => item)).toEqual([product, pack, car]);
  });
});

describe('an electric car without its pack', () => {
  it('is taken in with the reason: its battery belongs to a swapping service', async () => {
    const car = await givenUp('swapped');
    await plant.did(
      car,
      ['receive', { massGrams: 1_400_000, incompleteVehicle: 'swapContract' }],
      ['issueCertificate', { number: 'HZ-S' }],
    );
    const foreign = { ...plant.output('foreign', 'battery', 'tractionBattery', 400_000), ...coded(SPARE) };
    expect(await plant.does('depollute', car, { outputs: [foreign] })).toBe('HL-2162');
    await plant.did(
      car,
      ['depollute', { outputs: [plant.output('its coolant', 'lot', 'coolant', 6_000)] }],
      ['dismantle', { outputs: [plant.output('its seats', 'lot', 'textile', 30_000)] }],
    );
    expect(await scene.item(car, plant)).toMatchObject({ battery: { incomplete: 'swapContract' } });
  });
});

describe('a pack that a shop fitted into a car on the road', () => {
  let car: string;
  let pack: string;

  beforeAll(async () => {
    car = await shop.registers('customer', 'vehicle', 'electricCar');
    pack = await shop.registers('new pack', 'battery', 'tractionBattery', {
      massGrams: 410_000,
      ...coded(SPARE),
    });
    await shop.did(pack, ['inspect', { result: 'fit' }], ['fit', { into: car }]);
  });

  it('is not named for another car, and comes out of its own when that is scrapped', async () => {
    const other = await givenUp('other');
    expect(await plant.does('receive', other, { massGrams: 1_800_000, packs: [SPARE] })).toBe('HL-2163');
    await shop.gives(car, plant);
    await plant.did(
      car,
      ['surrender'],
      ['receive', { massGrams: 1_800_000, packs: [SPARE] }],
      ['issueCertificate', { number: 'HZ-R' }],
    );
    await plant.did(pack, ['remove', { from: car }]);
    await plant.did(car, ['depollute', { outputs: [plant.output('more coolant', 'lot', 'coolant', 6_000)] }]);
    expect(await scene.item(car, plant)).toMatchObject({ takenGrams: 416_000 });
  });

  it('fails its test and goes to a recycler licensed for it, and to nobody else', async () => {
    await plant.gives(pack, user);
    await user.did(
      pack,
      ['takeInBattery', weighed(410_000)],
      ['testBattery', { capacityPermille: 520, tableVersion: 1 }],
    );
    for (const [to, data] of [
      [tower, {}],
      [melter, {}],
      [collector, {}],
    ] as const)
      expect(await user.does('handover', pack, { to: to.creditCode, ...data })).toBe('HL-2167');
    const carried = { keepOwnership: true, consignee: recycler.creditCode };
    await user.gives(pack, collector, carried);
    await collector.gives(pack, recycler);
  });
});

describe('the commands of a worker', () => {
  let device: string;
  const as = (...args: string[]) =>
    huilian(
      {
        HUILIAN_HOME: scene.world.network.home,
        HUILIAN_DEVICE_HOME: device,
        HUILIAN_KEY: 'worker',
        HUILIAN_GATEWAY: scene.gateway.address,
      },
      ...args,
    );
  const done = async (...args: string[]): Promise<void> => {
    const ran = await as(...args);
    expect(ran, ran.stderr).toMatchObject({ exit: 0 });
  };

  beforeAll(async () => {
    device = mkdtempSync(join(tmpdir(), 'huilian-batteries-'));
    const works = await scene.party(
      '拆解兼梯次利用',
      ['dismantler', 'secondLifeUser', 'smelter'],
      [{ role: 'dismantler' }, { role: 'secondLifeUser' }, { role: 'smelter' }],
    );
    await done('key', 'init', 'worker', '--owner', works.creditCode);
    const [{ owner, publicKey, proof }] = (await as('key', 'request', 'worker', '--json')).lines as [
      { owner: string; publicKey: object; proof: string },
    ];
    const registration = { owner, kind: 'device', publicKey, proof };
    expect(
      await scene.gateway.record(scene.world.recyclingOffice, [administrative('key.register', registration)]),
    ).toEqual(['accepted']);
  });
  afterAll(() => rmSync(device, { recursive: true }));

  it('take a car in, its pack out, through second life and to the end', async () => {
    const [car, old, made] = [
      'VIN:LSVAM4187C2184847',
      '001PE240000003B3C0000007',
      '08GPE240000005P1A0000007',
    ];
    await done('intake', '--tag', car, '--category', 'electricCar');
    await done('vehicle', 'surrender', car);
    const refused = await as('vehicle', 'receive', car, '--mass', '1800kg');
    expect(refused).toMatchObject({ exit: 3 });
    expect(refused.stderr).toContain('HL-2160');
    await done('vehicle', 'receive', car, '--mass', '1800kg', '--pack', old, '--pack', OTHER);
    await done('vehicle', 'certify', car, '--number', 'HZ-W');
    const [missing, reason] = [OTHER, 'earlierReplacement'];
    await done('battery', 'missing', car, '--pack', missing, '--reason', reason);
    await done('vehicle', 'depollute', car, '--output', `battery:tractionBattery:400000:${old}`);
    await done('battery', 'collect', old, '--slip', 'SLIP-0007');
    await done('battery', 'receive', old, '--mass', '400kg');
    await done('battery', 'test', old, '--capacity', '780');
    const product = `battery:energyStorage:430000:${made}`;
    await done('battery', 'repurpose', old, '--product', product, '--added', '30000');
    await done('battery', 'collect', made);
    await done('battery', 'receive', made, '--mass', '430kg');
    await done('battery', 'recycle', made, '--output', 'lot:blackMass:425000', '--loss', '5000');
    await done('battery', 'report', made, '--number', 'T-2026-0007');
    expect((await as('item', 'show', made, '--lang', 'zh-CN')).stdout).toMatch(/状态 +已再生利用/);
    expect((await as('item', 'tree', old)).stdout).toMatch(/battery energyStorage recycled/);
  });
});

it('all of it follows from the blocks', async () => {
  const { network } = scene.world;
  const connection = await network.connect('OversightMSP');
  const report = await verifyLedger({ source: blocksOfPeer(connection), trust: network.trust });
  expect(report.firstDifference).toBeUndefined();
});
