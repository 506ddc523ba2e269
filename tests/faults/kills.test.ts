import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { readStored, rowKey, verdictsOf, type BatchRow } from '@huilian/core';
import { purge, status, up, type NetworkDescription } from '@huilian/network';
import {
  accessToken,
  administrators,
  cast,
  freePort,
  GatewayClient,
  relayOf,
  startGateway,
  TrialAdministration,
  type GatewayProcess,
} from '@huilian/trial';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freshSigner } from '../verify/signer.js';
import { insist, type HandedOut } from './load.js';

const DEVICES = 6;
const EVENTS = 5;

describe('whatever is killed while devices record', () => {
  let home: string;
  let network: NetworkDescription;
  let token: string;
  let handedOut: HandedOut[] = [];
  const gateways: GatewayProcess[] = [];
  const ports: number[] = [];

  const startOne = async (place: number): Promise<void> => {
    gateways[place] = await startGateway(home, ports[place] ?? 0, {
      READ_MODEL_DIRECTORY: join(home, `read-model-${place}`),
      LOG_LEVEL: 'warn',
    });
  };
  const kill = async (name: string): Promise<void> => {
    const { processes } = await status({ home });
    const pid = processes.find((process) => process.name === name)?.pid;
    if (pid === undefined)
      throw new Error(`${name} does not run: ${processes.map((process) => process.name).join(', ')}`);
    process.kill(pid, 'SIGKILL');
  };

  beforeAll(async () => {
    home = await mkdtemp(join(tmpdir(), 'huilian-faults-'));
    network = await up({ home });
    ports.push(await freePort(21_000), await freePort(21_100));
    await startOne(0);
    await startOne(1);
    const url = gateways[0]?.url ?? '';
    const keys = await administrators(network, home);
    const oversight = keys.get('oversight-1');
    if (!oversight) throw new Error('no administrator of Oversight');
    token = await accessToken(url, oversight);
    const administration = new TrialAdministration(new GatewayClient(url), network.ledger, keys);
    await administration.ensure(token);
    const devices = Array.from({ length: DEVICES }, () => freshSigner(network.ledger));
    for (const device of devices) await administration.registerKey(cast.dismantler, device.key, token);

    let done = false;
    const urls = gateways.map((gateway) => gateway.url);
    const load = Promise.all(devices.map((device) => insist(device, urls, EVENTS, () => done)));
    try {
      await sleep(1_000);
      gateways[0]?.process.kill('SIGKILL'); // with it its projector, in the middle of a block
      await sleep(500);
      await startOne(0);
      for (const name of ['chaincode', 'peer-recycling', 'orderer-1', 'peer-oversight']) {
        const { processes } = await status({ home });
        await kill(processes.find((process) => process.name.startsWith(name))?.name ?? name);
        await sleep(500);
        await up({ home });
        await sleep(1_000);
      }
    } finally {
      done = true;
    }
    handedOut = (await load).flat();
  });

  afterAll(async () => {
    for (const gateway of gateways) await gateway.stop();
    await purge({ home });
    await rm(home, { recursive: true, force: true });
  });

  it('every verdict handed out is on the ledger exactly once', async () => {
    const onLedger = new Map<string, BatchRow[]>();
    const relay = await relayOf(network);
    try {
      const height = await relay.height();
      for await (const { block } of relay.blocks(0, { to: height - 1 })) {
        for (const transaction of block.transactions.filter(({ valid }) => valid)) {
          for (const { key, value } of transaction.writes.filter((write) =>
            write.key.startsWith('recorded/'),
          )) {
            const rows = onLedger.get(key) ?? [];
            if (value) rows.push(readStored(key, value) as BatchRow);
            onLedger.set(key, rows);
          }
        }
      }
    } finally {
      relay.close();
    }
    expect(handedOut.length).toBeGreaterThan(DEVICES * 5);
    for (const { keyId, sequence, digest, verdicts } of handedOut) {
      const rows = onLedger.get(rowKey.batch(keyId, sequence)) ?? [];
      expect(rows.map((row) => row.digest)).toEqual([digest]);
      expect(rows.map(verdictsOf)).toEqual([verdicts]);
    }
  });

  it('no lane has a gap that nobody declared', async () => {
    const client = new GatewayClient(gateways[1]?.url ?? '');
    for (const keyId of new Set(handedOut.map((each) => each.keyId))) {
      const last = Math.max(
        ...handedOut.filter((each) => each.keyId === keyId).map(({ sequence }) => sequence),
      );
      expect(await client.get(`/v1/lanes/${keyId}`, token)).toMatchObject({ next: last + 1 });
    }
  });

  it('the read models of both gateways and one built anew from block zero are the same', async () => {
    ports.push(await freePort(21_200));
    await startOne(2);
    const { block } = await new GatewayClient(gateways[2]?.url ?? '')
      .get<{ block: number }>('/v1/read-model/digest', token)
      .then((answer) => answer ?? { block: 0 });
    const digests = await Promise.all(
      gateways.map(({ url }) =>
        new GatewayClient(url).get<{ digest: string }>(`/v1/read-model/digest?minBlock=${block}`, token),
      ),
    );
    expect(new Set(digests.map((each) => each?.digest)).size).toBe(1);
    expect(digests[0]?.digest).toMatch(/^[0-9a-f]{64}$/);
  });
});
