import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Dismantler, Insurer, RemanScheme, RepairShop } from '@huilian/adapters';
import { gb18030 } from '@huilian/adapters/testing';
import { huilian } from '../scanner/terminal.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Partners } from './partners.js';
import type { Actor, Scene } from './scene.js';

const VIN = 'LSVAM4186C2123456';
const OTHER = 'LSVAM4187C2184847';
let partners: Partners<'insurer' | 'plant' | 'works' | 'shop'>;
let scene: Scene;
let parties: Readonly<Record<'insurer' | 'plant' | 'works' | 'shop', Actor>>;
let insurer: Insurer;
let plant: Dismantler;
let works: RemanScheme;
let shop: RepairShop;

/** Four partners, each with a system, an adapter beside it, and a service key of its own. */
beforeAll(async () => {
  partners = await Partners.begin(
    {
      insurer: { system: 'insurance', roles: ['insurer'] },
      plant: { system: 'scrappedVehicle', roles: ['dismantler'], licences: [{ role: 'dismantler' }] },
      works: {
        system: 'oldForReman',
        roles: ['remanufacturer'],
        licences: [{ role: 'remanufacturer', categories: ['engine'] }],
      },
      shop: { system: 'repair', roles: ['repairShop'] },
    },
    { massTolerance: { permille: 50 } },
  );
  ({ scene } = partners);
  const actor = (name: keyof typeof parties): Actor => partners.actor(name);
  parties = { insurer: actor('insurer'), plant: actor('plant'), works: actor('works'), shop: actor('shop') };
  insurer = partners.client('insurer', Insurer);
  plant = partners.client('plant', Dismantler);
  works = partners.client('works', RemanScheme);
  shop = partners.client('shop', RepairShop);
});
afterAll(() => partners.end());

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
    const adapter = partners.adapter('insurer');
    const before = new Insurer(adapter.address, { waitSeconds: 0 });
    const vins = ['LSVAM4187C2184847', VIN];
    await before.send('vehicleHeld', { vin: vins[0], holdReason: 'underInvestigation' }, { id: 'held' });
    await adapter.end('SIGKILL');
    await adapter.begin();
    const after = partners.client('insurer', Insurer);
    await expect.poll(async () => (await after.report('held')).verdict, { timeout: 20_000 }).toBe('accepted');
  });
});

/** A timeline as a reader sees it: each step with how much of it. */
async function timeline(
  path: string,
  token: string | undefined,
): Promise<{ status: number; steps: string[]; text: string }> {
  const { status, body, text } = await scene.gateway.get(`${path}?limit=200`, token);
  const { entries = [] } = body as unknown as { entries?: { what: string; sight: string }[] };
  return { status, steps: entries.map(({ what, sight }) => `${what} ${sight}`), text };
}

describe('the timeline of the car', () => {
  const path = `/v1/vehicles/${VIN}/timeline`;
  const of = async (actor: Actor): Promise<{ status: number; steps: string[]; text: string }> =>
    timeline(path, await scene.gateway.token(actor.signer));

  it('holds for Oversight all that happened, refused attempts too, in one order with the parts', async () => {
    const { steps } = await timeline(path, await scene.gateway.token(scene.world.oversightOffice));
    expect(steps.every((step) => step.endsWith(' all'))).toBe(true);
    const what = steps.map((step) => step.split(' ')[0]);
    const wanted = [
      'register',
      'declareTotalLoss',
      'issueCertificate',
      'dismantle',
      'grade',
      'remanufacture',
      'shred',
    ];
    expect(what.filter((each) => wanted.includes(each ?? '')).slice(0, 3)).toEqual(wanted.slice(0, 3));
    expect(what.lastIndexOf('remanufacture')).toBeGreaterThan(what.indexOf('grade'));
    expect(what.indexOf('fit')).toBeGreaterThan(what.indexOf('remanufacture'));
    expect(what.filter((each) => each === 'dismantle')).toHaveLength(2);
  });

  it('shows the insurer loss and fit lines and the certificate, of the dismantling only that it was', async () => {
    const { steps, text } = await of(parties.insurer);
    expect(steps).toEqual(
      expect.arrayContaining([
        'declareTotalLoss all',
        'issueCertificate what',
        'fit what',
        'dismantle step',
        'grade step',
      ]),
    );
    expect(text).not.toContain('ZZZ-1');
    expect(text).not.toContain('1240000');
  });

  it('shows the dismantler its own work whole, of the loss only that it was', async () => {
    const { steps } = await of(parties.plant);
    expect(steps).toEqual(
      expect.arrayContaining(['reportDamage step', 'dismantle all', 'shred all', 'remanufacture step']),
    );
  });

  it('shows the remanufacturer that took its engine the way of the core', async () => {
    const { steps } = await of(parties.works);
    expect(steps).toEqual(
      expect.arrayContaining(['declareTotalLoss step', 'grade all', 'remanufacture all', 'fit what']),
    );
  });

  it('shows nothing to who had no part in it, and to the public nothing beyond the passport', async () => {
    const stranger = await scene.party('别家', ['insurer']);
    expect((await of(stranger)).status).toBe(403);
    expect((await timeline(path, undefined)).status).toBe(401);
  });

  it('is one for the engine’s new life, too, and for the other car only from the fitting on', async () => {
    const token = await scene.gateway.token(parties.shop.signer);
    const other = await timeline(`/v1/vehicles/${OTHER}/timeline`, token);
    expect(other.steps).toContain('fit all');
    expect(other.steps.join()).not.toContain('grade');
    const found = await scene.gateway.get('/v1/items?tag=serial:ZZZ-1', token);
    const product = await timeline(`/v1/items/${found.body.items[0]?.item ?? ''}/timeline`, token);
    expect(product.steps).toEqual(expect.arrayContaining(['remanufacture what', 'accept all', 'fit all']));
  });

  it('names what cannot be found, and a VIN that is none', async () => {
    const token = await scene.gateway.token(parties.shop.signer);
    expect((await scene.gateway.get('/v1/vehicles/LSVAM4187C2123456/timeline', token)).status).toBe(400);
    expect((await scene.gateway.get('/v1/vehicles/LSVAM4189C2123449/timeline', token)).status).toBe(404);
  });
});

