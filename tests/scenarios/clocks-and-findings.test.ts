import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  civilDate,
  dateOf,
  dayOfDate,
  holidayTableName,
  isoDay,
  PUBLISHED_HOLIDAYS,
  termsTable,
  TIME_LIMIT_TABLE,
  trialTerms,
  weekdayOf,
  type Finding,
} from '@huilian/core';
import type { Signer } from '@huilian/core/testing';
import { blocksOfPeer, readModelOfGateway, verifyLedger } from '@huilian/verifier';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { administrative, now } from '../gateway/world.js';
import { huilian, type Ran } from '../scanner/terminal.js';
import { Scene, type Actor } from './scene.js';

let scene: Scene;
let plant: Actor;
let shop: Actor;
let smelter: Actor;
let regulator: string;

beforeAll(async () => {
  scene = await Scene.begin();
  await scene.table('massTolerance', { permille: 50 });
  plant = await scene.party('拆解厂', ['dismantler'], [{ role: 'dismantler' }]);
  shop = await scene.party('维修', ['repairShop']);
  smelter = await scene.party('冶炼', ['smelter'], [{ role: 'smelter' }]);
  regulator = await scene.gateway.token(scene.world.oversightOffice);
});
afterAll(() => scene.end());

async function findings(query: string, token = regulator): Promise<readonly Finding[]> {
  const { body, status, text } = await scene.gateway.get(`/v1/findings?${query}`, token);
  expect(status, text).toBe(200);
  return (body as unknown as { findings: Finding[] }).findings;
}

async function read<T>(path: string, signer?: Signer): Promise<T> {
  const token = signer === undefined ? regulator : await scene.gateway.token(signer);
  return (await scene.gateway.get(path, token)).body as unknown as T;
}

async function depolluted(name: string): Promise<string> {
  const car = await plant.registers(name, 'vehicle', 'sedan', { massGrams: 1_200_000 });
  await plant.did(
    car,
    ['surrender'],
    ['receive', { massGrams: 1_200_000 }],
    ['issueCertificate', { number: `C-${name}` }],
    ['depollute', { outputs: [plant.output(`${name} oil`, 'lot', 'wasteOil', 9_000)] }],
  );
  return car;
}

describe('What the record shows to be looked at', () => {
  it('a car that is suspected of being stolen stands still, and who goes on with it is told of', async () => {
    const car = await plant.registers('stolen', 'vehicle', 'sedan', {
      tags: [{ scheme: 'serial', value: 'STOLEN-1' }],
    });
    await plant.did(car, ['hold', { reason: 'suspectedStolen' }]);
    expect(await plant.does('surrender', car)).toBe('HL-2100');
    expect(await findings(`item=${car}`)).toMatchObject([
      { kind: 'heldItem', verdict: 'HL-2100', evidence: { reason: 'suspectedStolen' }, status: 'open' },
      { kind: 'suspectedStolen', verdict: 'accepted', party: plant.creditCode },
    ]);
  });

  it('an engine that is offered to a repair shop is an illegal sale, and the receiver is named', async () => {
    const car = await depolluted('car');
    const engine = plant.output('engine', 'part', 'engine', 120_000);
    await plant.did(car, ['dismantle', { outputs: [engine] }]);
    await plant.did(engine.item, ['inspect', { result: 'fit' }]);
    expect(await plant.does('handover', engine.item, { to: shop.creditCode })).toBe('HL-2104');
    expect(await findings('kind=unlicensedParty')).toMatchObject([
      { items: [engine.item], evidence: { code: 'HL-2104', category: 'engine', to: shop.creditCode } },
    ]);
  });

  it('a part whose serial was smelted turns up in a shop', async () => {
    const tags = [{ scheme: 'serial', value: 'DOOR-1' }];
    const door = await smelter.registers('door', 'lot', 'steel', { tags });
    await smelter.did(door, ['dispose', { method: 'smelted' }]);
    const again = await shop.registers('door again', 'part', 'door', { tags });
    expect(await findings('kind=resurrection')).toMatchObject([
      { items: [again, door], party: shop.creditCode, evidence: { tags: ['serial/DOOR-1'], former: [door] } },
    ]);
  });

  it('each party sees what its own events gave, and Oversight all', async () => {
    const own = await findings('', await scene.gateway.token(shop.signer));
    expect(own.map(({ kind }) => kind)).toEqual(['resurrection']);
    expect((await findings('')).map(({ kind }) => kind)).toEqual([
      'resurrection',
      'unlicensedParty',
      'heldItem',
      'suspectedStolen',
    ]);
    const [, sale] = await findings('');
    const token = await scene.gateway.token(shop.signer);
    expect((await scene.gateway.get(`/v1/findings/${sale!.id}`, token)).status).toBe(403);
  });

  it('Oversight decides with a reason, which is shown with the finding', async () => {
    const [resurrection] = await findings('kind=resurrection');
    const decide = administrative('finding.decide', {
      finding: resurrection!.id,
      outcome: 'irregular',
      reason: 'serialCloned',
    });
    expect(await scene.gateway.record(scene.world.oversightOffice, [decide])).toEqual(['accepted']);
    expect(await read<Finding>(`/v1/findings/${resurrection!.id}`)).toMatchObject({
      status: 'decided',
      decision: { outcome: 'irregular', reason: 'serialCloned', by: 'OversightMSP' },
    });
    expect((await findings('status=open')).map(({ kind }) => kind)).not.toContain('resurrection');
  });

  it('an auditor finds the same in the blocks, and believes nobody', async () => {
    const connection = await scene.world.network.connect('OversightMSP', 'auditor');
    const readModel = readModelOfGateway((path) => read(path));
    const source = blocksOfPeer(connection);
    const report = await verifyLedger({ source, trust: scene.world.network.trust, readModel });
    expect(report.firstDifference).toBeUndefined();
    expect(report).toMatchObject({ ok: true, readModelFindings: 4 });
  });
});

