import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Dismantler, Insurer, RemanScheme, RepairShop } from '@huilian/adapters';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { huilian } from '../scanner/terminal.js';
import { AdapterProcess } from './adapter-process.js';
import { Scene, type Actor } from './scene.js';

const VIN = 'LSVAM4187C2184847';
const PACK = '001PE240000003B3C0000001';
const NEW = '002PE250000003B3C0000009';
const SALT = 'AAECAwQFBgcICQoLDA0ODw';
const HASH = 'a'.repeat(64);
let scene: Scene;
let home: string;
let parties: Record<
  'insurer' | 'shop' | 'works' | 'plant' | 'processor' | 'user' | 'carrier' | 'handler',
  Actor
>;
const adapters = new Map<string, AdapterProcess>();
let insurer: Insurer;
let shop: RepairShop;
let works: RemanScheme;

const dismantlerAt = (name: string): Dismantler => new Dismantler(adapters.get(name)?.address ?? '');

/** Eight partners of the trade, each with its system beside an adapter of its own. */
beforeAll(async () => {
  scene = await Scene.begin();
  home = mkdtempSync(join(tmpdir(), 'huilian-partners-'));
  await scene.table('massTolerance', { permille: 50 });
  await scene.table('correctionTerm', { alone: 7, together: 30 });
  await scene.table('statePilot', { sharePermille: 100, capEngine: 200_000 });
  await scene.table('coreDeposit', { returnDays: 60, gradeA: 1000, gradeB: 600, gradeC: 0 });
  await scene.table('secondLifeCapacity', { permille: 600 });
  await scene.table('requiredParts', { refrigerator: ['compressor'], desktopHost: ['mainboard'] });
  await scene.table('hazardousCategories', { circuitBoards: '900-045-49' });
  parties = {
    insurer: await scene.party('保险', ['insurer']),
    shop: await scene.party('维修', ['repairShop']),
    works: await scene.party('再制造', ['remanufacturer'], [{ role: 'remanufacturer' }]),
    plant: await scene.party('拆解厂', ['dismantler'], [{ role: 'dismantler' }]),
    processor: await scene.party('处理厂', ['processor'], [{ role: 'processor' }]),
    user: await scene.party('梯次利用', ['secondLifeUser'], [{ role: 'secondLifeUser' }]),
    carrier: await scene.party('承运', ['carrier']),
    handler: await scene.party('危废处置', ['hazardousWasteHandler'], [{ role: 'hazardousWasteHandler' }]),
  };
  const { recyclingOffice, aftermarketOffice } = scene.world;
  const systems = { insurer: 'insurance', shop: 'repair', works: 'oldForReman' } as const;
  for (const [name, actor] of Object.entries(parties)) {
    const isAftermarket = name in systems;
    const system = isAftermarket ? systems[name as keyof typeof systems] : 'scrappedVehicle';
    const office = isAftermarket ? aftermarketOffice : recyclingOffice;
    const partner = { system, home: join(home, name), owner: actor.creditCode, office };
    adapters.set(name, await AdapterProcess.start(scene.world, scene.gateway, partner));
  }
  insurer = new Insurer(adapters.get('insurer')?.address ?? '');
  shop = new RepairShop(adapters.get('shop')?.address ?? '');
  works = new RemanScheme(adapters.get('works')?.address ?? '');
});
afterAll(async () => {
  for (const adapter of adapters.values()) await adapter.end();
  await scene.end();
  rmSync(home, { recursive: true, force: true });
});

/** Verdicts of reports, in order. */
async function verdicts(...sent: readonly Promise<{ verdict?: string | undefined }>[]): Promise<unknown[]> {
  const said: unknown[] = [];
  for (const each of sent) said.push((await each).verdict);
  return said;
}

