import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readConfig } from './config.js';
import { configurationTable } from './config.table.js';

describe('the configuration', () => {
  it('stands by itself', () => {
    expect(readConfig({})).toMatchObject({
      HOST: '127.0.0.1',
      PORT: 8080,
      FABRIC_ORGANISATION: 'RecyclingMSP',
    });
  });

  it('takes a variable that is set but empty as not set', () => {
    expect(readConfig({ MONGODB_URI: '', PORT: '' })).toMatchObject({ PORT: 8080 });
  });

  it('reports all faults at once', () => {
    const read = (): unknown =>
      readConfig({ PORT: 'eighty', MONGODB_URI: 'http://x', LOG_LEVEL: 'loud', PUBLIC_URL: 'ftp://x' });
    expect(read).toThrow(expect.objectContaining({ code: 'HL-4060' }) as Error);
    try {
      read();
    } catch (error) {
      expect(Object.keys((error as { details: object }).details).sort()).toEqual([
        'LOG_LEVEL',
        'MONGODB_URI',
        'PORT',
        'PUBLIC_URL',
      ]);
    }
  });

  it('wants a certificate together with its key', () => {
    expect(() => readConfig({ FABRIC_CERT_FILE: 'a.pem' })).toThrow(
      expect.objectContaining({ code: 'HL-4060' }) as Error,
    );
  });

  it('reads lists, and takes no webhook to this machine in production', () => {
    expect(
      readConfig({ WEBHOOK_RETRY_SECONDS: '1, 2.5,60', WEBHOOK_NETWORKS: '10.0.0.0/8, fd00::/8' }),
    ).toMatchObject({
      WEBHOOK_RETRY_SECONDS: [1, 2.5, 60],
      WEBHOOK_NETWORKS: ['10.0.0.0/8', 'fd00::/8'],
    });
    expect(readConfig({}).WEBHOOK_RETRY_SECONDS).toHaveLength(9);
    for (const faulty of [
      { WEBHOOK_RETRY_SECONDS: '5,soon' },
      { WEBHOOK_RETRY_SECONDS: '5,0' },
      { WEBHOOK_RETRY_SECONDS: ',' },
      { WEBHOOK_NETWORKS: '10.0.0.0/8,office' },
      { WEBHOOK_LOOPBACK: 'true', NODE_ENV: 'production' },
    ])
      expect(() => readConfig(faulty), JSON.stringify(faulty)).toThrow(
        expect.objectContaining({ code: 'HL-4060' }) as Error,
      );
  });

  it('is described by a table that is current', () => {
    expect(readFileSync(new URL('../../docs/configuration.md', import.meta.url), 'utf8')).toBe(
      configurationTable(),
    );
  });
});