interface Shown {
  readonly timeLimit: string;
  readonly state: string;
  readonly due?: string;
  readonly started: number;
  readonly late?: { readonly days: number; readonly workingDays?: number };
  readonly missing?: { readonly what: string };
}

describe('The certificate that a plant owes for a car', () => {
  let car: string;

  const clock = async (asOf?: string): Promise<Shown> => {
    const query = asOf === undefined ? '' : `?asOf=${asOf}`;
    const { clocks } = await read<{ clocks: Shown[] }>(`/v1/items/${car}/clocks${query}`, plant.signer);
    return clocks.find(({ timeLimit }) => timeLimit === 'certificate')!;
  };

  it('has no due day as long as no table on record says how long the plant has', async () => {
    car = await plant.registers('late car', 'vehicle', 'sedan');
    await plant.did(car, ['surrender'], ['receive', { massGrams: 1_200_000 }]);
    expect(await clock()).toMatchObject({ state: 'notComputable', missing: { what: 'table' } });
  });

  it('is owed within seven days once the table is on record', async () => {
    await scene.table(TIME_LIMIT_TABLE, termsTable(trialTerms()));
    const { state, due, started } = await clock();
    expect(state).toBe('running');
    expect(due).toBe(isoDay(dayOfDate(dateOf(Math.floor((started + 28_800) / 86_400)))! + 7));
  });

  it('will be overdue by seven working days in two weeks, three of whose days are a holiday', async () => {
    const { due } = await clock();
    const last = dayOfDate(Number(due!.replaceAll('-', '')))!;
    const free = Array.from({ length: 14 }, (_, i) => last + 1 + i)
      .filter((day) => weekdayOf(day) <= 5)
      .slice(0, 3);
    for (const year of new Set([last, last + 14].map((day) => civilDate(day).year))) {
      const off = free.filter((day) => civilDate(day).year === year).map(dateOf);
      await scene.table(holidayTableName(year), { off, on: [] });
    }
    const then = isoDay(last + 14);
    expect(await clock(then)).toMatchObject({ state: 'overdue', late: { days: 14, workingDays: 7 } });
    const list = `/v1/clocks?status=overdue&timeLimit=certificate&asOf=${then}`;
    const { clocks } = await read<{ clocks: { item: string }[] }>(list);
    expect(clocks.map(({ item }) => item)).toEqual([car]);
    expect((await read<{ clocks: unknown[] }>(list, shop.signer)).clocks).toEqual([]);
  });

  it('is met when the plant issues it, and the history of the car says so', async () => {
    await plant.did(car, ['issueCertificate', { number: 'C-LATE' }]);
    expect(await clock()).toMatchObject({ state: 'met' });
    const { events } = await read<{ events: { event: { type: string }; clocks?: unknown }[] }>(
      `/v1/items/${car}/history`,
    );
    expect(events.find(({ event }) => event.type === 'issueCertificate')?.clocks).toEqual([
      { timeLimit: 'certificate', state: 'met' },
    ]);
  });

  it('is not asked for in the past', async () => {
    const past = isoDay(Math.floor(now() / 86_400) - 2);
    expect((await scene.gateway.get(`/v1/clocks?asOf=${past}`, regulator)).status).toBe(400);
  });
});

describe('The same at a terminal', () => {
  let device: string;

  const oversight = (...args: string[]): Promise<Ran> =>
    huilian(
      {
        HUILIAN_HOME: scene.world.home,
        HUILIAN_DEVICE_HOME: device,
        HUILIAN_KEY: 'office',
        HUILIAN_GATEWAY: scene.gateway.address,
      },
      ...args,
    );
  const done = async (...args: string[]): Promise<string> => {
    const ran = await oversight(...args);
    expect(ran, ran.stderr).toMatchObject({ exit: 0 });
    return ran.stdout;
  };

  beforeAll(async () => {
    device = mkdtempSync(join(tmpdir(), 'huilian-device-'));
    await done('key', 'init', 'office', '--owner', 'OversightMSP');
    const request = join(device, 'request.json');
    writeFileSync(request, await done('key', 'request', 'office', '--json'));
    await done('key', 'register', request, '--fabric');
  });
  afterAll(() => rmSync(device, { recursive: true }));

  it('findings are listed, shown with their evidence, and decided', async () => {
    const [sale] = await findings('kind=unlicensedParty');
    expect(await done('finding', 'list', '--status', 'open', '--kind', 'unlicensedParty')).toContain(
      sale!.id,
    );
    const shown = await done('finding', 'show', sale!.id);
    expect(shown).toContain('HL-2104');
    expect(shown).toContain(shop.creditCode);
    await done('finding', 'decide', sale!.id, '--outcome', 'mistake', '--reason', 'wrongPallet');
    expect(await done('finding', 'show', sale!.id, '--lang', 'zh-CN')).toContain('差错, wrongPallet');
    expect(await oversight('finding', 'show', 'nothing')).toMatchObject({
      exit: 3,
      stderr: expect.stringContaining('HL-2262') as string,
    });
  });

  it('time limits are listed, and those of one item shown', async () => {
    const due = await done('clocks', 'list', '--status', 'met', '--time-limit', 'certificate');
    expect(due).toContain('met');
    const [item = ''] = due.split(' ');
    expect(await done('item', 'clocks', item, '--lang', 'zh-CN')).toContain('按期完成');
  });
});

it('The published holidays can be entered as they are', async () => {
  const [first] = PUBLISHED_HOLIDAYS;
  await scene.table(holidayTableName(first!.year), { off: first!.off, on: first!.on });
});
