import { setTimeout as sleep } from 'node:timers/promises';
import type { Signer } from '@huilian/core/testing';
import { batchDigest } from '@huilian/core';
import { status, up } from '@huilian/network';
import { freePort, startGateway, type GatewayProcess } from '@huilian/trial';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import {
  Client,
  codes,
  freshSigner,
  keyEvent,
  registration,
  startWorld,
  type Answer,
  type World,
} from '../gateway/world.js';
import { onLedger, readBlocks, type Blocks } from './blocks.js';
import { EVENTS, flood, type Acknowledged, type Flood } from './flood.js';
import { numbersOf, numbersOfPeer, type Numbers } from './metrics.js';

const FLOODING = 8;
const QUEUED = 24;
const QUEUED_BYTES = 1_048_576;
const IN_FLIGHT = 2;
const GROUP_EVENTS = 20;
/** Batches of the device that keeps to Retry-After, one after the other. */
const LONE_BATCHES = 10;
/** Requests that are turned away before the flood ends. */
const TURNED_AWAY = 400;
/** Tries that each of them may take. */
const TRIES = 2;

const settings = {
  QUEUED_BATCHES: String(QUEUED),
  QUEUED_BYTES: String(QUEUED_BYTES),
  GROUPS_IN_FLIGHT: String(IN_FLIGHT),
  GROUP_EVENTS: String(GROUP_EVENTS),
  BODIES_AT_ONCE: '10000',
  RATE_PER_MINUTE_ANONYMOUS: '1000000',
  LOG_LEVEL: 'warn',
};

let world: World;
let running: GatewayProcess;
let gateway: Client;
let lone: Signer;
let seen: Flood;
/** What became of the lone device's batches: how often each was handed in. */
const tries: number[] = [];
const told: Acknowledged[] = [];
/** What the gateway's peer said before and after. */
let peer: { before: Numbers; after: Numbers };
let blocks: Blocks;

beforeAll(async () => {
  world = await startWorld();
  running = await startGateway(world.home, await freePort(21_300), settings);
  gateway = new Client(running.url);
  const signers = Array.from({ length: FLOODING + 1 }, () => freshSigner(world.network.trust.ledger));
  await gateway.record(
    world.recyclingOffice,
    signers.map((signer) => keyEvent(codes.plant, signer)),
  );
  const [first, ...others] = signers;
  if (first === undefined) throw new Error('no device');
  lone = first;
  const before = await numbersOfPeer(world.home, 'peer-recycling');
  seen = await flood(gateway, others, async ({ turnedAway }) => {
    await untilTurnedAway(turnedAway, 1);
    for (let count = 0; count < LONE_BATCHES; count += 1) await handIn();
    await untilTurnedAway(turnedAway, TURNED_AWAY);
  });
  peer = { before, after: await numbersOfPeer(world.home, 'peer-recycling') };
  blocks = await readBlocks(world.network);
});
afterAll(async () => {
  await running.stop();
  await world.stop();
});

/** So many requests of the flood were pushed back. */
async function untilTurnedAway(turnedAway: readonly Answer[], count: number): Promise<void> {
  await vi.waitFor(
    () => {
      expect(turnedAway.length).toBeGreaterThanOrEqual(count);
    },
    { timeout: 60_000, interval: 20 },
  );
}

/** A device that keeps to Retry-After. */
async function handIn(): Promise<void> {
  const batch = lone.batch([registration(lone).event]);
  for (let count = 1; ; count += 1) {
    const { status: code, headers, body, text } = await gateway.submit([batch]);
    if (code === 200) {
      const [{ sequence, verdicts }] = body.batches;
      tries.push(count);
      told.push({ keyId: lone.keyId, sequence, digest: batchDigest(batch.header), verdicts });
      return;
    }
    if (code !== 429) throw new Error(text);
    await sleep(Number(headers.get('retry-after')) * 1_000);
  }
}

