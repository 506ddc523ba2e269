import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isItemId, isSignedBy, itemIdOf, signBatch, type TrustBundle } from '@huilian/core';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { itemEvent } from '../queue/device.testing.js';
import { initKey, listKeys, loadKey, newItem, random16 } from './index.js';

const pem = `-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n`;
const trust: TrustBundle = {
  kind: 'huilian.trust',
  version: 1,
  ledger: 'cd'.repeat(32),
  channel: 'lifecycle',
  chaincode: 'huilian',
  required: 'OversightMSP',
  organisations: ['OversightMSP', 'RecyclingMSP'].map((mspId) => ({
    mspId,
    roots: [pem],
    intermediates: [],
  })),
};

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'huilian-keys-'));
});
afterEach(() => {
  rmSync(home, { recursive: true });
});
const file = (name: string): string => join(home, 'keys', name, 'key.json');

describe('a key of the device', () => {
  it('is kept with its owner and the pinned trust bundle, and signs', async () => {
    const made = await initKey(home, 'dock-1', 'RecyclingMSP', trust);
    const key = await loadKey(home, 'dock-1');
    expect(key).toEqual(made);
    const { ledger } = key.trust;
    const batch = signBatch(
      {
        ledger,
        keyId: key.keyId,
        sequence: 1,
        previous: '',
        time: 1,
        seed: random16(),
        events: [itemEvent(key, 1)],
      },
      key.key,
    );
    expect(isSignedBy(batch, made.key)).toBe(true);
  });

  it('is readable by its user alone', async () => {
    await initKey(home, 'dock-1', 'RecyclingMSP', trust);
    expect(statSync(file('dock-1')).mode & 0o777).toBe(0o600);
    expect(statSync(join(home, 'keys', 'dock-1')).mode & 0o777).toBe(0o700);
    chmodSync(file('dock-1'), 0o640);
    await expect(loadKey(home, 'dock-1')).rejects.toMatchObject({ code: 'HL-7022' });
  });

  it('is never overwritten', async () => {
    const first = await initKey(home, 'dock-1', 'RecyclingMSP', trust);
    await expect(initKey(home, 'dock-1', 'RecyclingMSP', trust)).rejects.toMatchObject({ code: 'HL-7021' });
    expect(await loadKey(home, 'dock-1')).toEqual(first);
  });

  it('is made once when two processes make it at the same time', async () => {
    const made = await Promise.allSettled(
      [1, 2, 3].map(() => initKey(home, 'dock-1', 'RecyclingMSP', trust)),
    );
    const [one, ...others] = made.filter(({ status }) => status === 'fulfilled');
    expect(others).toEqual([]);
    expect(one).toMatchObject({ value: await loadKey(home, 'dock-1') });
  });

  it('that is not there has its own code', async () => {
    await expect(loadKey(home, 'nobody')).rejects.toMatchObject({ code: 'HL-7020' });
  });

  it.each(['../../etc', '', 'a/b', '.hidden', 'x'.repeat(80)])('cannot be called %j', async (name) => {
    await expect(initKey(home, name, 'RecyclingMSP', trust)).rejects.toMatchObject({ code: 'HL-7031' });
    await expect(loadKey(home, name)).rejects.toMatchObject({ code: 'HL-7031' });
  });

  it.each(['91320000MA0DEM001X', 'nobody'])('is not made for %s, which owns nothing', async (owner) => {
    await expect(initKey(home, 'dock-1', owner, trust)).rejects.toMatchObject({ code: 'HL-1031' });
    expect(await listKeys(home)).toEqual([]);
  });

  it('is refused as damaged when it is cut or any bit is flipped', async () => {
    await initKey(home, 'dock-1', 'RecyclingMSP', trust);
    const whole = readFileSync(file('dock-1'));
    await fc.assert(
      fc.asyncProperty(fc.nat(whole.length - 2), fc.nat(8), async (at, bit) => {
        const torn = bit === 8 ? whole.subarray(0, at) : Buffer.from(whole);
        if (bit < 8) torn[at] = (torn[at] ?? 0) ^ (1 << bit);
        writeFileSync(file('dock-1'), torn);
        await expect(loadKey(home, 'dock-1')).rejects.toMatchObject({ code: 'HL-7023' });
      }),
      { numRuns: 200 },
    );
  });

  it('is listed by name, and nothing else is', async () => {
    await initKey(home, 'b', 'RecyclingMSP', trust);
    await initKey(home, 'a', 'RecyclingMSP', trust);
    writeFileSync(join(home, 'keys', 'note.txt'), '');
    expect(await listKeys(home)).toEqual(['a', 'b']);
    expect(await listKeys(join(home, 'nowhere'))).toEqual([]);
  });

  it('names new items so that nobody else can', async () => {
    const key = await initKey(home, 'a', 'RecyclingMSP', trust);
    const { item, nonce } = newItem(key);
    expect(isItemId(item)).toBe(true);
    expect(itemIdOf(key.keyId, nonce)).toBe(item);
    expect(newItem(key).item).not.toBe(item);
  });
});
