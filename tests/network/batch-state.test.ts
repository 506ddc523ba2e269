import { steelRegistered, type Signer } from '@huilian/core/testing';
import type { ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { packGroup, readStored, record, runFold, type Row } from '@huilian/core';
import type { LedgerConnection, LedgerTransaction } from '@huilian/fabric';
import { committed, deploy } from '@huilian/network';
import { blocksOfPeer, stateOfPeer, verifyLedger } from '@huilian/verifier';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { playHistory, type History } from '../verify/history.js';
import { newNonce } from '../verify/signer.js';
import { startTrialNetwork, type TrialNetwork } from '../verify/trial-network.js';
import { endPeer, messagesOf, restartPeer } from './peer-environment.js';
import { probeBundle } from './probe/bundle.js';
import type { ProbeStep } from './probe/steps.js';
import { everyPeerIsEven } from './trial.js';

const REGISTRATIONS = 250;
/** What the peer of Aftermarket offers from the moment on that it is restarted. */
const FEW = 7;
const LARGEST_ROW = 256 * 1024;

let network: TrialNetwork;
let history: History;
let restarted: ChildProcess[];

beforeAll(async () => {
  restarted = [];
  network = await startTrialNetwork();
  history = await playHistory(network);
});

afterAll(async () => {
  await Promise.all(restarted.map(endPeer));
  await network.stop();
});

function registrations(signer: Signer): Uint8Array {
  const time = Math.floor(Date.now() / 1000);
  const events = Array.from({ length: REGISTRATIONS }, () => steelRegistered(signer, newNonce(), time));
  return packGroup([signer.batch(events, { time })]);
}

/** Messages between the chaincode and one organisation's peer while some work is done. */
async function messagesDuring(mspId: string, work: () => Promise<unknown>): Promise<Record<string, number>> {
  const { organisations, chaincode } = network.description;
  const operations = organisations.find((each) => each.mspId === mspId)?.operations ?? '';
  const before = await messagesOf(operations, chaincode);
  await work();
  const after = await messagesOf(operations, chaincode);
  const more = [...after].map(([type, count]) => [type, count - (before.get(type) ?? 0)] as const);
  return Object.fromEntries(more.filter(([, count]) => count > 0));
}

async function transactions(): Promise<{ block: number; transaction: LedgerTransaction }[]> {
  const auditor = await network.connect('OversightMSP', 'auditor');
  const found: { block: number; transaction: LedgerTransaction }[] = [];
  for await (const { block } of auditor.blocks(0, { to: (await auditor.height()) - 1 })) {
    found.push(...block.transactions.map((transaction) => ({ block: block.number, transaction })));
  }
  return found;
}

describe('a batch of 250 registrations', () => {
  it('costs a handful of messages', async () => {
    const connection = await network.connect('RecyclingMSP');
    const messages = await messagesDuring('OversightMSP', () =>
      connection.submit('Record:record', [registrations(history.plant)]),
    );
    expect(messages).toEqual({ GET_STATE_MULTIPLE: 2, WRITE_BATCH_STATE: 1 });
  });

  it('is endorsed alike by peers that offer everything, a little, and nothing', async () => {
    await everyPeerIsEven(network.description);
    restarted.push(
      await restartPeer(network.home, 'peer-recycling', {
        CORE_CHAINCODE_RUNTIMEPARAMS_USEWRITEBATCH: 'false',
        CORE_CHAINCODE_RUNTIMEPARAMS_USEGETMULTIPLEKEYS: 'false',
      }),
      await restartPeer(network.home, 'peer-aftermarket', {
        CORE_CHAINCODE_RUNTIMEPARAMS_MAXSIZEWRITEBATCH: String(FEW),
        CORE_CHAINCODE_RUNTIMEPARAMS_MAXSIZEGETMULTIPLEKEYS: String(FEW),
      }),
    );
    // Peers that were just restarted take a moment until they know one another.
    await committed(network.description);
    await everyPeerIsEven(network.description);
    const group = registrations(history.plant);
    const all = ['RecyclingMSP', 'AftermarketMSP', 'OversightMSP'];
    const connection = await network.connect('OversightMSP');
    const submit = () => connection.submit('Record:record', [group], { endorsingOrganizations: all });
    let little = {};
    const nothing = await messagesDuring('RecyclingMSP', async () => {
      little = await messagesDuring('AftermarketMSP', submit);
    });
    // Ledger, ruleset, key, lane, batch, fork; owner and items; and what is written: items, lane, batch.
    expect(nothing).toEqual({ GET_STATE: 6 + 1 + REGISTRATIONS, PUT_STATE: REGISTRATIONS + 2 });
    expect(little).toEqual({
      GET_STATE_MULTIPLE: 1 + Math.ceil((1 + REGISTRATIONS) / FEW),
      WRITE_BATCH_STATE: Math.ceil((REGISTRATIONS + 2) / FEW),
    });
  });
});

describe('the ledger afterwards', () => {
  it('holds in each read set what the rules asked for, with the version that the row had', async () => {
    const rows = new Map<string, { row: Row; version: { block: number; transaction: number } }>();
    let recorded = 0;
    for (const { block, transaction } of await transactions()) {
      if (!transaction.valid) continue;
      if (transaction.function === 'Record:record') {
        const asked = new Set<string>();
        const fold = record(transaction.args[0] ?? new Uint8Array(), {
          transaction: transaction.id,
          time: transaction.time,
        });
        runFold(fold, (key) => {
          asked.add(key);
          return rows.get(key)?.row;
        });
        const expected = [...asked].sort().map((key) => ({ key, version: rows.get(key)?.version }));
        expect(transaction.reads.map(({ key, version }) => ({ key, version }))).toEqual(expected);
        recorded += 1;
      }
      for (const { key, value } of transaction.writes) {
        const version = { block, transaction: transaction.index };
        if (value !== null) rows.set(key, { row: readStored(key, value), version });
      }
    }
    expect(recorded).toBeGreaterThan(5);
  });

  it('satisfies the auditor', async () => {
    const auditor = await network.connect('OversightMSP', 'auditor');
    const report = await verifyLedger({
      source: blocksOfPeer(auditor),
      trust: network.trust,
      stateSource: () => stateOfPeer(auditor),
    });
    expect(report.firstDifference).toBeUndefined();
    expect(report.ok).toBe(true);
    expect(report.events).toBeGreaterThanOrEqual(2 * REGISTRATIONS);
  });
});

/** Every transaction here is endorsed by a peer that offers batches and by one that offers none. */
describe('a transaction of the chaincode', () => {
  let folder: string;
  let connection: LedgerConnection;

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'huilian-probe-'));
    await deploy({ home: network.home, chaincodeBundle: await probeBundle(folder) });
    connection = await network.connect('RecyclingMSP');
  });

  afterAll(async () => {
    await rm(folder, { recursive: true, force: true });
  });

  async function play(...steps: ProbeStep[]): Promise<unknown[]> {
    const { response } = await connection.submit('Probe:play', [JSON.stringify(steps)]);
    return JSON.parse(Buffer.from(response).toString()) as unknown[];
  }

  async function last(): Promise<LedgerTransaction> {
    const { transaction } = (await transactions()).at(-1) ?? {};
    if (transaction === undefined) throw new Error('no transaction');
    return transaction;
  }

  it('reads what it wrote and what it deleted, and writes only the outcome', async () => {
    await play({ write: 'a', text: '1' }, { write: 'b', text: '1' });
    const answer = await play(
      { read: ['a'] },
      { write: 'a', text: '2' },
      { delete: 'b' },
      { read: ['a', 'b', 'c'] },
      { write: 'b', text: '3' },
      { delete: 'a' },
      { read: ['a', 'b'] },
    );
    expect(answer).toEqual(['1', '2', null, null, null, '3']);
    const { reads, writes } = await last();
    // What it wrote before it read it is not in the read set: its answer did not depend on the ledger.
    expect(reads.map(({ key, version }) => [key, version !== undefined])).toEqual([
      ['a', true],
      ['c', false],
    ]);
    expect(writes.map(({ key, value }) => [key, value && Buffer.from(value).toString()])).toEqual([
      ['a', null],
      ['b', '{"text":"3"}'],
    ]);
    expect(await play({ read: ['a', 'b'] })).toEqual([null, '3']);
  });

  it('may name a key twice in a read, and reads it once', async () => {
    expect(await play({ read: ['b', 'none', 'b', 'none', 'b'] }, { read: ['b'] })).toEqual([
      '3',
      null,
      '3',
      null,
      '3',
      '3',
    ]);
    expect((await last()).reads.map(({ key }) => key)).toEqual(['b', 'none']);
  });

  it('may read while it reads', async () => {
    await play(...['d', 'e', 'f'].map((key) => ({ write: key, text: key })));
    const script = JSON.stringify([['d', 'e'], ['f'], ['e', 'f', 'g'], ['d']]);
    const { response } = await connection.submit('Probe:together', [script]);
    expect(JSON.parse(Buffer.from(response).toString())).toEqual(['d', 'e', 'f', 'e', 'f', null, 'd']);
  });

  it('that fails in the middle writes nothing and sends no write', async () => {
    const messages = await messagesDuring('OversightMSP', async () => {
      const failing = play({ read: ['b'] }, { write: 'b', text: '4' }, { fail: 'enough' }, { delete: 'b' });
      await expect(failing).rejects.toMatchObject({ kind: 'inadmissible', details: { reason: 'enough' } });
    });
    expect(Object.keys(messages).filter((type) => type !== 'GET_STATE_MULTIPLE')).toEqual([]);
    expect(await play({ read: ['b'] })).toEqual(['3']);
  });

  it('does not mix with others that run at once', async () => {
    const names = Array.from({ length: 24 }, (_, index) => `one-${index}`);
    await Promise.all(
      names.map((name) => play({ read: [name] }, { write: name, text: name }, { read: ['b'] })),
    );
    expect(await play({ read: names })).toEqual(names);
  });

  it('conflicts with another that wrote meanwhile what it read', async () => {
    const steps = JSON.stringify([{ read: ['b', 'd'] }, { write: 'b', text: '5' }]);
    const both = [
      await connection.endorse('Probe:play', [steps]),
      await connection.endorse('Probe:play', [steps]),
    ];
    await Promise.allSettled(both.map((transaction) => transaction.commit()));
    const outcomes = await Promise.all(both.map((transaction) => transaction.status()));
    expect(outcomes.map(({ codeName }) => codeName).sort()).toEqual(['MVCC_READ_CONFLICT', 'VALID']);
  });

  it('reads and writes more keys than fit in a message of the peer', async () => {
    const names = Array.from({ length: 1_500 }, (_, index) => `many-${String(index).padStart(4, '0')}`);
    const messages = await messagesDuring('OversightMSP', () =>
      play(...names.map((name) => ({ write: name, text: name })), { read: ['absent', ...names] }),
    );
    expect(messages).toEqual({ GET_STATE_MULTIPLE: 1, WRITE_BATCH_STATE: 2 });
    expect((await last()).writes.map(({ key }) => key)).toEqual(names);
    expect(await play({ read: names })).toEqual(names);
    expect((await last()).reads.map(({ key }) => key)).toEqual(names);
  });

  it('reads and writes more than gRPC carries by default, and goes on', async () => {
    const length = LARGEST_ROW - '{"text":""}'.length;
    const names = Array.from({ length: 30 }, (_, index) => `large-${String(index)}`);
    await play(...names.map((name) => ({ write: name, length })));
    expect(await play({ read: names })).toEqual(names.map(() => length));
    expect(await play({ read: ['d'] })).toEqual(['d']);
  });

  it('is refused a row that is too large, before the peer sees it', async () => {
    const messages = await messagesDuring('OversightMSP', async () => {
      const reason = expect.stringContaining('at most 262144') as string;
      const failing = play({ write: 'd', text: 'new' }, { write: 'large', length: LARGEST_ROW });
      await expect(failing).rejects.toMatchObject({ kind: 'inadmissible', details: { reason } });
    });
    expect(messages).toEqual({});
    expect(await play({ read: ['d', 'large'] })).toEqual(['d', null]);
  });
});