describe('a gateway that is offered far more than the ledger takes', () => {
  it('pushes back with a code and a whole number of seconds, and with nothing else', () => {
    expect(seen.turnedAway.length).toBeGreaterThanOrEqual(TURNED_AWAY);
    expect(seen.offered).toBeGreaterThan(3 * seen.acknowledged.length);
    for (const { body, headers } of seen.turnedAway) {
      expect(body.code).toBe('HL-4031');
      expect(headers.get('retry-after')).toMatch(/^([1-9]|[12]\d|30)$/);
    }
    expect(seen.others.map(({ text }) => text)).toEqual([]);
  });

  it('holds no more than it may: batches, bytes, transactions under way', () => {
    expect(seen.mostWaiting).toBeGreaterThan(QUEUED / 2);
    // Those under way may have to come back.
    expect(seen.mostWaiting).toBeLessThanOrEqual(QUEUED + (IN_FLIGHT * GROUP_EVENTS) / EVENTS);
    expect(seen.mostBytesWaiting).toBeLessThanOrEqual(QUEUED_BYTES);
    expect(seen.mostInFlight).toBe(IN_FLIGHT);
  });

  it('lets in a device that keeps to Retry-After, each time within a few tries', () => {
    expect(tries).toHaveLength(LONE_BATCHES);
    expect(Math.max(...tries)).toBeLessThanOrEqual(TRIES);
  });

  it('has recorded all that it acknowledged, once, and with the verdicts that it told', () => {
    expect(seen.acknowledged.length).toBeGreaterThan(FLOODING);
    for (const { keyId, sequence, digest, verdicts } of [...seen.acknowledged, ...told])
      expect(onLedger(blocks, keyId, sequence)).toEqual([{ digest, verdicts }]);
    for (const [key, times] of blocks.batches) expect(times, key).toHaveLength(1);
  });

  it('filled transactions up to their size with batches of many signers', () => {
    const groups = blocks.recordings.filter(({ valid }) => valid).map(({ signers }) => new Set(signers).size);
    expect(Math.max(...groups)).toBeGreaterThan(1);
    expect(blocks.recordings.filter(({ valid }) => !valid)).toEqual([]);
  });
});

describe('the peer of a gateway', () => {
  const more = (name: string, labels = ''): number =>
    peer.after.sum(name, labels) - peer.before.sum(name, labels);

  it('endorsed each transaction and told by one stream of blocks, which was open before, where all of them ended', () => {
    expect(more('grpc_server_unary_requests_received', 'method="Endorse"')).toBeGreaterThan(LONE_BATCHES);
    expect(more('grpc_server_unary_requests_received', 'method="Submit"')).toBeGreaterThan(LONE_BATCHES);
    expect(more('grpc_server_unary_requests_received', 'method="CommitStatus"')).toBe(0);
    expect(more('deliver_streams_opened')).toBe(0);
    expect(peer.after.sum('deliver_streams_opened')).toBeGreaterThan(0);
  });
});

describe('after the flood', () => {
  it('nothing waits or is under way, and a lone event goes at once in a transaction of its own', async () => {
    await expect
      .poll(async () => {
        const now = await numbersOf(gateway);
        return [now.of('huilian_batches_waiting'), now.of('huilian_groups_in_flight')];
      })
      .toEqual([0, 0]);
    const before = await numbersOf(gateway);
    expect(before.of('huilian_bytes_waiting')).toBe(0);
    await handIn();
    expect(tries.at(-1)).toBe(1);
    expect((await numbersOf(gateway)).groups('done')).toBe(before.groups('done') + 1);
  });

  it('the window narrows while the ledger is away, and widens again', async () => {
    const { processes } = await status({ home: world.home });
    for (const { name, pid } of processes)
      if (name.startsWith('chaincode') && pid !== undefined) process.kill(pid, 'SIGKILL');
    const batch = lone.batch([registration(lone).event]);
    const { status: code, headers } = await gateway.submit([batch]);
    expect(code).toBe(503);
    expect(headers.get('retry-after')).toMatch(/^\d+$/);
    expect((await numbersOf(gateway)).of('huilian_groups_in_flight_limit')).toBe(IN_FLIGHT / 2);
    await up({ home: world.home });
    await expect.poll(async () => (await gateway.submit([batch])).status, { timeout: 60_000 }).toBe(200);
    for (let count = 0; count < IN_FLIGHT; count += 1) await handIn();
    expect((await numbersOf(gateway)).of('huilian_groups_in_flight_limit')).toBe(IN_FLIGHT);
  });
});
