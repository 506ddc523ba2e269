import type { Signer } from '@huilian/core/testing';
import {
  canonicalText,
  packGroup,
  readStored,
  record,
  runFold,
  unpackGroup,
  type Row,
  type SignedBatch,
  type Verdict,
} from '@huilian/core';
import { stateOfPeer } from '@huilian/verifier';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { codes, freshSigner, keyEvent, startWorld, type Client, type World } from '../gateway/world.js';
import { seeded } from '../verify/seeded.js';
import { nextTry, type Yard } from './random-events.js';

const DEVICES_A_PARTY = 4;
const ROUNDS = 14;
const MOST_EVENTS = 40;

interface Device {
  readonly signer: Signer;
  readonly random: (bound: number) => number;
}

/** What gateways answered: the verdicts of each batch by `keyId/sequence`. */
type HandedOut = Map<string, readonly Verdict[]>;

let world: World;
let gateways: Client[];
let handedOut: HandedOut;

beforeAll(async () => {
  world = await startWorld();
  gateways = [await world.gateway(), await world.gateway({ FABRIC_ORGANISATION: 'AftermarketMSP' })];
  const devices = await registerDevices();
  const yard: Yard = { items: [], parties: Object.values(codes) };
  handedOut = new Map();
  await Promise.all(devices.map((device) => play(device, yard)));
});
afterAll(async () => {
  await world.stop();
});

describe('Random histories of many devices at two gateways', () => {
  it('get the verdicts that core alone gives, one batch after the other', async () => {
    const alone = await coreAlone();
    expect(handedOut.size).toBe(3 * DEVICES_A_PARTY * ROUNDS);
    for (const [name, verdicts] of handedOut) expect(verdicts, name).toEqual(alone.verdicts.get(name));
    const all = [...handedOut.values()].flat();
    expect(all).toContain('accepted');
    for (const code of ['HL-2010', 'HL-2020', 'HL-2026']) expect(all).toContain(code);
  });

  it('leave the world state that core alone leaves', async () => {
    const { rows } = await coreAlone();
    const peer = await world.network.connect('OversightMSP', 'auditor');
    const held = new Map<string, string>();
    for await (const { key, row } of stateOfPeer(peer)) held.set(key, canonicalText(row));
    const expected = new Map([...rows].map(([key, row]) => [key, canonicalText(row)]));
    expect([...held].sort()).toEqual([...expected].sort());
  });

  it('went to the ledger in groups of several signers and of several batches of a lane', async () => {
    const { groups } = await coreAlone();
    expect(groups.some((group) => new Set(group.map(({ header }) => header.keyId)).size > 1)).toBe(true);
    expect(groups.some((group) => new Set(group.map(({ header }) => header.keyId)).size < group.length)).toBe(
      true,
    );
  });
});

async function registerDevices(): Promise<Device[]> {
  const { plant, shop, stranger } = world;
  const first = [plant, shop, stranger];
  const devices = first.map((signer, i) => ({ signer, random: seeded(`device ${i} 0`) }));
  const offices = [world.recyclingOffice, world.aftermarketOffice, world.aftermarketOffice];
  const [gateway] = gateways;
  for (const [i, owner] of [codes.plant, codes.shop, codes.stranger].entries()) {
    const more = Array.from({ length: DEVICES_A_PARTY - 1 }, () => freshSigner(world.network.trust.ledger));
    await gateway?.record(
      offices[i] ?? world.recyclingOffice,
      more.map((signer) => keyEvent(owner, signer)),
    );
    devices.push(...more.map((signer, j) => ({ signer, random: seeded(`device ${i} ${j + 1}`) })));
  }
  return devices;
}

/** One device: batch after batch, now and then two at once, each at either gateway. */
async function play({ signer, random }: Device, yard: Yard): Promise<void> {
  for (let round = 0; round < ROUNDS;) {
    const atOnce = Math.min(1 + random(2), ROUNDS - round);
    const batches = Array.from({ length: atOnce }, () => {
      const count = 1 + random(MOST_EVENTS);
      const events = Array.from({ length: count }, () => nextTry(yard, signer, random));
      return signer.batch(events);
    });
    await handIn(batches, random);
    round += atOnce;
  }
}

async function handIn(batches: readonly SignedBatch[], random: (bound: number) => number): Promise<void> {
  for (let attempt = 0; attempt < 60; attempt += 1) {
    const { status, body } = await pickGateway(random).submit(batches);
    const settled = status === 200 && body.batches.every(({ status: each }) => /recorded|known/.test(each));
    if (!settled) continue;
    batches.forEach(({ header: { keyId, sequence } }, place) => {
      handedOut.set(`${keyId}/${sequence}`, body.batches[place]?.verdicts ?? []);
    });
    return;
  }
  throw new Error('no gateway took the batches');
}

function pickGateway(random: (bound: number) => number): Client {
  const gateway = gateways[random(gateways.length)];
  if (gateway === undefined) throw new Error('no gateway was started');
  return gateway;
}

/** The ledger's valid transactions, judged by core one batch at a time, without chaincode, peers or groups. */
async function coreAlone(): Promise<{
  verdicts: Map<string, readonly Verdict[]>;
  rows: Map<string, Row>;
  groups: SignedBatch[][];
}> {
  const peer = await world.network.connect('OversightMSP', 'auditor');
  const rows = new Map<string, Row>();
  const verdicts = new Map<string, readonly Verdict[]>();
  const groups: SignedBatch[][] = [];
  const height = await peer.height();
  for await (const { block } of peer.blocks(0, { to: height - 1 })) {
    for (const transaction of block.transactions.filter(
      ({ valid, action }) => valid && action !== undefined,
    )) {
      if (transaction.function !== 'Record:record') {
        for (const { key, value } of transaction.writes) if (value) rows.set(key, readStored(key, value));
        continue;
      }
      const group = unpackGroup(transaction.args[0] ?? new Uint8Array()).map(
        ({ value }) => value as unknown as SignedBatch,
      );
      groups.push(group);
      for (const batch of group) {
        const context = { time: transaction.time, transaction: transaction.id };
        const recorded = runFold(record(packGroup([batch]), context), (key) => rows.get(key));
        for (const [key, row] of recorded.writes) rows.set(key, row);
        for (const { keyId, sequence, verdicts: judged } of recorded.batches)
          verdicts.set(`${keyId}/${sequence}`, judged);
      }
    }
  }
  return { verdicts, rows, groups };
}
