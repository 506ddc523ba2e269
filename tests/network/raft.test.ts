import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { appendFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseTrustBundle, type Json } from '@huilian/core';
import { LedgerError } from '@huilian/fabric';
import {
  deploy,
  down,
  enroll,
  Home,
  isFree,
  purge,
  status,
  up,
  type NetworkDescription,
} from '@huilian/network';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  anotherVersion,
  as,
  height,
  kill9,
  ledgerRow,
  everyPeerIsEven,
  pids,
  removeHome,
  temporaryHome,
} from './trial.js';

let home: string;
let network: NetworkDescription;

beforeAll(async () => {
  home = await temporaryHome('raft');
  network = await up({ home });
});

afterAll(async () => {
  await removeHome(home);
});

describe('a network of three organisations', () => {
  it('starts from nothing and is named after its genesis block', async () => {
    expect(await ledgerRow(network)).toEqual({ id: network.ledger });
    const trust = parseTrustBundle(JSON.parse(await readFile(new Home(home).trust, 'utf8')) as Json);
    expect(trust.ledger).toBe(network.ledger);
    expect(trust.organisations.map(({ mspId }) => mspId)).toEqual([
      'RecyclingMSP',
      'AftermarketMSP',
      'OversightMSP',
    ]);
  });

  it('is left alone by a second start', async () => {
    const before = await pids(home);
    expect(await up({ home })).toEqual(network);
    expect(await pids(home)).toEqual(before);
  });

  it('listens on the loopback interface only', async () => {
    const { processes } = await status({ home });
    const tables = await Promise.all(['tcp', 'tcp6'].map((table) => readFile(`/proc/net/${table}`, 'utf8')));
    for (const port of processes.flatMap(({ ports }) => ports)) {
      const suffix = `:${port.toString(16).toUpperCase().padStart(4, '0')} 00000000:0000 0A`;
      const lines = tables
        .join('\n')
        .split('\n')
        .filter((line) => line.includes(suffix));
      expect(lines.map((line) => line.trim().split(/\s+/)[1])).toEqual([`0100007F${suffix.slice(0, 5)}`]);
    }
  });

  it('takes nothing that two paid parties wrote without Oversight', async () => {
    await everyPeerIsEven(network);
    const alone = as(network, 'OversightMSP', 'administrator', async (connection) => {
      const endorsingOrganizations = ['RecyclingMSP', 'AftermarketMSP'];
      const name = 'Administration:foundLedger';
      const transaction = await connection.endorse(name, [network.ledger], { endorsingOrganizations });
      return transaction.commit();
    });
    await expect(alone).rejects.toMatchObject({
      kind: 'invalid',
      details: { validation: 'ENDORSEMENT_POLICY_FAILURE' },
    });
  });
});

describe('an enrolled identity', () => {
  it('acts with the role that its certificate names', async () => {
    await enroll({ home, mspId: 'OversightMSP', name: 'second-administrator', role: 'administrator' });
    network = await up({ home });
    const found = (name: string): Promise<unknown> =>
      as(network, 'OversightMSP', name, (connection) =>
        connection.submit('Administration:foundLedger', [network.ledger]),
      );
    await expect(found('second-administrator')).resolves.toBeDefined();
    await expect(found('gateway')).rejects.toMatchObject({ code: 'HL-3016' });
  });

  it.each([
    ['NobodyMSP', 'clerk', 'HL-8021'],
    ['OversightMSP', 'gateway', 'HL-8022'],
    ['OversightMSP', '../clerk', 'HL-8022'],
  ])('is refused for %s %s', async (mspId, name, code) => {
    await expect(enroll({ home, mspId, name, role: 'auditor' })).rejects.toMatchObject({ code });
  });
});

describe('after a kill', () => {
  it.each(['peer-oversight', 'peer-recycling', 'orderer-1', 'chaincode-a'])(
    'of %s, up brings back that one and all data',
    async (name) => {
      const before = await pids(home);
      const blocks = await height(network);
      await kill9(home, name);
      expect((await status({ home })).state).toBe('partly');
      await up({ home });
      const after = await pids(home);
      expect(after.get(name)).not.toBe(before.get(name));
      after.delete(name);
      before.delete(name);
      expect(after).toEqual(before);
      expect(await ledgerRow(network)).toEqual({ id: network.ledger });
      expect(await height(network)).toBeGreaterThan(blocks);
    },
  );

  it('of everything at once, the ledger is the same', async () => {
    const blocks = await height(network);
    for (const pid of (await pids(home)).values()) process.kill(pid, 'SIGKILL');
    expect(await up({ home })).toEqual(network);
    expect(await height(network)).toBeGreaterThan(blocks);
  });
});

async function settingsOf(file: string): Promise<object> {
  return JSON.parse(await readFile(file, 'utf8')) as object;
}