describe('a repair that an insurer pays', () => {
  const claim = { vin: VIN, lossNumber: 'L1', claimNumber: 'X-1' };

  it('is claimed, approved by lines, fitted under a line, and paid once', async () => {
    const loss = { vin: VIN, lossNumber: 'L1' };
    for (const step of [
      () => shop.registerVehicle({ vin: VIN, vehicleType: 'electricCar' }),
      () => insurer.reportLoss(loss),
      () => insurer.claimLines({ ...claim, cover: 'ownDamage' }),
      () =>
        insurer.approveLines({
          ...claim,
          lines: [
            {
              line: 1,
              lineVersion: 1,
              amountFen: 120_000,
              salt: SALT,
              approvedCategory: 'door',
              quantity: 1,
              allowsNewPart: 'yes',
              allowsSecondHandPart: 'yes',
            },
          ],
        }),
      () => shop.registerPart({ partSerial: 'D-1', category: 'door', partClass: 'newPart' }),
      () => shop.inspectPart({ partSerial: 'D-1', result: 'fit' }),
      () => shop.fitPart({ partSerial: 'D-1', vin: VIN, lossNumber: 'L1', line: 1, lineVersion: 1 }),
    ])
      expect((await step()).verdict).toBe('accepted');
    const paid = { ...claim, amountFen: 120_000, salt: SALT, lines: [{ line: 1, lineVersion: 1 }] };
    expect((await insurer.payLines(paid)).verdict).toBe('accepted');
    expect((await insurer.payLines(paid)).events[0]).toMatchObject({ verdict: 'HL-2213' });
  });

  it('shows the shop the approved lines, and of the payment only that it was', async () => {
    const token = await scene.gateway.token(parties.shop.signer);
    const { body, text } = await scene.gateway.get(`/v1/vehicles/${VIN}/timeline?limit=200`, token);
    const { entries = [] } = body as unknown as { entries?: { what: string; sight: string }[] };
    const seen = entries.map(({ what, sight }) => `${what} ${sight}`);
    expect(seen).toEqual(
      expect.arrayContaining(['approveLines all', 'claimLines step', 'payLines step', 'fit all']),
    );
    expect(text).not.toContain('120000');
  });
});

describe('old-for-reman', () => {
  it('sells an engine for an old one, grades it and redeems each entitlement once', async () => {
    const sale = { seller: parties.shop.creditCode, saleNumber: 'S-1', saleLine: 1 };
    const [from, to] = [parties.works.creditCode, parties.shop.creditCode];
    const product = { productSerial: 'ZZ-1', category: 'engine', massGrams: 90_000, mark: 'ZZ-1' };
    for (const step of [
      () => works.send('partRegistered', { partSerial: 'E-0', category: 'engine', partClass: 'usedPart' }),
      () => works.designateCore({ partSerial: 'E-0' }),
      () => works.gradeCore({ coreSerial: 'E-0', grade: 'A' }),
      () => works.remanufacture({ coreSerial: 'E-0', ...product }),
      () => works.sendGoods({ partSerial: 'ZZ-1', receiver: to }),
      () => shop.acceptGoods({ partSerial: 'ZZ-1', sender: from }),
      () =>
        shop.sellProduct({
          ...sale,
          productSerial: 'ZZ-1',
          priceFen: 2_500_000,
          corePriceFen: 300_000,
          depositFen: 150_000,
          salt: SALT,
          statePilotVersion: 1,
          coreDepositVersion: 1,
        }),
      () => shop.registerPart({ partSerial: 'E-9', category: 'engine', partClass: 'usedPart' }),
      () => shop.takeCoreBack({ ...sale, coreSerial: 'E-9', productSerial: 'ZZ-1' }),
      () => shop.send('coreDesignated', { partSerial: 'E-9' }),
      () => shop.sendGoods({ partSerial: 'E-9', receiver: from }),
      () => works.acceptGoods({ partSerial: 'E-9', sender: to }),
      () => works.gradeCore({ coreSerial: 'E-9', grade: 'B' }),
    ])
      expect((await step()).verdict).toBe('accepted');
    const due = { ...sale, productSerial: 'ZZ-1', coreSerial: 'E-9' };
    const claims = [
      shop.claimEntitlement({ ...due, scheme: 'coreDeposit' }, { id: 'deposit' }),
      shop.claimEntitlement({ ...due, scheme: 'statePilot' }),
    ];
    expect(await verdicts(...claims)).toEqual(['accepted', 'accepted']);
    const again = await shop.claimEntitlement({ ...due, scheme: 'statePilot' });
    expect(again.events[0]).toMatchObject({ verdict: 'HL-2236' });
  });
});

