import { blocksOfPeer, verifyLedger } from '@huilian/verifier';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Scene, type Actor } from './scene.js';

const photograph = 'a'.repeat(64);
const serial = (value: string) => ({ scheme: 'serial', value });

let scene: Scene;
let retailer: Actor;
let collector: Actor;
let plant: Actor;
let smelter: Actor;
let handler: Actor;

beforeAll(async () => {
  scene = await Scene.begin();
  await scene.table('massTolerance', { permille: 50 });
  await scene.table('requiredParts', {
    refrigerator: ['compressor', 'cabinet'],
    desktopHost: ['mainboard'],
  });
  await scene.table('lineSteps', {
    refrigerator: ['drainRefrigerant', 'removeCompressor', 'shredCabinet'],
    computer: ['openHousing', 'removeBoards'],
  });
  retailer = await scene.party('零售', ['retailer']);
  collector = await scene.party('回收商', ['collector']);
  plant = await scene.party(
    '处理厂',
    ['processor'],
    [{ role: 'processor', categories: ['refrigerator', 'computer'] }],
  );
  smelter = await scene.party('冶炼', ['smelter'], [{ role: 'smelter' }]);
  handler = await scene.party('危废处置', ['hazardousWasteHandler'], [{ role: 'hazardousWasteHandler' }]);
});
afterAll(() => scene.end());

describe('a refrigerator from a household to fractions', () => {
  const weight = 42_000;
  let fridge: string;

  it('is taken back by a shop from a household that is the number of a slip, and goes on to a collector', async () => {
    fridge = await retailer.registers('fridge', 'device', 'refrigerator', { tags: [serial('BCD-205-0001')] });
    await retailer.did(fridge, ['collectUnit', { source: { kind: 'household', slip: 'SLIP-0815' } }]);
    await retailer.gives(fridge, collector);
    expect(await collector.does('issueToLine', fridge, { line: 'L1', stepsVersion: 1 })).toBe('HL-2010');
    await collector.gives(fridge, plant);
  });

  it('is weighed in by the plant with its nameplate, its litres and the plant’s label', async () => {
    const received = {
      massGrams: weight,
      identity: 'serial',
      type: 'fridge',
      volumeLitres: 205,
      partsVersion: 1,
    };
    expect(await plant.does('receiveUnit', fridge, received)).toBe('HL-2123');
    const missing = { nameplate: photograph, missing: ['compressor'] };
    expect(await plant.does('receiveUnit', fridge, { ...received, ...missing })).toBe('HL-2124');
    await plant.did(fridge, ['receiveUnit', { ...received, nameplate: photograph }]);
  });

  it('is sorted to be processed, labelled before the line, and stored', async () => {
    await plant.did(fridge, ['triage', { route: 'process' }], ['stockUnit', { place: 'A-07' }]);
    expect(await plant.does('issueToLine', fridge, { line: 'L1', stepsVersion: 1 })).toBe('HL-2125');
    await plant.did(fridge, ['labelUnit', { label: serial('PLANT-000001') }]);
    await plant.did(fridge, ['issueToLine', { line: 'L1', stepsVersion: 1 }]);
    expect(await plant.does('triage', fridge, { route: 'reuse' })).toBe('HL-2120');
  });

  it('goes down the line step by step, and what comes out weighs what went in', async () => {
    expect(await plant.does('lineStep', fridge, { step: 'shredCabinet' })).toBe('HL-2129');
    await plant.did(
      fridge,
      ['lineStep', { step: 'drainRefrigerant' }],
      ['lineStep', { step: 'removeCompressor' }],
    );
    const fractions = [
      plant.output('compressor', 'part', 'compressor', 7_800),
      plant.output('refrigerant', 'lot', 'refrigerant', 100),
      plant.output('foam', 'lot', 'insulationFoam', 4_600),
      plant.output('steel', 'lot', 'steel', 18_000),
    ];
    const plastics = plant.output('plastics', 'lot', 'plastics', 11_000);
    const taken = { lossGrams: 400, toleranceVersion: 1 };
    expect(await plant.does('dismantle', fridge, { outputs: fractions, ...taken })).toBe('HL-2050');
    await plant.did(fridge, ['dismantle', { outputs: [...fractions, plastics], ...taken }]);
  });

  it('is closed when its last step is done, and not before', async () => {
    expect(await plant.does('closeUnit', fridge)).toBe('HL-2130');
    await plant.did(fridge, ['lineStep', { step: 'shredCabinet' }], ['closeUnit']);
    expect(await scene.item(fridge, plant)).toMatchObject({
      state: 'closed',
      massGrams: weight,
      appliance: { identity: 'serial', volumeLitres: 205, labelled: true, route: 'process', stepsDone: 3 },
    });
    expect(await plant.does('lineStep', fridge, { step: 'shredCabinet' })).toBe('HL-2011');
  });

  it('leaves steel for the smelter', async () => {
    const { item } = plant.thing('steel');
    await plant.gives(item, smelter);
    await smelter.did(item, ['dispose', { method: 'smelted' }]);
  });

  it('shows everybody its way without a name or a slip', async () => {
    const passport = await scene.gateway.get(`/p/${fridge}`, undefined, { accept: 'application/json' });
    expect(passport.body).toMatchObject({
      state: 'closed',
      steps: expect.arrayContaining(
        ['collectUnit', 'receiveUnit', 'issueToLine', 'dismantle', 'closeUnit'].map(
          (what) => expect.objectContaining({ what }) as unknown,
        ),
      ),
    });
    for (const secret of ['SLIP-0815', 'BCD-205-0001', 'PLANT-000001', retailer.name, plant.creditCode])
      expect(passport.text).not.toContain(secret);
    const page = await scene.gateway.get(`/p/${fridge}`, undefined, {
      accept: 'text/html',
      'accept-language': 'zh-CN',
    });
    for (const word of ['电冰箱', '入厂称重', '拆解完毕']) expect(page.text).toContain(word);
  });
});

