import { steelRegistered, type Signer } from '@huilian/core/testing';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import type { ItemRow } from '@huilian/core';
import { connect, type LedgerConnection } from '@huilian/fabric';
import { itemView, Projector, views, type Store } from '@huilian/gateway-api/model';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { playHistory, recordGroup, type History } from '../verify/history.js';
import { seeded } from '../verify/seeded.js';
import { newNonce } from '../verify/signer.js';
import { startTrialNetwork, type TrialNetwork } from '../verify/trial-network.js';
import { bundle } from './bundle.js';
import { connectionOptions } from './network-source.js';
import type { ProjectOrders } from './project-child.js';
import { mongoKind, sqliteKind, type Site } from './sites.js';

const setUpMilliseconds = 300_000;
const eventsPerBatch = 8;
const kills = 6;
const patience = 60_000;

let network: TrialNetwork;
let history: History;
let program: string;
const kinds = [sqliteKind(), mongoKind()] as const;

beforeAll(async () => {
  [network, program] = await Promise.all([startTrialNetwork(), bundle('project-child')]);
  history = await playHistory(network);
  await Promise.all(kinds.map((kind) => kind.start()));
}, setUpMilliseconds);

afterAll(async () => {
  await Promise.all(kinds.map((kind) => kind.dispose()));
  await network.stop();
}, setUpMilliseconds);

describe('A projector on a network', () => {
  it('folds the same blocks to the same digest in SQLite and in MongoDB', async () => {
    const stores = [await projected(kinds[0].site()), await projected(kinds[1].site())];
    const digests = await Promise.all(stores.map((store) => store.digest()));
    expect(digests[1]).toBe(digests[0]);
    await Promise.all(stores.map((store) => store.close()));
  });

  it('shows what the chaincode says of an item', async () => {
    const store = await projected(kinds[0].site());
    const connection = await network.connect('OversightMSP');
    const answer = await connection.evaluate('Items:get', [history.vehicle]);
    const row = JSON.parse(Buffer.from(answer).toString()) as ItemRow;
    expect((await store.get(itemView, history.vehicle))?.row).toEqual(row);
    await store.close();
  });

  it('refuses a store of another network', async () => {
    const store = await projected(kinds[0].site());
    const source = connect(connectionOptions(network.description, 'RecyclingMSP'));
    const projector = new Projector({ store, views, source, ledger: 'e'.repeat(64) });
    projector.start();
    await expect.poll(() => projector.fault?.code).toBe('HL-5020');
    await projector.stop();
    source.close();
    await store.close();
  });

  it('has every block exactly once although it was killed again and again during a load', async () => {
    const site = kinds[0].site();
    const random = seeded('moments of death');
    const enough = new AbortController();
    const load = recordBatches(enough.signal);
    let child = project(site);
    for (let killed = 0; killed < kills; killed++) {
      await untilBlock(child, -1);
      await wait(300 + random(700));
      await kill(child);
      child = project(site);
    }
    enough.abort();
    await load;
    const height = await (await network.connect('OversightMSP')).height();
    await untilBlock(child, height - 1);
    await kill(child);
    const rebuilt = await projected(kinds[0].site());
    const survived = await site.open(views);
    expect(await survived.checkpoint()).toEqual(await rebuilt.checkpoint());
    expect(await survived.digest()).toBe(await rebuilt.digest());
    await Promise.all([survived.close(), rebuilt.close()]);
  });
});

/** Two signers register items until it is enough, each batch in a transaction of its own. */
async function recordBatches(enough: AbortSignal): Promise<void> {
  const connections = await Promise.all([network.connect('RecyclingMSP'), network.connect('AftermarketMSP')]);
  const signers = [history.plant, history.shop];
  await Promise.all(
    connections.map(async (connection, i) => {
      const signer = signers[i] as Signer;
      while (!enough.aborted) await recordOne(connection, signer);
    }),
  );
}

async function recordOne(connection: LedgerConnection, signer: Signer): Promise<void> {
  const time = Math.floor(Date.now() / 1000);
  const events = Array.from({ length: eventsPerBatch }, () => steelRegistered(signer, newNonce(), time));
  await recordGroup(connection, [signer.batch(events, { time })]);
}

/** A store into which all blocks of the network were folded in one go. */
async function projected(site: Site): Promise<Store> {
  const store = await site.open(views);
  const source = connect(connectionOptions(network.description, 'RecyclingMSP'));
  const projector = new Projector({ store, views, source, ledger: network.description.ledger });
  projector.start();
  await projector.waitFor((await source.height()) - 1, patience);
  await projector.stop();
  source.close();
  return store;
}

function project(site: Site): ChildProcess {
  const orders: ProjectOrders = {
    store: site.options,
    connection: connectionOptions(network.description, 'RecyclingMSP'),
    ledger: network.description.ledger,
  };
  return spawn(process.execPath, [program, JSON.stringify(orders)], { stdio: ['ignore', 'pipe', 'inherit'] });
}

/** Waits until the program says that it has applied this block or a later one. */
function untilBlock(child: ChildProcess, block: number): Promise<void> {
  return new Promise((resolve, reject) => {
    child.once('exit', () => {
      reject(new Error('The program ended.'));
    });
    child.stdout?.on('data', (chunk: Buffer) => {
      const numbers = chunk
        .toString()
        .split('\n')
        .filter((line) => line !== '');
      if (numbers.some((number) => Number(number) >= block)) resolve();
    });
  });
}

async function kill(child: ChildProcess): Promise<void> {
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
}
