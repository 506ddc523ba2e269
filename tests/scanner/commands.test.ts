import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { batchDigest, creditCodeCheck, type SignedBatch } from '@huilian/core';
import { readConfig, startGateway, type Gateway } from '@huilian/gateway-api';
import { Gateway as GatewayClient, loadKey } from '@huilian/scanner-cli';
import { makeLabelPhoto } from '@huilian/trial';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { startTrialNetwork, type TrialNetwork } from '../verify/trial-network.js';
import { startLiar, type Lie } from './liar.js';
import { huilian, type Ran } from './terminal.js';

const code = (body: string): string => body + creditCodeCheck(body);
const plant = code('91330100MA27ABCD0');
const shop = code('91440300MA5FEDCB1');
const vin = 'LSVAM4186C2123456';
const dead = 'http://127.0.0.1:9';

let network: TrialNetwork;
let home: string;
let device: string;
let first: Gateway;
let second: Gateway;
let urls: readonly [string, string];

/** Runs huilian with a key of the device. */
function as(key: string, ...args: string[]): Promise<Ran> {
  return huilian(
    { HUILIAN_HOME: home, HUILIAN_DEVICE_HOME: device, HUILIAN_KEY: key, HUILIAN_GATEWAY: urls.join(',') },
    ...args,
  );
}

/** The same, and it must end well. @returns the lines of JSON */
async function done(key: string, ...args: string[]): Promise<Ran['lines']> {
  const ran = await as(key, ...args, '--json');
  expect(ran, ran.stderr).toMatchObject({ exit: 0 });
  return ran.lines;
}

async function gatewayOn(
  directory: string,
  settings: Readonly<Record<string, string>> = {},
): Promise<Gateway> {
  const gateway = await startGateway(
    readConfig({
      HUILIAN_HOME: home,
      PORT: '0',
      LOG_LEVEL: 'silent',
      READ_MODEL_DIRECTORY: join(home, directory),
      ...settings,
    }),
  );
  await vi.waitFor(
    async () => expect((await fetch(`http://127.0.0.1:${gateway.port}/readyz`)).status).toBe(200),
    { timeout: 20_000, interval: 50 },
  );
  return gateway;
}

/** Makes a key and lets an administrator register it. */
async function keyFor(owner: string, name: string, administrator: string): Promise<void> {
  await done(name, 'key', 'init', name, '--owner', owner);
  await done(administrator, 'key', 'register', await requestOf(name));
}

async function requestOf(name: string): Promise<string> {
  const file = join(device, `${name}.request.json`);
  writeFileSync(file, JSON.stringify((await done(name, 'key', 'request', name))[0]));
  return file;
}

async function photo(name: string, text: string, seed: number): Promise<string> {
  const file = join(device, `${name}.png`);
  writeFileSync(file, await makeLabelPhoto(text, { seed }));
  return file;
}

beforeAll(async () => {
  network = await startTrialNetwork();
  home = resolve(dirname(network.description.genesisBlock), '..', '..');
  device = mkdtempSync(join(tmpdir(), 'huilian-device-'));
  [first, second] = await Promise.all([gatewayOn('gateway-1'), gatewayOn('gateway-2')]);
  urls = [`http://127.0.0.1:${first.port}`, `http://127.0.0.1:${second.port}`];
});
afterAll(async () => {
  await Promise.all([first, second].map((gateway) => gateway.stop()));
  await network.stop();
  rmSync(device, { recursive: true });
});

