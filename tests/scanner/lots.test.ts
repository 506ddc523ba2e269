import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Role } from '@huilian/core';
import { administrative } from '../gateway/world.js';
import { Scene } from '../scenarios/scene.js';
import { huilian, type Ran } from './terminal.js';

let scene: Scene;
let device: string;
let plant: string;
let carrier: string;
let handler: string;
let paper: string;

/** Runs huilian with a key of the device, and it must end well. @returns the lines of JSON */
async function done(key: string, ...args: string[]): Promise<Ran['lines']> {
  const ran = await as(key, ...args);
  expect(ran, ran.stderr).toMatchObject({ exit: 0 });
  return ran.lines;
}

function as(key: string, ...args: string[]): Promise<Ran> {
  return huilian(environmentOf(key), ...args, '--json');
}

function environmentOf(key: string): Record<string, string> {
  return {
    HUILIAN_HOME: scene.world.home,
    HUILIAN_DEVICE_HOME: device,
    HUILIAN_KEY: key,
    HUILIAN_GATEWAY: scene.gateway.address,
  };
}

/** The ids of what a command says came out of a step. */
function made(line: Ran['lines'][number]): string[] {
  return (line as { outputs: { item: string }[] }).outputs.map(({ item }) => item);
}

/** The id of what a command was about. */
function about(line: Ran['lines'][number]): string {
  return (line as { item: string }).item;
}

/** An enterprise whose device has a key. @returns its credit code */
async function party(name: string, role: Role, licensed: readonly Role[] = []): Promise<string> {
  const { creditCode } = await scene.party(
    name,
    [role],
    licensed.map((each) => ({ role: each })),
  );
  await done(name, 'key', 'init', name, '--owner', creditCode);
  const [{ publicKey, proof }] = await done(name, 'key', 'request', name);
  const event = administrative('key.register', { owner: creditCode, kind: 'device', publicKey, proof });
  expect(await scene.gateway.record(scene.world.recyclingOffice, [event])).toEqual(['accepted']);
  return creditCode;
}

beforeAll(async () => {
  scene = await Scene.begin();
  device = mkdtempSync(join(tmpdir(), 'huilian-device-'));
  paper = join(device, 'paper.pdf');
  writeFileSync(paper, 'a paper');
  await scene.table('massTolerance', { permille: 20 });
  await scene.table('hazardousCategories', { circuitBoards: '900-045-49' });
  await scene.table('hazardousStorageLimits', { circuitBoards: 50_000 });
  plant = await party('plant', 'processor', ['processor']);
  carrier = await party('carrier', 'carrier');
  handler = await party('handler', 'hazardousWasteHandler', ['hazardousWasteHandler']);
});
afterAll(async () => {
  await scene.end();
  rmSync(device, { recursive: true });
});

const scale = ['--scale', 'WB-1', '--calibrated-until', '2099-12-31'];

