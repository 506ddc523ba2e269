import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { batchDigest, type BatchRow, type LaneRow } from '@huilian/core';
import type { LedgerConnection } from '@huilian/fabric';
import { keyFolder, openQueue, type StoredKey } from '@huilian/scanner-cli';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { administrative, codes, startWorld, type Client, type World } from '../gateway/world.js';
import { deviceProgram, registeredKey } from './device.js';
import { intakeOf } from './intake.js';
import { between } from './between.js';

let world: World;
let gateways: readonly [Client, Client];
let ledger: LedgerConnection;
const home = mkdtempSync(join(tmpdir(), 'huilian-device-'));
const urls = (): string[] => gateways.map(({ address }) => address);

beforeAll(async () => {
  world = await startWorld();
  gateways = [await world.gateway(), await world.gateway()];
  ledger = await world.network.connect('OversightMSP');
});

afterAll(async () => {
  await world.stop();
  rmSync(home, { recursive: true });
});

let keys = 0;
async function device(): Promise<StoredKey> {
  const key = await registeredKey(world, gateways[0], {
    home,
    name: `device-${String(++keys)}`,
    owner: codes.plant,
  });
  await eachKnows(key);
  return key;
}

/** Gateways read keys from their own read model, which follows the ledger at its own pace. */
async function eachKnows({ keyId }: StoredKey): Promise<void> {
  for (const gateway of gateways) {
    const token = await gateway.token(world.oversightOffice);
    for (let tries = 0; (await gateway.get(`/v1/keys/${keyId}`, token)).status !== 200; tries += 1) {
      if (tries > 100) throw new Error('the key does not arrive');
      await sleep(50);
    }
  }
}

/** A gateway that believes that it is reached under another address. */
const honest = async (url: string): Promise<string> => (await world.gateway({ PUBLIC_URL: url })).address;

async function query<T>(name: string, ...args: string[]): Promise<T> {
  return JSON.parse(Buffer.from(await ledger.evaluate(name, args)).toString()) as T;
}

const laneOf = ({ keyId }: StoredKey): Promise<LaneRow> => query('Lanes:get', keyId);

describe('a device that is killed again and again while it records and pushes', () => {
  it('gets every event that it kept onto the ledger exactly once, in order and without a gap', async () => {
    const key = await device();
    const program = await deviceProgram();
    let kept = 0;
    for (let life = 0; life < 6; life += 1)
      kept = Math.max(kept, await liveAndDie(program, key, kept + 3 + life));
    const queue = await openQueue(home, key);
    const recorded = queue.lane().signed.sequence;
    expect(recorded).toBeGreaterThanOrEqual(kept);
    const report = await queue.push(urls());
    expect(report).toMatchObject({ waiting: [], offline: [] });
    expect(report.stopped).toBeUndefined();
    const lane = await laneOf(key);
    expect(lane).toMatchObject({ next: recorded + 1, head: queue.lane().signed.digest });
    expect(lane.gaps ?? []).toEqual([]);
    expect(lane.forked).toBeUndefined();
    for (let sequence = 1; sequence <= recorded; sequence += 1) {
      const row = await query<BatchRow>('Lanes:batch', key.keyId, String(sequence));
      expect(row).toMatchObject({ count: 1, refused: [] });
    }
  });
});

describe('the gateways of a device', () => {
  it('take over from one another, and the receipts come from the ledger', async () => {
    const key = await device();
    const queue = await openQueue(home, key);
    for (let count = 0; count < 70; count += 1) await queue.record([intakeOf(key)]);
    let stopped = false;
    let groups = 0;
    const doomed = await between(
      (url) => honest(url),
      ({ path }) => (path === '/v1/batches' && ++groups > 1 ? 'die' : 'pass'),
    );
    const report = await queue.push([doomed.url, gateways[1].address], () => {
      stopped = true;
    });
    doomed.stop();
    expect(stopped).toBe(true);
    expect(report.gateways).toMatchObject([{ outcome: 'offline', code: 'HL-7015' }, { outcome: 'used' }]);
    expect(report.settled).toHaveLength(70);
    expect(await laneOf(key)).toMatchObject({ next: 71 });
  });

  it('may be asked by two processes at once: nothing is sent under a second number', async () => {
    const key = await device();
    const [one, other] = [await openQueue(home, key), await openQueue(home, key)];
    for (let count = 0; count < 10; count += 1) await (count % 2 === 0 ? one : other).record([intakeOf(key)]);
    const reports = await Promise.all([one.push(urls()), other.push([...urls()].reverse())]);
    for (const report of reports) expect(report.waiting).toEqual([]);
    expect(await laneOf(key)).toMatchObject({ next: 11 });
  });
});

