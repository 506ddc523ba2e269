import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readStored, type BatchRow, type ItemRow, type KeyRow, type LaneRow } from '@huilian/core';
import { checkout, Home, purge, readDescription, status, type NetworkDescription } from '@huilian/network';
import { loadKey } from '@huilian/scanner-cli';
import { accessToken, cast, freePort, GatewayClient, relayOf } from '@huilian/trial';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { processesOf, Program } from './program.js';
import { readStory, type Told } from './story.js';

const theirs = join(checkout, '..', 'shared', 'data', 'qr-photos', 'qrcode-1');
const APPLIANCES = 10;

let home: string;
let port: number;
let program: Program | undefined;
const mornings: Told[] = [];

const run = (command: string, env: Readonly<Record<string, string>> = {}): Program => {
  program = new Program(command, { HUILIAN_HOME: home, PORT: String(port), ...env });
  return program;
};
const url = (): string => `http://127.0.0.1:${port}`;

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'huilian-demo-'));
  port = await freePort(27_000);
  mkdirSync(join(home, 'no-photographs'));
});
afterAll(async () => {
  program?.kill();
  await purge({ home });
  rmSync(home, { recursive: true, force: true });
});

async function expectNothingRuns(): Promise<void> {
  expect((await status({ home })).state).toBe('down');
  await expect(fetch(`${url()}/healthz`)).rejects.toThrow();
  expect(processesOf(home)).toEqual([]);
}

/** Plays a morning to its end and keeps what it told. */
async function play(env: Readonly<Record<string, string>>): Promise<Told> {
  const demo = run('demo', env);
  expect(await demo.end(), `${demo.stdout}\n${demo.stderr}`).toBe(0);
  const told = readStory(demo.stdout);
  mornings.push(told);
  return told;
}

/** What the blocks hold, counted without the gateway or the verifier. */
async function count(
  network: NetworkDescription,
): Promise<{ blocks: number; transactions: number; events: number }> {
  const relay = await relayOf(network);
  try {
    const blocks = await relay.height();
    let [transactions, events] = [0, 0];
    for await (const { block } of relay.blocks(0, { to: blocks - 1 })) {
      transactions += block.transactions.length;
      const writes = block.transactions
        .filter(({ valid }) => valid)
        .flatMap((transaction) => transaction.writes);
      for (const { key, value } of writes) {
        if (key.startsWith('recorded/') && value) events += (readStored(key, value) as BatchRow).count;
      }
    }
    return { blocks, transactions, events };
  } finally {
    relay.close();
  }
}

/** The trial as it stands, read by a key of Oversight. */
async function reader(): Promise<<T>(path: string) => Promise<T>> {
  const token = await accessToken(url(), (await loadKey(home, 'oversight-1')).key);
  return async <T>(path: string): Promise<T> => {
    const found = await new GatewayClient(url()).get<T>(path, token);
    if (found === undefined) throw new Error(`nothing at ${path}`);
    return found;
  };
}

type Shown = ItemRow & { readonly item: string };
const kilograms = (items: readonly { massGrams?: number | undefined }[]): number =>
  items.reduce((sum, { massGrams }) => sum + (massGrams ?? 0), 0) / 1000;

/** Expects that the items of a morning are on the ledger as it told them. */
async function expectItems(told: Told): Promise<void> {
  const get = await reader();
  const car = await get<Shown>(`/v1/items/${told.car.item}`);
  expect(car).toMatchObject({ kind: 'vehicle', state: 'shredded', massGrams: told.car.kilograms * 1000 });
  expect(car.tags).toContainEqual({ scheme: 'vin', value: told.car.vin });
  const genealogy = await get<{ descendants: (Shown & { depth: number })[] }>(
    `/v1/items/${told.car.item}/genealogy`,
  );
  // The product that the engine became is further down.
  const descendants = genealogy.descendants.filter(({ depth }) => depth === 1);
  expect(told.outputs).toEqual([descendants.length, kilograms(descendants)]);
  expect(descendants.map(({ item }) => item)).toContain(told.trace.door);
  expect(told.trace.car).toBe(told.car.item);
  const door = await get<Shown>(`/v1/items/${told.trace.door}`);
  expect(door.state).toBe(told.handover.state);
  const host = await get<Shown>(`/v1/items/${door.fittedInto ?? ''}`);
  expect(host.tags).toContainEqual({ scheme: 'vin', value: told.handover.vin });
  const engine = descendants.find(({ category }) => category === 'engine');
  const { custodian } = await get<Shown>(`/v1/items/${engine?.item ?? ''}`);
  expect(Object.values(cast).find(({ creditCode }) => creditCode === custodian)?.name).toBe(
    told.handover.holder,
  );
  await expectProduct(get, engine?.item ?? '', told.car.item);
}

