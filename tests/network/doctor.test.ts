import { spawnSync, type SpawnSyncReturns } from 'node:child_process';
import { once } from 'node:events';
import { appendFile, cp, mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import path from 'node:path';
import type { Language } from '@huilian/core';
import { readConfig, startGateway } from '@huilian/gateway-api';
import { checkout, doctor, findingText, Home, up, type NetworkDescription } from '@huilian/network';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { anotherVersion, kill9, removeHome, temporaryHome } from './trial.js';

let home: string;
let network: NetworkDescription;

beforeAll(async () => {
  home = await temporaryHome('doctor');
  network = await up({ home });
});

afterEach(() => {
  vi.unstubAllEnvs();
});

afterAll(async () => {
  await removeHome(home);
});

/** Codes of what is not well. */
async function codes(options: { home: string; chaincodeBundle?: string }): Promise<string[]> {
  const findings = await doctor(options);
  return findings.flatMap(({ code }) => (code === undefined ? [] : [code]));
}

/** A command as a person types it. */
function typed(...args: readonly string[]): SpawnSyncReturns<string> {
  const program = path.join(checkout, 'network', 'dist', 'main.js');
  return spawnSync(process.execPath, [program, ...args, '--home', home], { encoding: 'utf8' });
}

describe('the doctor', () => {
  it('finds nothing wrong with a healthy network', async () => {
    expect(await codes({ home })).toEqual([]);
  });

  it('says in both languages that there is no network yet', async () => {
    const absent = path.join(home, 'nothing-here');
    const findings = await doctor({ home: absent });
    const texts = (language: Language): string =>
      findings.map((finding) => findingText(finding, language)).join('\n');
    expect(texts('en')).toContain('HL-8017 There is no network here yet.');
    expect(texts('zh-CN')).toContain('HL-8017 这里还没有网络。');
  });

  it('takes a taken port for no fault, because a start takes the next', async () => {
    const stranger = createServer().listen(0, '127.0.0.1');
    await once(stranger, 'listening');
    const { port } = stranger.address() as AddressInfo;
    vi.stubEnv('PORT', String(port));
    const findings = await doctor({ home });
    stranger.close();
    expect(findings.filter(({ level }) => level !== 'good')).toEqual([]);
    const ports = findings.find(({ subject }) => subject === 'ports');
    expect(ports?.details).toMatchObject({ taken: expect.stringContaining(String(process.pid)) as string });
  });

  it('asks the gateway that was started here, and misses it when it has gone', async () => {
    const address = new Home(home).gatewayAddress;
    const gateway = await startGateway(readConfig({ HUILIAN_HOME: home, PORT: '0', LOG_LEVEL: 'silent' }));
    await writeFile(address, `${gateway.address}\n`);
    await expect.poll(() => codes({ home }), { timeout: 20_000 }).toEqual([]);
    const found = (await doctor({ home })).find(({ subject }) => subject === 'gateway');
    expect(found && findingText(found, 'en')).toBe(
      `✓ Gateway: ${gateway.address}, ready: peers, chaincode, endorsement, ordering, store, projector`,
    );
    await gateway.stop();
    expect(await codes({ home })).toEqual(['HL-8027']);
    await rm(address);
  });

  it('notices that another chaincode was built than the channel runs', async () => {
    const chaincodeBundle = await anotherVersion(home, '9.1.0');
    expect(await codes({ home, chaincodeBundle })).toEqual(['HL-8013']);
  });

  it('notices a certificate that another organisation issued', async () => {
    const clients = path.join(new Home(home).crypto, 'clients');
    await cp(path.join(clients, 'RecyclingMSP', 'gateway'), path.join(clients, 'AftermarketMSP', 'stale'), {
      recursive: true,
    });
    expect(await codes({ home })).toEqual(['HL-8015']);
    await rm(path.join(clients, 'AftermarketMSP', 'stale'), { recursive: true });
  });

  it('asks for Go when there is neither Go nor Fabric', async () => {
    vi.stubEnv('PATH', '');
    vi.stubEnv('XDG_CACHE_HOME', path.join(home, 'empty-cache'));
    expect(await codes({ home: path.join(home, 'nothing-here') })).toContain('HL-8001');
  });

  it('refuses a folder of programs that is not Fabric', async () => {
    const directory = path.join(home, 'not-fabric');
    await mkdir(directory, { recursive: true });
    vi.stubEnv('FABRIC_BIN', directory);
    expect(await codes({ home: path.join(home, 'nothing-here') })).toContain('HL-8004');
  });

  it('notices when the bytes of the running chaincode were changed on disk, and up mends it', async () => {
    const [kept] = await readdir(new Home(home).chaincode());
    await appendFile(path.join(new Home(home).chaincode(kept), 'bundle', 'main.js'), '// changed');
    expect(await codes({ home })).toEqual(['HL-8026']);
    await up({ home });
    expect(await codes({ home })).toEqual([]);
  });

  it('names the process that is down and the chaincode that does not answer', async () => {
    await kill9(home, 'chaincode-a');
    expect(await codes({ home })).toEqual(['HL-8009', 'HL-8012', 'HL-8012', 'HL-8012']);
    expect(typed('status').status).toBe(1);
    expect(await up({ home })).toEqual(network);
    expect(await codes({ home })).toEqual([]);
    expect(typed('status').status).toBe(0);
  });
});

describe('the command line of the network', () => {
  it('names the processes that there are when it is asked for another log', () => {
    const { status, stderr } = typed('logs', 'nosuch');
    expect(status).toBe(2);
    expect(stderr).toContain('HL-8030');
    expect(stderr).toContain('peer-oversight');
    expect(typed('logs', 'peer-oversight', '--lines', '1').stdout).toContain('==> peer-oversight <==');
  });

  it('names the roles that the chaincode knows when it is asked for another', () => {
    const { status, stderr } = typed('enroll', 'OversightMSP', 'clerk', '--role', 'boss');
    expect([status, stderr]).toEqual([2, expect.stringContaining('gateway administrator auditor')]);
  });
});