describe('a plant’s mistake', () => {
  it('is declared wrong by the id of its message and replaced; the timeline marks the wrong step', async () => {
    await shop.registerPart({ partSerial: 'E-8', category: 'starter', partClass: 'usedPart' });
    await shop.inspectPart({ partSerial: 'E-8', result: 'unfit' }, { id: 'inspection' });
    const mistake = { correctionReason: 'wrongValue', termVersion: 1 };
    const right = { partSerial: 'E-8', result: 'fit' } as const;
    const said = [
      await shop.declareWrong({ ...mistake, wrongMessage: 'inspection' }),
      await shop.inspectPart(right, { replaces: 'inspection' }),
    ];
    expect(said.map(({ verdict }) => verdict)).toEqual(['accepted', 'accepted']);
    const token = await scene.gateway.token(parties.shop.signer);
    const found = await scene.gateway.get('/v1/items?tag=serial:E-8', token);
    const path = `/v1/items/${found.body.items[0]?.item ?? ''}/timeline`;
    const { body } = await scene.gateway.get(path, token);
    const { entries = [] } = body as unknown as { entries?: { what: string; declaredWrong?: true }[] };
    expect(entries.map(({ what, declaredWrong = false }) => [what, declaredWrong])).toEqual([
      ['register', false],
      ['inspect', true],
      ['correct', false],
      ['inspect', false],
    ]);
  });

  it('with two hands in it takes both of them', async () => {
    const plant = dismantlerAt('plant');
    await plant.send('partRegistered', { partSerial: 'ST-4', category: 'starter', partClass: 'usedPart' });
    await plant.sendGoods({ partSerial: 'ST-4', receiver: parties.shop.creditCode });
    const taken = await shop.acceptGoods(
      { partSerial: 'ST-4', sender: parties.plant.creditCode },
      { id: 'taken' },
    );
    const wrongEvent = taken.events[0]?.id ?? '';
    const mistake = { wrongMessage: 'taken', correctionReason: 'wrongParty', termVersion: 1 };
    expect((await shop.declareWrong(mistake)).verdict).toBe('accepted');
    const agreed = { partSerial: 'ST-4', wrongEvent, termVersion: 1 };
    expect((await plant.agreeCorrection(agreed)).verdict).toBe('accepted');
  });
});

