import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Dismantler, Insurer, RemanScheme, RepairShop } from '@huilian/adapters';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AdapterProcess } from './adapter-process.js';
import { Scene, type Actor } from './scene.js';

const VIN = 'LSVAM4186C2123456';
const OTHER = 'LSVAM4187C2184847';
let scene: Scene;
let home: string;
let parties: { insurer: Actor; plant: Actor; works: Actor; shop: Actor };
const adapters: AdapterProcess[] = [];
let insurer: Insurer;
let plant: Dismantler;
let works: RemanScheme;
let shop: RepairShop;

/** Four partners, each with a system, an adapter beside it, and a service key of its own. */
beforeAll(async () => {
  scene = await Scene.begin();
  home = mkdtempSync(join(tmpdir(), 'huilian-partners-'));
  await scene.table('massTolerance', { permille: 50 });
  parties = {
    insurer: await scene.party('保险', ['insurer']),
    plant: await scene.party('拆解厂', ['dismantler'], [{ role: 'dismantler' }]),
    works: await scene.party(
      '发动机再制造',
      ['remanufacturer'],
      [{ role: 'remanufacturer', categories: ['engine'] }],
    ),
    shop: await scene.party('维修', ['repairShop']),
  };
  const { recyclingOffice, aftermarketOffice } = scene.world;
  for (const [system, actor, office] of [
    ['insurance', parties.insurer, aftermarketOffice],
    ['scrappedVehicle', parties.plant, recyclingOffice],
    ['oldForReman', parties.works, aftermarketOffice],
    ['repair', parties.shop, aftermarketOffice],
  ] as const) {
    const partner = { system, home: join(home, system), owner: actor.creditCode, office };
    adapters.push(await AdapterProcess.start(scene.world, scene.gateway, partner));
  }
  const [first, second, third, fourth] = adapters.map(({ address }) => address);
  insurer = new Insurer(first ?? '');
  plant = new Dismantler(second ?? '');
  works = new RemanScheme(third ?? '');
  shop = new RepairShop(fourth ?? '');
});
afterAll(async () => {
  for (const adapter of adapters) await adapter.end();
  await scene.end();
  rmSync(home, { recursive: true, force: true });
});