describe('administration from the command line', () => {
  it('begins with a Fabric administrator who registers the first key of each organisation', async () => {
    for (const [name, mspId] of [
      ['recycling', 'RecyclingMSP'],
      ['aftermarket', 'AftermarketMSP'],
      ['oversight', 'OversightMSP'],
      ['oversight2', 'OversightMSP'],
    ] as const) {
      await done(name, 'key', 'init', name, '--owner', mspId);
      expect(await done(name, 'key', 'register', await requestOf(name), '--fabric')).toMatchObject([
        { owner: mspId, status: 'accepted' },
      ]);
    }
  });

  it('registers participants, licences that Oversight countersigns, and the keys of devices', async () => {
    await done(
      'recycling',
      'participant',
      'register',
      plant,
      '--name',
      '示例拆解厂',
      '--role',
      'dismantler',
      '--province',
      '330100',
    );
    await done(
      'aftermarket',
      'participant',
      'register',
      shop,
      '--name',
      '示例修理店',
      '--role',
      'repairShop',
      '--province',
      '440300',
    );
    const term = [
      '--capacity',
      '30000',
      '--valid-from',
      '2020-01-01',
      '--valid-to',
      '2035-12-31',
      '--authority',
      '示例主管部门',
    ];
    await done(
      'recycling',
      'licence',
      'grant',
      '--participant',
      plant,
      '--number',
      'D-1',
      '--kind',
      'dismantler',
      ...term,
    );
    await done('oversight', 'licence', 'countersign', '--participant', plant, '--number', 'D-1');
    await keyFor(plant, 'plant', 'recycling');
    await keyFor(shop, 'shop', 'aftermarket');
  });

  it('puts a rule table in force with two keys of Oversight, and not with one', async () => {
    const table = join(device, 'table.json');
    writeFileSync(table, '{"permille": 50}');
    const name = ['massTolerance', '--rule-version', '1'];
    await done('oversight', 'rule', 'propose', ...name, '--from', '2020-01-01', '--table', table);
    expect(await as('oversight', 'rule', 'approve', ...name)).toMatchObject({
      exit: 3,
      stderr: expect.stringContaining('HL-3034'),
    });
    await done('oversight2', 'rule', 'approve', ...name);
  });

  it('keeps the key where only its user reads it, and never overwrites it', async () => {
    const again = await as('plant', 'key', 'init', 'plant', '--owner', plant);
    expect(again).toMatchObject({ exit: 2, stderr: expect.stringContaining('HL-7021') });
    expect(await done('plant', 'key', 'list')).toMatchObject([
      { keys: expect.arrayContaining([expect.objectContaining({ name: 'plant', owner: plant })]) },
    ]);
  });
});