describe('lots from the command line', () => {
  let truck: string;
  let cable: string;
  let boards: string;

  it('begin with a truck that is weighed in, sorted and closed', async () => {
    const [taken] = await done(
      'plant',
      ...['intake', 'truck', '--ticket', 'WB-1', '--ticket-file', paper],
      ...['--gross', '9000kg', '--tare', '8000kg', ...scale, '--pieces', '20'],
      ...['--mix', 'television:2', '--mix', 'cable', '--from', 'participant:SLIP-1'],
    );
    truck = about(taken);
    const [sorted] = await done(
      'plant',
      ...['lot', 'sort', truck, '--output', 'device:television:30000:serial:TV-1'],
      ...['--output', 'lot:cable:900kg', '--output', 'lot:circuitBoards:60kg/12:serial:CAGE-7'],
    );
    [, cable = '', boards = ''] = made(sorted);
    await done('plant', 'lot', 'close', truck, '--residue', '10000');
  });

  it('are weighed, sampled, split, merged and transformed', async () => {
    await done('plant', 'lot', 'weigh', cable, '--gross', '901kg', '--tare', '1kg', ...scale);
    const sample = ['--output', 'lot:cable:1000', '--number', 'P-1'];
    await done('plant', 'lot', 'sample', cable, ...sample);
    const halves = ['--output', 'lot:cable:400kg', '--output', 'lot:cable:499kg'];
    const [split] = await done('plant', 'lot', 'split', cable, ...halves);
    const [one = '', two = ''] = made(split);
    const [merged] = await done('plant', 'lot', 'merge', one, '--with', two, '--output', 'lot:cable:899kg');
    const [all = ''] = made(merged);
    const outputs = ['--output', 'lot:copper:500kg', '--output', 'lot:plastic:390kg', '--loss', '9kg'];
    await done('plant', 'lot', 'transform', all, '--process', 'granulation', ...outputs);
    const { stdout } = await as('plant', 'item', 'tree', all);
    for (const each of [truck, cable, one, two]) expect(stdout).toContain(each);
  });

  it('are too much in store by the table: a finding, which shows the mass and the limit', async () => {
    const [stocks] = await done('plant', 'stock', 'list');
    const stock = { party: plant, category: 'circuitBoards', grams: 60_000, level: 'exceeded' };
    expect((stocks as { stocks: unknown[] }).stocks).toContainEqual(stock);
    const [listed] = await done('plant', 'finding', 'list', '--kind', 'storageExceeded');
    const [finding] = (listed as { findings: { id: string }[] }).findings;
    expect(finding).toMatchObject({ party: plant, items: [boards] });
    const show = ['finding', 'show', finding!.id];
    const zh = await huilian(environmentOf('plant'), ...show, '--lang', 'zh-CN');
    expect(zh.stdout).toMatch(/贮存量（克）: 60000\n.*上限（克）: 50000/);
    const en = await huilian(environmentOf('plant'), ...show, '--lang', 'en');
    expect(en.stdout).toMatch(/grams in store: 60000\n.*limit in grams: 50000/);
    const text = await huilian(environmentOf('plant'), 'stock', 'list', '--lang', 'en');
    expect(text.stdout).toContain('circuitBoards  60000 g  above the limit');
  });

  it('leave under a manifest when they are hazardous, and not otherwise', async () => {
    const refused = await as('plant', 'handover', boards, '--to', handler);
    expect(refused).toMatchObject({ exit: 3 });
    expect(refused.stdout).toContain('HL-2149');
    const parties = ['--carrier', carrier, '--handler', handler];
    const lot = ['--lot', '900-045-49=serial:CAGE-7'];
    await done('plant', 'manifest', 'open', '--number', '20263301000001', ...parties, ...lot);
    const name = 'manifest:20263301000001';
    await done('carrier', 'manifest', 'carry', name);
    await done('handler', 'manifest', 'accept', name, '--lot', '59kg/12=serial:CAGE-7');
    await done('handler', 'manifest', 'return', name, '--evidence', paper);
    const [shown] = await done('handler', 'item', 'show', boards);
    expect(shown).toMatchObject({ custodian: handler, lot: { differenceGrams: -1_000, pieces: 12 } });
    const ran = await huilian(environmentOf('plant'), 'item', 'show', name);
    expect(ran.stdout).toMatch(/acceptedGrams +59000/);
  });

  it('come back when the truck was turned back', async () => {
    const [registered] = await done(
      'plant',
      ...[
        'intake',
        '--kind',
        'lot',
        '--category',
        'circuitBoards',
        '--mass',
        '5kg',
        '--tag',
        'serial:CAGE-8',
      ],
    );
    const parties = ['--carrier', carrier, '--handler', handler];
    const lot = ['--lot', '900-045-49=serial:CAGE-8'];
    await done('plant', 'manifest', 'open', '--number', '20263301000002', ...parties, ...lot);
    const name = 'manifest:20263301000002';
    await done('handler', 'manifest', 'refuse', name, '--reason', 'notAsDescribed');
    await done('plant', 'manifest', 'cancel', name);
    const [shown] = await done('plant', 'item', 'show', about(registered));
    expect(shown).toMatchObject({ custodian: plant, state: 'registered' });
  });
});