describe('a new version of the chaincode', () => {
  it('takes over while transactions go on', async () => {
    const blocks = await height(network);
    const chaincodeBundle = await anotherVersion(home, '9.0.0');
    let deployed = false;
    let committed = 0;
    const traffic = as(network, 'OversightMSP', 'administrator', async (connection) => {
      while (!deployed) {
        try {
          await connection.submit('Administration:foundLedger', [network.ledger]);
          committed += 1;
        } catch (error) {
          // Endorsed by the old version and committed after the switch: valid reasons to offer it again, no others.
          if (!(error instanceof LedgerError)) throw error;
          expect(['conflict', 'invalid', 'noChaincode']).toContain(error.kind);
        }
      }
    });
    const changed = await deploy({ home, chaincodeBundle });
    deployed = true;
    await traffic;
    expect(committed).toBeGreaterThan(0);
    expect(changed.chaincodeVersion).toMatch(/^9\.0\.0\+sha256\./);
    expect([...(await pids(home)).keys()]).toContain('chaincode-b');
    expect([...(await pids(home)).keys()]).not.toContain('chaincode-a');
    expect(await ledgerRow(network)).toEqual({ id: network.ledger });
    expect(await height(network)).toBeGreaterThan(blocks);
  });

  it('stays at a start from nothing running, which says that the checkout has built another', async () => {
    await down({ home });
    const steps: string[] = [];
    const again = await up({ home, onProgress: (step) => steps.push(step) });
    expect(again.chaincodeVersion).toMatch(/^9\.0\.0\+sha256\./);
    expect(steps).toContain('otherChaincode');
    expect([...(await pids(home)).keys()]).toContain('chaincode-b');
  });

  it('is what a deployment that was cut off ends with, once the channel has agreed on it', async () => {
    const file = new Home(home).settings;
    await writeFile(file, JSON.stringify({ ...(await settingsOf(file)), deploying: true }));
    expect((await up({ home })).chaincodeVersion).toMatch(/^9\.0\.0\+sha256\./);
    expect(await settingsOf(file)).not.toHaveProperty('deploying');
  });

  it('gives way to the one that the checkout has built when that is asked for', async () => {
    const steps: string[] = [];
    const again = await up({ home, deployBuilt: true, onProgress: (step) => steps.push(step) });
    expect(again).toEqual(network);
    expect(steps).toContain('newChaincode');
  });

  it('is refused when its bytes are not those that its version names', async () => {
    const chaincodeBundle = await anotherVersion(home, '9.0.1');
    await appendFile(path.join(chaincodeBundle, 'main.js'), '// one line more');
    await expect(deploy({ home, chaincodeBundle })).rejects.toMatchObject({ code: 'HL-8026' });
  });

  it('is refused when there is no bundle', async () => {
    await expect(deploy({ home, chaincodeBundle: path.join(home, 'nothing') })).rejects.toMatchObject({
      code: 'HL-8011',
    });
  });
});

describe('a stopped network', () => {
  it('leaves nothing running and frees its ports', async () => {
    const { processes } = await status({ home });
    await down({ home });
    expect((await status({ home })).state).toBe('down');
    for (const port of processes.flatMap(({ ports }) => ports)) expect(await isFree(port)).toBe(true);
  });

  it('does not stop a stranger whose pid it once had', async () => {
    const stranger = spawn('sleep', ['60'], { stdio: 'ignore' });
    await once(stranger, 'spawn');
    await writeFile(
      new Home(home).pidFile('orderer-1'),
      JSON.stringify({ pid: stranger.pid, start: 'another boot:1' }),
    );
    await down({ home });
    expect(stranger.exitCode).toBeNull();
    expect(stranger.signalCode).toBeNull();
    stranger.kill();
  });

  it('says who has taken one of its ports', async () => {
    const port = Number(network.organisations[0]?.peer.address.split(':')[1]);
    const script = `require('node:net').createServer().listen(${port}, '127.0.0.1', () => console.log('listening'))`;
    const stranger = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'ignore'] });
    await once(stranger.stdout, 'data');
    try {
      await expect(up({ home })).rejects.toMatchObject({
        code: 'HL-8006',
        details: { port, process: expect.stringContaining(`(pid ${String(stranger.pid)})`) as string },
      });
    } finally {
      stranger.kill();
    }
  });

  it('starts again with the same ledger', async () => {
    expect(await up({ home })).toEqual(network);
    expect(await ledgerRow(network)).toEqual({ id: network.ledger });
  });

  it('is gone after a purge with what was projected from it, and nothing else of the home is', async () => {
    const gateway = path.join(home, 'gateway');
    await mkdir(gateway);
    const kept = [path.join(home, 'keys.txt'), path.join(gateway, 'token-key.pem')];
    const projected = ['', '-wal', '-shm'].map((end) => path.join(gateway, `read-model.sqlite${end}`));
    for (const file of [...kept, ...projected]) await writeFile(file, 'x');
    await purge({ home });
    expect((await status({ home })).state).toBe('absent');
    expect(kept.map((file) => existsSync(file))).toEqual([true, true]);
    expect(projected.filter((file) => existsSync(file))).toEqual([]);
  });
});