describe('a morning at the plant', () => {
  let car: string;
  let door: string;

  it('takes a car in by the photograph of its label, and goes on when another photograph shows nothing', async () => {
    const label = await photo('car', `VIN:${vin}`, 4);
    const nothing = join(device, 'table.json');
    const ran = await as(
      'plant',
      'intake',
      label,
      nothing,
      '--category',
      'passengerCar',
      '--mass',
      '1200kg',
      '--from',
      'household:S-1',
      '--json',
    );
    expect(ran).toMatchObject({ exit: 1, stderr: expect.stringContaining('HL-7003') });
    expect(ran.lines).toMatchObject([
      { type: 'register', file: label, tags: [{ scheme: 'vin', value: vin }], status: 'accepted' },
    ]);
    car = (ran.lines[0] as { item: string }).item;
    expect(await done('plant', 'item', 'show', `VIN:${vin}`)).toMatchObject([
      { item: car, kind: 'vehicle', massGrams: 1_200_000, custodian: plant },
    ]);
  });

  it('warns before an event that the rules will refuse, records the refusal, and exits with 3', async () => {
    const ran = await as('plant', 'dismantle', car, '--output', 'part:engine:150kg', '--json');
    expect(ran).toMatchObject({ exit: 3, stderr: expect.stringContaining('Checked here') });
    expect(ran.lines).toMatchObject([{ type: 'dismantle', status: 'refused', code: 'HL-2010' }]);
    const strict = await as('plant', 'dismantle', car, '--output', 'part:engine:150kg', '--strict');
    expect(strict).toMatchObject({ exit: 3, stdout: '' });
  });

  it('is taken in, drained, dismantled into parts and fractions, weighed and shredded', async () => {
    const photo = `@${join(device, 'car.png')}`;
    await done('plant', 'inspect', photo, '--result', 'unfit');
    await done('plant', 'vehicle', 'surrender', car, '--from', 'household:S-1');
    await done('plant', 'vehicle', 'receive', car, '--mass', '1200kg', '--assembly', 'engine:1');
    await done('plant', 'vehicle', 'certify', car, '--number', 'C-1');
    const early = await as('plant', 'dismantle', car, '--output', 'part:door:18kg', '--json');
    expect(early).toMatchObject({ exit: 3, lines: [{ status: 'refused', code: 'HL-2101' }] });
    const [drained] = await done('plant', 'vehicle', 'depollute', photo, '--output', 'lot:wasteOil:5kg');
    expect(drained).toMatchObject({ outputs: [{ category: 'wasteOil', massGrams: 5_000 }] });
    const outputs = ['--output', 'part:door:180kg:serial:DOOR-1', '--output', 'lot:textile:15kg'];
    const [dismantled] = await done('plant', 'dismantle', car, ...outputs);
    expect(dismantled).toMatchObject({
      status: 'accepted',
      outputs: [{ category: 'door', massGrams: 180_000 }, { category: 'textile' }],
    });
    door = (dismantled as { outputs: { item: string }[] }).outputs[0]?.item ?? '';
    await done('plant', 'vehicle', 'hulk', car, '--mass', '990kg', '--loss', '10kg');
    const shreds = ['--output', 'lot:steel:980kg', '--loss', '10kg'];
    expect(await done('plant', 'vehicle', 'shred', car, ...shreds)).toMatchObject([
      { status: 'accepted', outputs: [{ category: 'steel' }] },
    ]);
  });

  it('hands a door to the shop, which accepts it and may trace it to its car', async () => {
    await done('plant', 'inspect', door, '--result', 'fit');
    await done('plant', 'part', 'mark', door, '--mark', 'R-1');
    await done('plant', 'handover', door, '--to', shop, '--mass', '180kg');
    const accepted = await as('shop', 'accept', 'serial:DOOR-1', '--from', plant, '--mass', '178kg');
    expect(accepted).toMatchObject({ exit: 0, stderr: expect.stringContaining('by −2000 g') });
    expect((await as('shop', 'item', 'trace', door)).stdout).toContain('by −2000 g');
    const [host] = await done(
      'shop',
      'intake',
      '--kind',
      'vehicle',
      '--category',
      'passengerCar',
      '--tag',
      'serial:HOST-1',
    );
    await done('shop', 'fit', door, '--into', (host as { item: string }).item);
    const [trace] = await done('shop', 'item', 'trace', door);
    expect(trace).toMatchObject({
      trace: [
        { item: door, events: expect.arrayContaining([expect.objectContaining({ verdict: 'accepted' })]) },
        { item: car },
      ],
    });
    expect((await as('plant', 'item', 'tree', car)).stdout).toContain(door);
  });

  it('shows a row of the world state in full, at a peer and from a stored value', async () => {
    const [shown] = await done('oversight', 'item', 'show', car);
    const key = `item/${(shown as { item: string }).item}`;
    const [held] = await done('oversight', 'state', 'show', key);
    expect(held).toMatchObject({ key, row: { kind: 'vehicle', state: 'shredded', custodian: plant } });
    const lane = '{"d":20000,"e":3,"h":"","n":4,"r":1}';
    expect((await done('oversight', 'state', 'show', 'lane/x', lane))[0]).toEqual({
      key: 'lane/x',
      row: { day: 20_000, events: 3, head: '', next: 4, refused: 1 },
    });
    for (const [args, code, exit] of [
      [['item/hl1nobody'], 'HL-4040', 1],
      [['item/hl1x', '{"k":"z"}'], 'HL-7031', 2],
      [['item/hl1x', '{'], 'HL-1002', undefined],
    ] as const) {
      const refused = await as('oversight', 'state', 'show', ...args);
      expect(refused.stderr).toContain(code);
      if (exit !== undefined) expect(refused.exit).toBe(exit);
    }
  });

  it('the auditor verifies the ledger from its blocks, and one event offline from its proof', async () => {
    const [report] = await done('oversight', 'verify');
    const { rows, batches, events } = report as { rows: number; batches: number; events: number };
    expect(report).toMatchObject({
      ok: true,
      stateRows: rows,
      readModelRows: rows,
      readModelBatches: batches,
      readModelEvents: events,
      readModelLinks: 5,
    });
    const { keyId } = await loadKey(device, 'plant');
    const proof = await new GatewayClient(urls[0])
      .use(await loadKey(device, 'plant'))
      .get(`/v1/proofs/${keyId}/1/0`);
    const file = join(device, 'proof.json');
    writeFileSync(file, JSON.stringify(proof));
    expect(await done('plant', 'verify', file)).toMatchObject([
      { ok: true, verdict: 'accepted', type: 'register' },
    ]);
    writeFileSync(file, JSON.stringify(proof).replace('passengerCar', 'passengerBus'));
    expect(await as('plant', 'verify', file)).toMatchObject({
      exit: 6,
      stderr: expect.stringContaining('HL-6002'),
    });
  });

  it('warns of a tag that somebody else has bound, says so in words when it is recorded, and keeps the name', async () => {
    const intake = ['intake', '--kind', 'vehicle', '--category', 'passengerCar', '--tag', 'serial:TWICE-1'];
    const [first] = await done('plant', ...intake);
    const again = await as('shop', ...intake);
    expect(again.exit).toBe(0);
    expect(again.stderr).toMatch(/^Checked here: .*HL-2040/);
    expect(again.stderr.match(/HL-2040 The tag is bound to another live item/g)).toHaveLength(2);
    expect(again.stdout).not.toContain('HL-2040');
    const shown = await as('plant', 'item', 'show', 'serial:TWICE-1', '--json');
    expect(shown).toMatchObject({
      exit: 0,
      stderr: expect.stringContaining('contested'),
      lines: [{ item: (first as { item: string }).item, contested: true }],
    });
  });
});