describe('dismantling management', () => {
  it('takes a pack out of an electric car and gives it a second life', async () => {
    const plant = dismantlerAt('plant');
    const user = dismantlerAt('user');
    const car = 'LSVAM4186C2123456';
    const out = { kind: 'battery', category: 'tractionBattery', massGrams: 320_000, packCode: PACK } as const;
    for (const step of [
      () => plant.send('vehicleRegistered', { vin: car, vehicleType: 'electricCar' }),
      () => plant.surrenderVehicle({ vin: car }),
      () => plant.receiveVehicle({ vin: car, netMassGrams: 1_700_000, packs: [{ packCode: PACK }] }),
      () => plant.issueCertificate({ vin: car, certificateNumber: 'HS-1' }),
      () => plant.depolluteVehicle({ vin: car, outputs: [out] }),
      () => plant.sendGoods({ packCode: PACK, receiver: parties.user.creditCode }),
      () => user.acceptGoods({ packCode: PACK, sender: parties.plant.creditCode }),
      () => user.takeBatteryIn({ packCode: PACK, massGrams: 320_000, toleranceVersion: 1 }),
      () => user.testBattery({ packCode: PACK, capacityPermille: 780, capacityTable: 1 }),
      () =>
        user.repurposeBattery({
          packCode: PACK,
          newPackCode: NEW,
          category: 'energyStorage',
          massGrams: 320_000,
          lossGrams: 0,
          toleranceVersion: 1,
        }),
    ])
      expect((await step()).verdict).toBe('accepted');
  });

  it('takes appliances in: whole, incomplete with its proof, and as a set', async () => {
    const processor = dismantlerAt('processor');
    const unit = (unitLabel: string, massGrams: number, applianceType: string) => ({
      unitLabel,
      massGrams,
      applianceType,
      identity: 'label' as const,
      partsVersion: 1,
    });
    for (const [unitLabel, applianceCategory] of [
      ['HX-1', 'refrigerator'],
      ['PC-1', 'computer'],
      ['PC-2', 'computer'],
    ] as const)
      expect((await processor.registerUnit({ unitLabel, applianceCategory })).verdict).toBe('accepted');
    const fridge = { ...unit('HX-1', 41_000, 'fridge'), missing: [{ missingPart: 'compressor' }] };
    expect((await processor.receiveUnit(fridge)).events[0]).toMatchObject({ verdict: 'HL-2124' });
    for (const step of [
      () => processor.receiveUnit({ ...fridge, evidenceSha256: HASH }),
      () => processor.receiveUnit(unit('PC-1', 9_000, 'desktopHost')),
      () => processor.receiveUnit(unit('PC-2', 5_000, 'desktopMonitor')),
      () => processor.bindSet({ unitLabel: 'PC-1', partnerLabel: 'PC-2' }),
    ])
      expect((await step()).verdict).toBe('accepted');
  });

  it('sends circuit boards under a manifest, by sender, carrier and handler', async () => {
    const [processor, carrier, handler] = ['processor', 'carrier', 'handler'].map(dismantlerAt);
    if (!processor || !carrier || !handler) throw new Error('no adapter');
    const [manifestNumber, lots] = ['20263100000001', [{ lotNumber: 'PCB-1' }]];
    const opened = {
      manifestNumber,
      carrier: parties.carrier.creditCode,
      handler: parties.handler.creditCode,
      lots: [{ lotNumber: 'PCB-1', wasteCode: '900-045-49' }],
    };
    for (const step of [
      () => processor.registerLot({ lotNumber: 'PCB-1', category: 'circuitBoards', massGrams: 10_000 }),
      () => processor.openManifest(opened),
      () => carrier.send('manifestCarried', { manifestNumber, lots }),
      () => handler.acceptManifest({ manifestNumber, lots: [{ lotNumber: 'PCB-1', massGrams: 9_900 }] }),
      () => handler.send('manifestReturned', { manifestNumber, evidenceSha256: HASH }),
    ])
      expect((await step()).verdict).toBe('accepted');
  });

  it('sorts a truck load by a table, a unit a row, with a report of each', async () => {
    const processor = dismantlerAt('processor');
    const scale = { grossGrams: 10_200_000, tareGrams: 10_000_000, netGrams: 200_000, scale: 'WB-1' };
    const load = {
      lotNumber: 'T-1',
      ticket: 'WB-77',
      ticketSha256: HASH,
      ...scale,
      calibratedUntil: 4_000_000_000,
      estimatedPieces: 3,
    };
    expect((await processor.send('truckWeighedIn', load)).verdict).toBe('accepted');
    const adapter = adapters.get('processor');
    if (!adapter) throw new Error('no adapter');
    await adapter.end();
    const [file, report] = [join(home, 'sorted.csv'), join(home, 'sorted-report.csv')];
    const lines = [
      '批次号,质量允差表版本,产出种类,类别,质量（kg）,企业标签,发生时间',
      'T-1,1,电器,television,21,HX-101,2026-03-02 10:00:00',
      'T-1,1,电器,television,22.5,HX-102,2026-03-02 10:01:00',
      'T-1,1,烤箱,television,22.5,HX-103,2026-03-02 10:02:00',
      'T-1,1,电器,television,900,HX-104,2026-03-02 10:03:00',
    ];
    writeFileSync(file, lines.join('\n'));
    const args = ['table', 'import', file, '--format', 'loadSorted', '--report', report, '--json'];
    const ran = await huilian(adapter.environment, ...args);
    expect(ran.lines[0]).toMatchObject({ rows: { accepted: 2, refused: 2, repeated: 0, waiting: 0 } });
    const told = readFileSync(report, 'utf8');
    expect(told).toContain('HL-9140');
    expect(told).toContain('HL-2050');
  });
});
