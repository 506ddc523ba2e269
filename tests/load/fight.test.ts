import { setTimeout as sleep } from 'node:timers/promises';
import { batchDigest } from '@huilian/core';
import type { Signer } from '@huilian/core/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  codes,
  freshSigner,
  itemEvent,
  keyEvent,
  registration,
  startWorld,
  type Client,
  type World,
} from '../gateway/world.js';
import { onLedger, readBlocks, type Blocks } from './blocks.js';
import type { Acknowledged } from './flood.js';
import { numbersOf } from './metrics.js';

/** Each fights over an item of its own: a fighter that lost goes alone for a while, and then the next pair harms others. */
const PAIRS = 5;
const INNOCENT = 3;
/** Batches of the innocent devices while nothing should collide. */
const PEACEFUL = 30;
/** How often transactions with innocent devices are to be lost before the fight is over: some of them twice in turn. */
const HARMED = 6;
/** After so many batches of innocent devices it is looked into the blocks. */
const LOOK = 15;
/** Batches of the innocent devices after which the fight is over in any case. */
const MOST = 300;

let world: World;
let here: Client;
let there: Client;
/** Pairs of devices of one enterprise that change the same item all the time, and devices that have nothing to do with them. */
let fighters: readonly Signer[];
let innocent: readonly Signer[];
let items: string[];
const told: Acknowledged[] = [];

beforeAll(async () => {
  world = await startWorld();
  // One transaction under way at a time: what arrives meanwhile travels together.
  [here, there] = [
    await world.gateway({ GROUPS_IN_FLIGHT: '1' }),
    await world.gateway({ FABRIC_ORGANISATION: 'AftermarketMSP' }),
  ];
  const signers = Array.from({ length: 2 * PAIRS + INNOCENT }, () => freshSigner(world.network.trust.ledger));
  await here.record(
    world.recyclingOffice,
    signers.map((signer) => keyEvent(codes.plant, signer)),
  );
  fighters = signers.slice(0, 2 * PAIRS);
  innocent = signers.slice(2 * PAIRS);
  const registrations = Array.from({ length: PAIRS }, () => registration(world.plant));
  items = registrations.map(({ item }) => item);
  await here.record(
    world.plant,
    registrations.map(({ event }) => event),
  );
});
afterAll(() => world.stop());

/** Hands a batch in until its verdicts are there, and answers how often that took. */
async function insist(gateway: Client, signer: Signer, item?: string): Promise<number> {
  const event =
    item === undefined ? registration(signer).event : itemEvent(item, 'inspect', { result: 'fit' });
  const batch = signer.batch([event]);
  for (let count = 1; count <= 20; count += 1) {
    const { status, headers, body } = await gateway.submit([batch]);
    if (status === 200) {
      const [result] = body.batches;
      expect(['recorded', 'known']).toContain(result.status);
      const { sequence, verdicts } = result;
      told.push({ keyId: signer.keyId, sequence, digest: batchDigest(batch.header), verdicts });
      return count;
    }
    await sleep(Number(headers.get('retry-after')) * 1_000);
  }
  throw new Error('a batch was not taken in twenty tries');
}

/** How often the innocent devices had to hand each of their batches in while the fighters were at it. */
async function fight(
  gateways: readonly [Client, Client],
  isOver: (batches: number) => boolean | Promise<boolean>,
): Promise<number[]> {
  const state = { over: false };
  const tries: number[] = [];
  const fighting = fighters.map(async (signer, place) => {
    while (!state.over) await insist(gateways[(place % 2) as 0 | 1], signer, items[Math.floor(place / 2)]);
  });
  const working = innocent.map(async (signer) => {
    while (!state.over) {
      tries.push(await insist(gateways[0], signer));
      if (await isOver(tries.length)) state.over = true;
    }
  });
  await Promise.all([...fighting, ...working]).finally(() => (state.over = true));
  return tries;
}

/** Transactions of innocent devices that were lost. */
function harmed({ recordings }: Blocks): Blocks['recordings'] {
  const among = (keyId: string): boolean => innocent.some((signer) => signer.keyId === keyId);
  return recordings.filter(({ signers, valid }) => !valid && signers.some(among));
}

function checkOnce(blocks: Blocks): void {
  for (const { keyId, sequence, digest, verdicts } of told) {
    expect(onLedger(blocks, keyId, sequence)).toEqual([{ digest, verdicts }]);
    expect(new Set(verdicts)).toEqual(new Set(['accepted']));
  }
}

describe('two signers who change the same item at once', () => {
  it('at one gateway are put in order: nothing collides', async () => {
    const tries = await fight([here, here], (batches) => batches >= PEACEFUL);
    expect(new Set(tries)).toEqual(new Set([1]));
    const blocks = await readBlocks(world.network);
    expect(blocks.recordings.filter(({ valid }) => !valid)).toEqual([]);
    expect((await numbersOf(here)).groups('conflict')).toBe(0);
    checkOnce(blocks);
  });

  it('at two gateways collide and get through, and a third in their transactions never has to come again', async () => {
    const tries = await fight(
      [here, there],
      async (batches) =>
        batches >= MOST || (batches % LOOK === 0 && harmed(await readBlocks(world.network)).length >= HARMED),
    );
    const blocks = await readBlocks(world.network);
    const lost = blocks.recordings.filter(({ valid }) => !valid);
    expect(new Set(lost.map(({ code }) => code))).toEqual(new Set(['MVCC_READ_CONFLICT']));
    expect(harmed(blocks).length).toBeGreaterThan(0);
    expect(new Set(tries)).toEqual(new Set([1]));
    checkOnce(blocks);
  });
});