describe('the read model in a verification', () => {
  it('is left out for a key that may not read it, and the command says so', async () => {
    for (const [language, words] of [
      ['en', "The gateway's read model is not compared: HL-4021"],
      ['zh-CN', '未核对网关的读模型：HL-4021'],
    ] as const) {
      const ran = await as('shop', 'verify', '--json', '--lang', language);
      expect(ran, ran.stderr).toMatchObject({ exit: 0, stderr: expect.stringContaining(words) });
      expect(ran.lines[0]).toMatchObject({ ok: true, stateRows: expect.any(Number) });
      expect(ran.lines[0]).not.toHaveProperty('readModelRows');
    }
  });

  it('is left out when no gateway answers, or when that is wished', async () => {
    const away = await as('oversight', 'verify', '--json', '--gateway', dead);
    expect(away).toMatchObject({ exit: 0, stderr: expect.stringContaining('HL-7015') });
    const ran = await as('oversight', 'verify', '--json', '--no-read-model');
    expect(ran).toMatchObject({ exit: 0, stderr: '' });
    for (const { lines } of [away, ran]) expect(lines[0]).not.toHaveProperty('readModelRows');
  });

  it('is missed when it is required', async () => {
    const { exit, stderr } = await as('shop', 'verify', '--read-model');
    expect({ exit, stderr }).toMatchObject({ stderr: expect.stringContaining('HL-4021') });
    expect(exit).not.toBe(0);
    expect((await as('oversight', 'verify', '--read-model', '--gateway', dead)).stderr).toContain('HL-7015');
  });
});

