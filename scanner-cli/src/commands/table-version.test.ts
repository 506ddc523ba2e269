import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { creditCodeCheck, eventIdOf, itemIdOf } from '@huilian/core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { TestLedger } from '../gateway/ledger.testing.js';
import { problem, TestGateway } from '../gateway/server.testing.js';
import { home, huilian } from '../program.testing.js';

const owner = '91330100MA27ABCD0' + creditCodeCheck('91330100MA27ABCD0');
const LEDGER = 'ab'.repeat(32);
const LOT = itemIdOf('ab'.repeat(16), 'cd'.repeat(16));
const EVENT = eventIdOf({ keyId: 'A'.repeat(43), sequence: 1, index: 0 });
/** When the clock of {@link huilian} stands. */
const NOW = 1_795_000_000;
let gateway: TestGateway;
/** What the gateway says of the versions of each table. */
let lists: Readonly<Record<string, Readonly<Record<string, number>>>> = {};
let device = 0;

beforeAll(async () => {
  gateway = await TestGateway.start(await TestLedger.found(), { instead: answered, ledger: LEDGER });
  const trust = {
    kind: 'huilian.trust',
    version: 1,
    ledger: LEDGER,
    channel: 'lifecycle',
    chaincode: 'huilian',
    required: 'OversightMSP',
    organisations: ['OversightMSP', 'RecyclingMSP'].map((mspId) => ({
      mspId,
      roots: ['-----BEGIN CERTIFICATE-----\n'],
      intermediates: [],
    })),
  };
  writeFileSync(join(home, 'trust.json'), JSON.stringify(trust));
});
afterAll(() => gateway.stop());
beforeEach(async () => {
  device += 1;
  lists = {};
  await huilian(['key', 'init', name(), '--owner', owner, '--trust', join(home, 'trust.json')]);
});

const name = (): string => `d${device}`;

function answered({ url = '' }: IncomingMessage, response: ServerResponse): boolean {
  if (url === '/v1/ledger') return false;
  const table = lists[/^\/v1\/rules\/(\w+)\/CN\/0$/.exec(url)?.[1] ?? ''];
  const said =
    url === '/v1/token'
      ? { access_token: 'good', token_type: 'Bearer', expires_in: 600 }
      : table && { from: 0, proposedBy: 'OversightMSP', table };
  if (said === undefined) problem(response, url.startsWith('/v1/rules/') ? 'HL-3040' : 'HL-4040');
  else {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(said));
  }
  return true;
}

/** Runs a step. @returns the versions that stand in whatever the device has signed until now */
async function signed(member: string, args: readonly string[], url?: string): Promise<readonly number[]> {
  const network = url === undefined ? {} : { HUILIAN_GATEWAY: url };
  const offline = url === undefined ? ['--offline'] : [];
  const ran = await huilian([...args, ...offline], { HUILIAN_KEY: name(), ...network });
  expect(ran.out, ran.err).toContain('queued');
  const folder = join(home, 'keys', name());
  const queue = readdirSync(folder).filter((file) => /^queue\.[ab]$/.test(file));
  const text = queue.map((file) => readFileSync(join(folder, file), 'latin1')).join('');
  const found = [...text.matchAll(new RegExp(`"${member}":(\\d+)`, 'g'))].map(([, version]) =>
    Number(version),
  );
  return [...new Set(found)].sort();
}

const SPLIT = ['lot', 'split', LOT, '--output', 'lot:steel:1000', '--output', 'lot:steel:1000'];

describe('the version of a table that no option names', () => {
  it('is the one in force, as a gateway tells, and as the device has kept when there is no network', async () => {
    lists = { massTolerance: { v1: 0, v2: NOW - 10, v3: NOW + 10 } };
    expect(await signed('toleranceVersion', SPLIT, gateway.url)).toEqual([2]);
    expect(await signed('toleranceVersion', SPLIT)).toEqual([2]);
  });

  it('is 1 where nothing is known, and what the option says where it does', async () => {
    expect(await signed('toleranceVersion', SPLIT)).toEqual([1]);
    expect(await signed('toleranceVersion', SPLIT, gateway.url)).toEqual([1]);
    lists = { massTolerance: { v2: 0 } };
    const named = [...SPLIT, '--tolerance-version', '7'];
    expect(await signed('toleranceVersion', named, gateway.url)).toEqual([1, 7]);
  });

  it.each([
    ['requiredParts', 'partsVersion', ['appliance', 'receive', LOT, '--mass', '1000']],
    ['lineSteps', 'stepsVersion', ['appliance', 'issue', LOT, '--line', 'L1']],
    ['secondLifeCapacity', 'tableVersion', ['battery', 'test', LOT, '--capacity', '900']],
    ['correctionTerm', 'termVersion', ['correct', EVENT, '--item', LOT, '--reason', 'wrongItem']],
  ])('is found for %s', async (table, member, args) => {
    lists = { [table]: { v1: 0, v4: 1 } };
    expect(await signed(member, args, gateway.url)).toEqual([4]);
  });
});