describe('the dictionary', () => {
  it('and the schemas are published by the gateway', async () => {
    const { body } = await scene.gateway.get('/v1/dictionary');
    expect(body).toMatchObject({ version: 1, undescribed: [] });
    const list = await scene.gateway.get('/v1/schemas');
    const { schemas } = list.body as unknown as { schemas: string[] };
    expect(schemas).toEqual(expect.arrayContaining(['lossReported', 'messageReport', 'event.reportDamage']));
    const one = await scene.gateway.get('/v1/schemas/lossReported');
    expect(one.headers.get('content-type')).toContain('application/schema+json');
    expect(one.body).toMatchObject({ $schema: 'https://json-schema.org/draft/2020-12/schema' });
    expect((await scene.gateway.get('/v1/schemas/nothing')).status).toBe(404);
  });
});

describe('a list of the dismantler in GB 18030', () => {
  it('is recorded row by row, with a report that says what became of each; run again, nothing twice', async () => {
    const adapter = partners.adapter('plant');
    const file = join(partners.home, '台账.csv');
    const report = join(partners.home, 'report.csv');
    const lines = [
      '回收证明编号,车辆识别代号,车辆类型,回收日期,净重（kg）,车主类型',
      'HZ-2026-7,LSVAM4188C2123460,轿车,2026年3月2日,"１,２５０",个人',
      `HZ-2026-8,${VIN},轿车,2026-03-02,1240,个人`,
      'HZ-2026-9,LSVAM4187C2123456,轿车,2026-03-02,1240,个人',
      'HZ-2026-7,LSVAM4188C2123460,轿车,2026年3月2日,"１,２５０",个人',
    ];
    writeFileSync(file, gb18030(lines.join('\r\n')));
    const args = ['table', 'import', file, '--format', 'scrappedVehicleIntake', '--report', report, '--json'];
    const busy = await huilian(adapter.environment, ...args);
    expect([busy.exit, busy.stderr]).toEqual([1, expect.stringContaining('HL-9230')]);
    await adapter.end();
    const first = await huilian(adapter.environment, ...args);
    expect(first.lines[0]).toMatchObject({
      encoding: 'gb18030',
      rows: { accepted: 1, refused: 2, repeated: 1, waiting: 0 },
    });
    expect(first.exit).toBe(3);
    const told = readFileSync(report, 'utf8');
    expect(told).toContain('HL-1042');
    expect(told).toMatch(/HL-2\d{3}/);
    const again = await huilian(adapter.environment, ...args);
    expect(again.lines[0]).toMatchObject({ isResumed: true, rows: { accepted: 1, refused: 2 } });
    const token = await scene.gateway.token(parties.plant.signer);
    const { steps } = await timeline('/v1/vehicles/LSVAM4188C2123460/timeline', token);
    expect(steps).toEqual(['register all', 'surrender all', 'receive all', 'issueCertificate all']);
  });
});
