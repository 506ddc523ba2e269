import { appendFile, cp, mkdir, readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import type { Language } from '@huilian/core';
import { doctor, findingText, Home, up, type NetworkDescription } from '@huilian/network';
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

/** Codes of what is not well. The gateway's port is left out: whatever runs on this machine may have it. */
async function codes(options: { home: string; chaincodeBundle?: string }): Promise<string[]> {
  vi.stubEnv('PORT', '1');
  const findings = await doctor(options);
  return findings.flatMap(({ code }) => (code === undefined ? [] : [code]));
}

describe('the doctor', () => {
  it('finds nothing wrong with a healthy network', async () => {
    expect(await codes({ home })).toEqual([]);
  });

  it('says in both languages that there is no network yet', async () => {
    const absent = path.join(home, 'nothing-here');
    vi.stubEnv('PORT', '1');
    const findings = await doctor({ home: absent });
    const texts = (language: Language): string =>
      findings.map((finding) => findingText(finding, language)).join('\n');
    expect(texts('en')).toContain('HL-8017 There is no network here yet.');
    expect(texts('zh-CN')).toContain('HL-8017 这里还没有网络。');
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
    expect(await up({ home })).toEqual(network);
    expect(await codes({ home })).toEqual([]);
  });
});
