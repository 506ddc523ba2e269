import { blocksOfPeer, verifyLedger } from '@huilian/verifier';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Scene, type Actor } from './scene.js';

let scene: Scene;
let owner: Actor;
let insurer: Actor;
let auction: Actor;
let plant: Actor;
let works: Actor;
let shop: Actor;
let shredder: Actor;
let smelter: Actor;
let car: string;

beforeAll(async () => {
  scene = await Scene.begin();
  await scene.table('massTolerance', { permille: 20 });
  owner = await scene.party('车主', ['vehicleOwner']);
  insurer = await scene.party('保险', ['insurer']);
  auction = await scene.party('拍卖', ['auctionHouse']);
  plant = await scene.party('拆解厂', ['dismantler'], [{ role: 'dismantler' }]);
  works = await scene.party(
    '再制造',
    ['remanufacturer'],
    [{ role: 'remanufacturer', categories: ['engine'] }],
  );
  shop = await scene.party('维修', ['repairShop']);
  shredder = await scene.party('破碎', ['shredder'], [{ role: 'shredder' }]);
  smelter = await scene.party('冶炼', ['smelter'], [{ role: 'smelter' }]);
});
afterAll(() => scene.end());

describe('a car from total loss to shredder, its engine remanufactured and fitted into another car', () => {
  const weight = 1_240_000;
  let engine: string;
  let door: string;
  let product: string;

  it('is damaged, assessed and declared a total loss that must be scrapped', async () => {
    const tags = [{ scheme: 'vin', value: 'LSVAM4186C2123456' }];
    car = await owner.registers('car', 'vehicle', 'passengerCar', { tags, massGrams: weight });
    expect(await shop.does('declareTotalLoss', car, { loss: 'L1', totalLoss: 'mustScrap' })).toMatch(/^HL-2/);
    await owner.did(car, ['reportDamage', { loss: 'L1' }]);
    await insurer.did(
      car,
      ['assess', { loss: 'L1' }],
      ['claimLines', { loss: 'L1', claim: 'K1', cover: 'ownDamage', lines: [] }],
      ['declareTotalLoss', { loss: 'L1', totalLoss: 'mustScrap' }],
    );
  });

  it('is not sold to a repair firm: the lawful buyer is a licensed dismantler', async () => {
    expect(await owner.does('handover', car, { to: shop.creditCode })).toBe('HL-2112');
    await owner.gives(car, auction, { keepOwnership: true });
    expect(await auction.does('sellSalvage', car, { to: shop.creditCode })).toBe('HL-2112');
    await auction.did(car, ['sellSalvage', { to: plant.creditCode }]);
    expect(await auction.does('handover', car, { to: shredder.creditCode })).toBe('HL-2107');
    await auction.gives(car, plant);
  });

  it('is taken in by the dismantler: weighed, counted and certified', async () => {
    expect(await plant.does('dismantle', car, { outputs: [plant.output('x', 'part', 'door', 1)] })).toBe(
      'HL-2010',
    );
    const assemblies = { engine: 1, frontAxle: 1, rearAxle: 1 };
    await plant.did(
      car,
      ['surrender'],
      ['receive', { massGrams: weight, assemblies }],
      ['issueCertificate', { number: 'HZ-2026-1' }],
    );
  });

  it('is not dismantled before it is depolluted', async () => {
    const taken = { outputs: [plant.output('engine', 'part', 'engine', 142_000)] };
    expect(await plant.does('dismantle', car, taken)).toBe('HL-2101');
    const oil = plant.output('oil', 'lot', 'wasteOil', 9_000);
    await plant.did(car, ['depollute', { outputs: [oil] }]);
  });

  it('gives one engine and no second, and a door', async () => {
    const outputs = [
      plant.output('engine', 'part', 'engine', 142_000),
      plant.output('door', 'part', 'door', 24_000),
      plant.output('frame', 'part', 'frame', 212_000),
    ];
    await plant.did(car, ['dismantle', { outputs }]);
    engine = plant.thing('engine').item;
    door = plant.thing('door').item;
    const second = { outputs: [plant.output('second engine', 'part', 'engine', 90_000)] };
    expect(await plant.does('dismantle', car, second)).toBe('HL-2103');
  });

  it('leaves a hulk that balances, and the shredder makes fractions of it', async () => {
    const left = { massGrams: 840_000, lossGrams: 8_000, toleranceVersion: 1 };
    expect(await plant.does('leaveHulk', car, { ...left, massGrams: 700_000 })).toBe('HL-2050');
    await plant.did(car, ['leaveHulk', left]);
    await plant.gives(car, shredder);
    const outputs = [
      shredder.output('steel', 'lot', 'steel', 760_000),
      shredder.output('fluff', 'lot', 'shredderResidue', 75_000),
    ];
    await shredder.did(car, ['shred', { outputs, lossGrams: 5_000, toleranceVersion: 1 }]);
    expect(await shredder.does('handover', car, { to: smelter.creditCode })).toBe('HL-2011');
    await shredder.gives(shredder.thing('steel').item, smelter);
    await smelter.did(shredder.thing('steel').item, ['dispose', { method: 'smelted' }]);
  });

  it('whose engine is sold to nobody but a remanufacturer licensed for engines', async () => {
    await plant.did(engine, ['inspect', { result: 'fit' }]);
    expect(await plant.does('handover', engine, { to: shop.creditCode })).toBe('HL-2104');
    expect(await plant.does('markReused', engine, { mark: 'R-1' })).toBe('HL-2108');
    expect(await plant.does('handover', engine, { to: smelter.creditCode })).toBe('HL-2106');
    expect(await plant.does('handover', engine, { to: works.creditCode })).toBe('HL-2313');
    const label = { scheme: 'serial', value: 'EA211-0001' };
    await plant.did(engine, ['codePart', { label, model: 'EA211' }]);
    await plant.gives(engine, works);
  });

  it('becomes one product, once, which is fitted into another car and names its core', async () => {
    await works.did(engine, ['designateCore'], ['grade', { grade: 'B' }]);
    const made = {
      product: {
        ...works.output('product', 'part', 'engine', 141_000),
        tags: [{ scheme: 'serial', value: 'ZZZ-1' }],
      },
      mark: 'ZZZ-1',
    };
    await works.did(engine, ['remanufacture', made]);
    expect(
      await works.does('remanufacture', engine, {
        ...made,
        product: works.output('second', 'part', 'engine', 1),
      }),
    ).toBe('HL-2011');
    product = works.thing('product').item;
    await works.gives(product, shop);
    const other = await shop.registers('other car', 'vehicle', 'passengerCar', {
      tags: [{ scheme: 'vin', value: 'LSVAA4182E2184847' }],
    });
    await shop.did(product, ['fit', { into: other }]);
    expect(await scene.item(product, shop)).toMatchObject({
      class: 'remanufacturedPart',
      core: engine,
      fittedInto: other,
      state: 'fitted',
    });
  });

  it('whose door is inspected and marked before it is fitted', async () => {
    await plant.did(door, ['inspect', { result: 'fit' }]);
    await plant.did(door, ['markReused', { mark: 'R-2' }]);
    await plant.gives(door, shop);
    await shop.did(door, ['fit', { into: shop.thing('other car').item }]);
  });

  it('whose frame was found unfit and goes to the smelter', async () => {
    const frame = plant.thing('frame').item;
    await plant.did(frame, ['inspect', { result: 'unfit' }]);
    expect(await plant.does('handover', frame, { to: works.creditCode })).toMatch(/^HL-210/);
    await plant.gives(frame, smelter);
    await smelter.did(frame, ['dispose', { method: 'smelted' }]);
  });
});