/** Expects that the engine became one product, which leads back to its core and to the car. */
async function expectProduct(
  get: <T>(path: string) => Promise<T>,
  engine: string,
  car: string,
): Promise<void> {
  const { items } = await get<{ items: Shown[] }>(`/v1/items?tag=serial:ZZZ-${engine.slice(-8)}`);
  expect(items).toMatchObject([{ class: 'remanufacturedPart', core: engine, state: 'inspected' }]);
  const product = items[0]?.item ?? '';
  const { ancestors } = await get<{ ancestors: Shown[] }>(`/v1/items/${product}/genealogy`);
  expect(ancestors.map(({ item }) => item)).toEqual([engine, car]);
}

/** Expects that what all mornings told together is what the ledger holds. */
async function expectSums(network: NetworkDescription): Promise<void> {
  const get = await reader();
  const sum = (pick: (told: Told) => number): number =>
    mornings.reduce((total, told) => total + pick(told), 0);
  const { items: devices } = await get<{ items: Shown[] }>('/v1/items?kind=device&limit=200');
  expect(devices).toHaveLength(sum(({ appliances }) => appliances[0]));
  expect(devices.filter(({ state }) => state === 'closed')).toHaveLength(sum(({ line }) => line[0]));
  const { items: lots } = await get<{ items: Shown[] }>('/v1/items?kind=lot&limit=200');
  const steel = lots.filter(({ category, state }) => category === 'steel' && state === 'disposed');
  expect(steel).toHaveLength(sum(({ smelted }) => smelted[0]));
  expect(kilograms(steel)).toBeCloseTo(
    sum(({ smelted }) => smelted[1]),
    3,
  );
  const relay = await relayOf(network);
  try {
    for (const [name, events, refused] of mornings.at(-1)?.stations ?? []) {
      const member = Object.values(cast).find((enterprise) => enterprise.name === name);
      const { keyId } = await loadKey(home, `demo-${member?.id ?? ''}`);
      const row = JSON.parse(Buffer.from(await relay.evaluate('Keys:get', [keyId])).toString()) as KeyRow;
      expect(row.owner).toBe(member?.creditCode);
      const lane = JSON.parse(Buffer.from(await relay.evaluate('Lanes:get', [keyId])).toString()) as LaneRow;
      expect([name, lane.events, lane.refused]).toEqual([name, events, refused]);
    }
  } finally {
    relay.close();
  }
}