describe('the queue and the gateways', () => {
  const register = (key: string, serial: string, ...more: string[]): Promise<Ran> =>
    as(
      key,
      'intake',
      '--kind',
      'vehicle',
      '--category',
      'passengerCar',
      '--tag',
      `serial:${serial}`,
      '--json',
      ...more,
    );

  it('keeps what is recorded without a network, and sends it when the network is back', async () => {
    const away = ['--gateway', dead];
    expect(await register('plant', 'AWAY-1', ...away)).toMatchObject({
      exit: 5,
      lines: [{ status: 'queued' }],
    });
    expect(await register('plant', 'AWAY-2', '--offline')).toMatchObject({ exit: 5 });
    const [listed] = await done('plant', 'queue', 'list');
    expect(
      (listed as { batches: { state: string }[] }).batches.filter(({ state }) => state === 'waiting'),
    ).toHaveLength(2);
    expect(await as('plant', 'queue', 'push', ...away)).toMatchObject({
      exit: 5,
      stderr: expect.stringContaining('HL-7015'),
    });
    const [pushed] = await done('plant', 'queue', 'push');
    expect(pushed).toMatchObject({
      settled: [{ events: [{ verdict: 'accepted' }] }, { events: [{ verdict: 'accepted' }] }],
      waiting: [],
    });
  });

  it('turns to the second gateway when the first is dead', async () => {
    expect(await register('plant', 'SECOND-1', '--gateway', dead, '--gateway', urls[1])).toMatchObject({
      exit: 0,
      lines: [{ status: 'accepted' }],
    });
  });

  it.each<[Lie]>([['pretends'], ['flips']])(
    'believes no gateway that %s: the event stays until an honest one shows the receipt',
    async (lie) => {
      let behind: Gateway | undefined;
      const honest = async (url: string): Promise<string> => {
        behind = await gatewayOn(`gateway-${lie}`, { PUBLIC_URL: url });
        return `http://127.0.0.1:${behind.port}`;
      };
      const liar = await startLiar(lie, honest, (body) =>
        (JSON.parse(body.toString()) as { batches: SignedBatch[] }).batches.map(({ header, events }) => ({
          keyId: header.keyId,
          sequence: header.sequence,
          digest: batchDigest(header),
          status: 'recorded',
          verdicts: events.map(() => 'accepted'),
          block: 7,
        })),
      );
      try {
        // A lorry that somebody else holds: the ledger refuses it, whatever the liar says.
        const [host] = await done('shop', 'item', 'show', 'serial:HOST-1');
        const step = ['inspect', (host as { item: string }).item, '--result', 'fit', '--json'];
        const alone = await as('plant', ...step, '--gateway', liar.url);
        expect(alone.stdout).not.toContain('"accepted"');
        expect(alone).toMatchObject({ exit: 5, lines: [{ status: 'queued' }] });
        const settled = await as(
          'plant',
          'queue',
          'push',
          '--json',
          '--gateway',
          liar.url,
          '--gateway',
          urls[1],
        );
        expect(settled).toMatchObject({
          exit: 3,
          lines: [{ waiting: [], settled: [{ events: [{ verdict: 'HL-2020' }] }] }],
        });
      } finally {
        liar.stop();
        await behind?.stop();
      }
    },
  );

  it('says who must act when the key is not registered, and loses nothing', async () => {
    await done('fresh', 'key', 'init', 'fresh', '--owner', plant);
    expect(await register('fresh', 'FRESH-1')).toMatchObject({
      exit: 4,
      stderr: expect.stringContaining('HL-3001'),
    });
    await done('recycling', 'key', 'register', await requestOf('fresh'));
    expect(await done('fresh', 'queue', 'push')).toMatchObject([
      { waiting: [], settled: [{ events: [{ verdict: 'accepted' }] }] },
    ]);
  });

  it('stops a device that was restored from a backup before it forks its lane', async () => {
    const folder = join(device, 'keys', 'fresh');
    cpSync(folder, `${folder}.backup`, { recursive: true });
    expect(await register('fresh', 'FRESH-2')).toMatchObject({ exit: 0 });
    rmSync(folder, { recursive: true });
    cpSync(`${folder}.backup`, folder, { recursive: true });
    const restored = await register('fresh', 'FRESH-3');
    expect(restored).toMatchObject({ exit: 1, stderr: expect.stringMatching(/HL-7014|HL-3010/) });
    expect(restored.stdout).not.toContain('"accepted"');
  });

  it('ends with an error of its own when a queue file is torn, and loses nothing', async () => {
    await register('plant', 'TORN-1', '--offline');
    const folder = join(device, 'keys', 'plant');
    const [copy = ''] = readdirSync(folder).filter(
      (name) => name.startsWith('queue.') && !name.includes('seal'),
    );
    writeFileSync(join(folder, copy), readFileSync(join(folder, copy)).subarray(0, -30));
    const listed = await as('plant', 'queue', 'list', '--json');
    expect(listed).toMatchObject({ exit: 0, stderr: expect.stringContaining('HL-7011') });
    expect(await done('plant', 'queue', 'push')).toMatchObject([{ waiting: [] }]);
    expect(existsSync(folder)).toBe(true);
  });

  it('a revoked key gets nothing more onto the ledger', async () => {
    const { keyId } = await loadKey(device, 'fresh');
    await done('recycling', 'key', 'revoke', keyId, '--last', '2', '--reason', 'lost');
    expect(await as('fresh', 'item', 'show', 'serial:FRESH-1')).toMatchObject({
      exit: expect.toSatisfy((exit: number) => exit === 4 || exit === 1),
    });
  });
});