describe('a suspected stolen car', () => {
  let stolen: string;
  let police: Actor;

  it('stands still from the moment that somebody says so', async () => {
    police = await scene.party('车管', ['police']);
    stolen = await plant.registers('stolen', 'vehicle', 'passengerCar');
    await plant.did(stolen, ['surrender'], ['receive', { massGrams: 1_000_000 }]);
    await plant.did(stolen, ['hold', { reason: 'suspectedStolen' }]);
    for (const [step, data] of [
      ['issueCertificate', { number: 'HZ-2' }],
      ['handover', { to: shredder.creditCode }],
      ['inspect', { result: 'fit' }],
    ] as const)
      expect(await plant.does(step, stolen, data), step).toBe('HL-2100');
  });

  it('is released by the police and by nobody else', async () => {
    expect(await plant.does('release', stolen)).toBe('HL-2030');
    await police.did(stolen, ['release']);
    await plant.did(stolen, ['issueCertificate', { number: 'HZ-2' }]);
  });
});

describe('what was refused', () => {
  it('is on the record: the auditor reads each attempt with its code, and the ledger verifies', async () => {
    const auditor = await scene.party('审计', ['auditor']);
    const token = await scene.gateway.token(auditor.signer);
    const { body } = await scene.gateway.get(`/v1/items/${car}/history`, token);
    const verdicts = (body.events as unknown as { verdict: string }[]).map(({ verdict }) => verdict);
    for (const code of ['HL-2101', 'HL-2103', 'HL-2112', 'HL-2050']) expect(verdicts).toContain(code);
    const connection = await scene.world.network.connect('OversightMSP', 'auditor');
    const report = await verifyLedger({ source: blocksOfPeer(connection), trust: scene.world.network.trust });
    expect(report.firstDifference).toBeUndefined();
  });
});