describe('npm start and npm run demo', () => {
  let network: NetworkDescription;
  let started: Program;
  /** Labels of the first morning, kept for the second. */
  let photographs: string;

  it('starts on an empty home and ends ready, with what to do next', async () => {
    started = run('start');
    await started.prints(/Huilian is ready \(\d+ s\)[\s\S]*npm run demo[\s\S]*Ctrl-C/);
    expect(started.stdout).toContain(url());
    expect((await fetch(`${url()}/readyz`)).status).toBe(200);
    network = await readDescription(new Home(home));
    photographs = join(home, 'photographs-of-yesterday');
  });

  it('plays a morning from labels made here on what runs, and every number told is on the ledger', async () => {
    const told = await play({ HUILIAN_PHOTOS: join(home, 'no-photographs') });
    program = started;
    cpSync(join(home, 'photographs'), photographs, { recursive: true });
    expect(told.pictures).toEqual([12, 12, 12]);
    expect(told.appliances).toEqual([APPLIANCES, 0]);
    expect(told.refusal).toBe('HL-2020');
    expect(told.ledger.slice(0, 3)).toEqual(Object.values(await count(network)));
    const [, , events, stateRows, ...readModel] = told.ledger;
    expect(readModel).toEqual([stateRows, events]);
    expect(told.stations).toHaveLength(5);
    await expectItems(told);
    await expectSums(network);
    const page = await fetch(told.page, { headers: { accept: 'text/html' } });
    expect([page.status, await page.text()]).toEqual([200, expect.stringContaining(told.trace.door)]);
    expect(JSON.parse(readFileSync(told.proof, 'utf8'))).toMatchObject({
      kind: 'huilian.proof',
      verdict: 'HL-2020',
    });
  });

  it('stops everything that it started at Ctrl-C, and leaves nothing running', async () => {
    expect(await started.interrupt()).toBe(0);
    await expectNothingRuns();
  });

  it('leaves nothing running, either, when a demo that started the trial itself is interrupted', async () => {
    const demo = run('demo', { HUILIAN_PHOTOS: join(home, 'no-photographs') });
    await demo.prints(/^1\. /m);
    expect(await demo.interrupt()).not.toBe(0);
    await expectNothingRuns();
  });

  it('plays a second morning by itself with photographs whose labels are known, which is told and no failure', async () => {
    // Photographs that somebody else took, where they lie beside the checkout.
    for (const name of ['1.png', '2.png']) {
      if (existsSync(join(theirs, name))) cpSync(join(theirs, name), join(photographs, `z-${name}`));
    }
    const told = await play({ HUILIAN_PHOTOS: photographs });
    expect(told.pictures[1]).toBeGreaterThanOrEqual(12);
    expect(told.appliances[1]).toBeGreaterThan(0);
    await expectNothingRuns();
  });

  it('starts again in the same home with the same data', async () => {
    started = run('start');
    await started.prints(/Huilian is ready/);
    expect((await readDescription(new Home(home))).ledger).toBe(network.ledger);
    for (const told of mornings) await expectItems(told);
    const last = mornings.at(-1);
    expect(last?.stations).toHaveLength(5);
    const { events } = await count(network);
    expect(events).toBe(last?.ledger[2]);
    expect(await started.interrupt()).toBe(0);
    await expectNothingRuns();
  });

  it('starts and plays anew after a purge, and keeps the keys', async () => {
    const { key } = await loadKey(home, 'oversight-1');
    await purge({ home });
    started = run('start');
    await started.prints(/Huilian is ready/);
    expect((await readDescription(new Home(home))).ledger).not.toBe(network.ledger);
    expect((await loadKey(home, 'oversight-1')).key).toEqual(key);
    // The kept keys are registered anew and sign; the rest of the morning was played above.
    const demo = run('demo', { HUILIAN_PHOTOS: join(home, 'no-photographs') });
    await demo.prints(/takes in 10 washing machines .* now marked: 0\./);
    expect(await demo.interrupt()).not.toBe(0);
    program = started;
  });

  it('says that the gateway was killed, stops the rest and ends with 1', async () => {
    const gateway = processesOf(home).find((line) => line.includes('gateway-api/dist/main.js')) ?? '';
    process.kill(Number.parseInt(gateway, 10), 'SIGKILL');
    expect(await started.end()).toBe(1);
    expect(started.stderr).toContain('HL-8029');
    await expectNothingRuns();
  });

  it('says at once that the read model is of another ledger', async () => {
    rmSync(new Home(home).network, { recursive: true });
    started = run('start');
    expect(await started.end()).toBe(1);
    expect(started.stderr).toContain('HL-5020 该存储属于另一个账本');
    expect(started.stderr).toContain('The store holds the read model of another ledger.');
    await expectNothingRuns();
  });
});
