import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HuilianError } from '@huilian/core';
import { afterAll, describe, expect, it } from 'vitest';
import { readConfig } from './config.js';

const home = mkdtempSync(join(tmpdir(), 'huilian-config-'));
afterAll(() => {
  rmSync(home, { recursive: true });
});

describe('The gateways of a device', () => {
  it('are those of the environment, in their order', () => {
    const { HUILIAN_GATEWAY: gateways } = readConfig({
      HUILIAN_GATEWAY: 'https://one.example/, https://two.example',
    });
    expect(gateways).toEqual(['https://one.example', 'https://two.example']);
  });

  it('are the usual one where nothing was started', () => {
    expect(readConfig({ HUILIAN_HOME: home }).HUILIAN_GATEWAY).toEqual(['http://127.0.0.1:8080']);
  });

  it('are the one that was started for this home', () => {
    mkdirSync(join(home, 'gateway'));
    writeFileSync(join(home, 'gateway', 'address'), 'http://127.0.0.1:8123\n');
    expect(readConfig({ HUILIAN_HOME: home }).HUILIAN_GATEWAY).toEqual(['http://127.0.0.1:8123']);
  });

  it('that are no addresses are a fault of the configuration', () => {
    expect(() => readConfig({ HUILIAN_GATEWAY: 'ftp://one.example' })).toThrow(
      expect.objectContaining({ code: 'HL-7030' }),
    );
  });
});

describe('The configuration', () => {
  it('names every faulty variable at once', () => {
    const faulty = { HUILIAN_GATEWAY: 'ftp://x', HUILIAN_TIMEOUT_SECONDS: '0', HUILIAN_KEY: '../../etc' };
    expect(() => readConfig(faulty)).toThrow(HuilianError);
    try {
      readConfig(faulty);
    } catch (error) {
      expect(Object.keys((error as HuilianError).details).sort()).toEqual([
        'HUILIAN_GATEWAY',
        'HUILIAN_KEY',
        'HUILIAN_TIMEOUT_SECONDS',
      ]);
    }
  });

  it('takes several gateways, and empty variables as not set', () => {
    const config = readConfig({ HUILIAN_GATEWAY: 'http://a:1/, https://b', NO_COLOR: '' });
    expect(config.HUILIAN_GATEWAY).toEqual(['http://a:1', 'https://b']);
    expect(config.NO_COLOR).toBeUndefined();
  });
});