describe('four partners, each with the system it has, take a car from damage to shredder', () => {
  it('the insurer registers, assesses and sells a total loss that must be scrapped', async () => {
    const loss = { vin: VIN, lossNumber: 'L1' };
    const said = [
      await insurer.registerVehicle({ vin: VIN, vehicleType: 'passengerCar' }),
      await insurer.reportLoss(loss),
      await insurer.assessLoss(loss),
      await insurer.declareTotalLoss({ ...loss, totalLoss: 'mustScrap' }),
    ];
    expect(said.map(({ verdict }) => verdict)).toEqual(Array(4).fill('accepted'));
    const toShop = await insurer.sellSalvage({ vin: VIN, buyer: parties.shop.creditCode });
    expect(toShop).toMatchObject({ state: 'settled', verdict: 'refused', events: [{ verdict: 'HL-2112' }] });
    const sold = await insurer.sellSalvage({ vin: VIN, buyer: parties.plant.creditCode });
    expect(sold.verdict).toBe('accepted');
  });

  it('the dismantler’s acceptance arrives before the handover, and the car changes hands all the same', async () => {
    await plant.acceptVehicle({ vin: VIN, sender: parties.insurer.creditCode });
    await insurer.sendVehicle({ vin: VIN, receiver: parties.plant.creditCode });
    const taken = [
      await plant.surrenderVehicle({ vin: VIN }),
      await plant.receiveVehicle({ vin: VIN, netMassGrams: 1_240_000, engineCount: 1 }),
      await plant.issueCertificate({ vin: VIN, certificateNumber: 'HZ-2026-1' }),
    ];
    expect(taken.map(({ verdict }) => verdict)).toEqual(['accepted', 'accepted', 'accepted']);
  });

  it('dismantling before depollution is refused with its code and what to do, in the language of the partner', async () => {
    const outputs = [{ kind: 'part', category: 'engine', massGrams: 142_000, partSerial: 'E-1' }] as const;
    const early = await plant.dismantleVehicle({ vin: VIN, outputs }, { id: 'dismantle-1' });
    expect(early.events[0]).toMatchObject({
      verdict: 'HL-2101',
      next: expect.stringContaining('depollution') as string,
    });
    const oil = [{ kind: 'lot', category: 'wasteOil', massGrams: 9_000 }] as const;
    expect((await plant.depolluteVehicle({ vin: VIN, outputs: oil })).verdict).toBe('accepted');
    const again = await plant.dismantleVehicle({ vin: VIN, outputs }, { cites: 'dismantle-1' });
    expect(again.verdict).toBe('accepted');
  });

  it('the engine becomes a remanufactured one at the works and is fitted at the shop into another car', async () => {
    await plant.inspectPart({ partSerial: 'E-1', result: 'fit' });
    await plant.sendPart({ partSerial: 'E-1', receiver: parties.works.creditCode });
    const made = [
      await works.acceptCore({ partSerial: 'E-1', sender: parties.plant.creditCode }),
      await works.designateCore({ partSerial: 'E-1' }),
      await works.gradeCore({ coreSerial: 'E-1', grade: 'A' }),
      await works.remanufacture({
        coreSerial: 'E-1',
        productSerial: 'ZZZ-1',
        category: 'engine',
        massGrams: 140_000,
        mark: 'ZZZ-1',
      }),
      await works.sendProduct({ partSerial: 'ZZZ-1', receiver: parties.shop.creditCode }),
    ];
    expect(made.map(({ verdict }) => verdict)).toEqual(Array(5).fill('accepted'));
    const fitted = [
      await shop.registerVehicle({ vin: OTHER, vehicleType: 'passengerCar' }),
      await shop.acceptPart({ partSerial: 'ZZZ-1', sender: parties.works.creditCode }),
      await shop.fitPart({ partSerial: 'ZZZ-1', vin: OTHER }),
    ];
    expect(fitted.map(({ verdict }) => verdict)).toEqual(['accepted', 'accepted', 'accepted']);
  });

  it('the hulk is weighed and shredded, and the mass balances', async () => {
    const weighed = { vin: VIN, massGrams: 1_080_000, lossGrams: 9_000, toleranceVersion: 1 };
    expect((await plant.weighHulk({ ...weighed, massGrams: 500_000 })).events[0]?.verdict).toBe('HL-2050');
    expect((await plant.weighHulk(weighed)).verdict).toBe('accepted');
    const outputs = [
      { kind: 'lot', category: 'steel', massGrams: 980_000 },
      { kind: 'lot', category: 'shredderResidue', massGrams: 95_000 },
    ] as const;
    const shredded = await plant.shredHulk({ vin: VIN, outputs, lossGrams: 5_000, toleranceVersion: 1 });
    expect(shredded.verdict).toBe('accepted');
  });
});

describe('a message', () => {
  const message = (id: string, lossNumber: string): string =>
    JSON.stringify({
      id,
      type: 'lossReported',
      version: 1,
      time: '2026-03-02T10:00:00+08:00',
      data: { 车架号: OTHER, reportNo: lossNumber, 报案人电话: '13800000000', adjuster: 'none' },
    });

  it('sent twice is recorded once, and answers the same', async () => {
    const first = await insurer.post(message('twice', 'L2'));
    const second = await insurer.post(message('twice', 'L2'));
    expect(first.verdict).toBe('accepted');
    expect(second).toEqual(first);
  });

  it('with another body under its id is refused, and the first stays', async () => {
    await expect(insurer.post(message('twice', 'L3'))).rejects.toMatchObject({
      status: 409,
      code: 'HL-9203',
    });
    expect((await insurer.report('twice')).verdict).toBe('accepted');
  });

  it('names members as the partner does; what the dictionary does not know is marked, personal data without its value', async () => {
    const { unknownFields } = await insurer.report('twice');
    expect(unknownFields).toEqual([
      { pointer: '/data/报案人电话' },
      { pointer: '/data/adjuster', found: '"none"' },
    ]);
  });

  it('that an adapter acknowledged survives its power cut', async () => {
    const [adapter] = adapters;
    const before = new Insurer(adapter?.address ?? '', { waitSeconds: 0 });
    const vins = ['LSVAM4187C2184847', VIN];
    await before.send('vehicleHeld', { vin: vins[0], holdReason: 'underInvestigation' }, { id: 'held' });
    await adapter?.end('SIGKILL');
    await adapter?.begin();
    const after = new Insurer(adapter?.address ?? '');
    await expect.poll(async () => (await after.report('held')).verdict, { timeout: 20_000 }).toBe('accepted');
  });
});