describe('a laptop that is used again', () => {
  let laptop: string;

  it('is erased, tested, refurbished and marked as second-hand, in this order or not at all', async () => {
    laptop = await plant.registers('laptop', 'device', 'computer', { tags: [serial('LT-0001')] });
    const received = { massGrams: 2_100, identity: 'label', type: 'laptop', partsVersion: 1 };
    await plant.did(
      laptop,
      ['receiveUnit', { ...received, label: serial('PLANT-000002') }],
      ['triage', { route: 'reuse' }],
      ['testUnit', { result: 'passed' }],
    );
    expect(await plant.does('refurbish', laptop, { mark: 'OLD-1' })).toBe('HL-2121');
    await plant.did(
      laptop,
      ['eraseData', { method: 'overwritten', evidence: [photograph] }],
      ['testUnit', { result: 'failed' }],
    );
    expect(await plant.does('refurbish', laptop, { mark: 'OLD-1' })).toBe('HL-2122');
    await plant.did(laptop, ['testUnit', { result: 'passed' }], ['refurbish', { mark: 'OLD-1' }]);
  });

  it('is sold second-hand by a shop', async () => {
    await plant.gives(laptop, retailer);
    await retailer.did(laptop, ['sellRefurbished', { buyer: { kind: 'household', slip: 'INV-0001' } }]);
    expect(await scene.item(laptop, retailer)).toMatchObject({ state: 'sold' });
  });

  it('is refused at the line afterwards: it was used again', async () => {
    expect(await plant.does('issueToLine', laptop, { line: 'L1', stepsVersion: 1 })).toBe('HL-2120');
    expect(await plant.does('stockUnit', laptop, { place: 'A-01' })).toBe('HL-2120');
  });
});

describe('a desktop computer', () => {
  let host: string;
  let monitor: string;
  const unit = async (name: string, type: string): Promise<string> => {
    const item = await plant.registers(name, 'device', 'computer');
    const received = { massGrams: 6_000, identity: 'label', type, partsVersion: 1 };
    await plant.did(item, [
      'receiveUnit',
      { ...received, label: serial(`SET-${name.toUpperCase().replace(' ', '-')}`) },
    ]);
    return item;
  };

  it('is a host and a monitor, bound as one set', async () => {
    [host, monitor] = [await unit('host', 'desktopHost'), await unit('monitor', 'desktopMonitor')];
    expect(await plant.does('bindSet', host, { partner: await unit('host 2', 'desktopHost') })).toBe(
      'HL-2127',
    );
    await plant.did(host, ['bindSet', { partner: monitor }]);
    expect(await scene.item(monitor, plant)).toMatchObject({ appliance: { partner: host } });
    await plant.did(monitor, ['unbindSet', { partner: host }], ['bindSet', { partner: host }]);
  });

  it('has one monitor, no two', async () => {
    expect(await plant.does('bindSet', host, { partner: await unit('spare', 'desktopMonitor') })).toBe(
      'HL-2128',
    );
  });

  it('goes down the line as two units that know one another', async () => {
    for (const [item, name] of [
      [host, 'host'],
      [monitor, 'monitor'],
    ] as const) {
      const outputs = [plant.output(`boards of the ${name}`, 'lot', 'circuitBoards', 6_000)];
      await plant.did(
        item,
        ['triage', { route: 'process' }],
        ['issueToLine', { line: 'L2', stepsVersion: 1 }],
        ['lineStep', { step: 'openHousing' }],
        ['lineStep', { step: 'removeBoards' }],
        ['dismantle', { outputs, lossGrams: 0, toleranceVersion: 1 }],
        ['closeUnit'],
      );
    }
    expect(await scene.item(host, plant)).toMatchObject({
      state: 'closed',
      appliance: { partner: monitor, type: 'desktopHost' },
    });
  });
});

it('a television is not processed by a plant that is licensed for other categories', async () => {
  const tv = await plant.registers('tv', 'device', 'television');
  const received = {
    massGrams: 12_000,
    identity: 'label',
    type: 'lcdTelevision',
    screenTenthInches: 320,
    partsVersion: 1,
    label: serial('PLANT-000003'),
  };
  await plant.did(tv, ['receiveUnit', received], ['triage', { route: 'process' }]);
  expect(await plant.does('stockUnit', tv, { place: 'A-02' })).toBe('HL-2031');
  expect(await handler.does('issueToLine', tv, { line: 'L1', stepsVersion: 1 })).toBe('HL-2020');
});

it('all of it is derived again from the blocks', async () => {
  const { network } = scene.world;
  const connection = await network.connect('OversightMSP', 'auditor');
  const report = await verifyLedger({ source: blocksOfPeer(connection), trust: network.trust });
  expect(report.firstDifference).toBeUndefined();
});