describe('a queue that lost a batch', () => {
  it('declares the gap on the ledger and goes on', async () => {
    const key = await device();
    const queue = await openQueue(home, key);
    for (let count = 0; count < 4; count += 1) await queue.record([intakeOf(key)]);
    for (const file of queue.files) {
      const lines = readFileSync(file, 'utf8').split('\n');
      lines[3] = (lines[3] ?? '').replace(/"seed":"..../, '"seed":"????');
      writeFileSync(file, lines.join('\n'));
    }
    await expect(openQueue(home, key)).rejects.toMatchObject({ code: 'HL-7010' });
    expect(await queue.recover()).toMatchObject({
      waiting: [1, 2],
      stranded: [4],
      unknown: { from: 3, to: 4 },
    });
    expect(await queue.push(urls())).toMatchObject({ stopped: { sequence: 4, code: 'HL-7040' } });
    expect(await queue.declareLost(3, 3, urls())).toEqual({ gap: { from: 3, to: 4 }, signedAnew: [5] });
    expect(await queue.push(urls())).toMatchObject({
      waiting: [],
      settled: [{ sequence: 5, events: [{ verdict: 'accepted' }] }],
    });
    expect(await laneOf(key)).toMatchObject({ next: 6, gaps: [[3, 4]] });
  });
});

describe('a device that was restored from a backup', () => {
  it('stops before it forks its lane, because organisations attest another head', async () => {
    const key = await device();
    const queue = await openQueue(home, key);
    await queue.record([intakeOf(key)]);
    await queue.push(urls());
    const folder = keyFolder(home, key.name);
    cpSync(folder, `${folder}-backup`, { recursive: true });
    await queue.record([intakeOf(key)]);
    const { settled } = await queue.push(urls());
    rmSync(folder, { recursive: true });
    cpSync(`${folder}-backup`, folder, { recursive: true });
    const restored = await openQueue(home, key);
    await restored.record([intakeOf(key)]);
    expect(await restored.push(urls())).toMatchObject({
      closed: 'HL-7014',
      settled: [],
      stopped: { sequence: 2, code: 'HL-7014' },
    });
    await expect(restored.record([intakeOf(key)])).rejects.toMatchObject({ code: 'HL-7014' });
    const lane = await laneOf(key);
    expect(lane).toMatchObject({ next: 3, head: settled[0]?.digest });
    expect(lane.forked).toBeUndefined();
  });

  it('and could not see that: the fork is proved by the receipt of the other batch, and kept on the ledger', async () => {
    const key = await device();
    const queue = await openQueue(home, key);
    queue.lane();
    const folder = keyFolder(home, key.name);
    cpSync(folder, `${folder}-backup`, { recursive: true });
    await queue.record([intakeOf(key)]);
    await queue.push(urls());
    rmSync(folder, { recursive: true });
    cpSync(`${folder}-backup`, folder, { recursive: true });
    const restored = await openQueue(home, key);
    await restored.record([intakeOf(key)]);
    const own = restored.lane().pending[0];
    const blind = await between(
      (url) => honest(url),
      ({ path }) => (path.startsWith('/v1/lanes/') ? { next: 1, head: '' } : 'pass'),
    );
    expect(await restored.push([blind.url])).toMatchObject({ closed: 'HL-3010', settled: [] });
    blind.stop();
    expect(await laneOf(key)).toMatchObject({ next: 2, forked: 1 });
    const row = await query<BatchRow>('Lanes:batch', key.keyId, '1');
    expect(row.digest).not.toBe(own && batchDigest(own.header));
  });
});

describe('a revoked key', () => {
  it('keeps its batches on the device, and the report says why', async () => {
    const key = await device();
    const queue = await openQueue(home, key);
    await queue.record([intakeOf(key)]);
    const revoke = administrative('key.revoke', { keyId: key.keyId, lastSequence: 0, reason: 'lost' });
    expect(await gateways[0].record(world.recyclingOffice, [revoke])).toEqual(['accepted']);
    const report = await queue.push([gateways[0].address]);
    expect(report).toMatchObject({
      settled: [],
      waiting: [{ sequence: 1 }],
      stopped: { sequence: 1, code: 'HL-3003' },
    });
  });
});

/** Runs a device until it has kept a number, kills it a random while later, and tells the last number it kept. */
async function liveAndDie(program: string, key: StoredKey, until: number): Promise<number> {
  const child = spawn(process.execPath, [program, home, key.name, ...urls()], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let last = 0;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  for await (const line of createInterface({ input: child.stdout })) {
    last = Number(line);
    if (last === until) setTimeout(() => child.kill('SIGKILL'), Math.random() * 300);
  }
  await ended;
  expect(child.signalCode).toBe('SIGKILL');
  return last;
}
