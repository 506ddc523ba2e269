import { chmodSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { creditCodeCheck, itemIdOf, parseTrustBundle, type Json } from '@huilian/core';
import { beforeAll, describe, expect, it } from 'vitest';
import { initKey } from './keys/index.js';
import { home, huilian, type Ran } from './program.testing.js';

const owner = '91330100MA27ABCD0' + creditCodeCheck('91330100MA27ABCD0');

describe('a device without a network', () => {
  beforeAll(() => {
    const certificate = '-----BEGIN CERTIFICATE-----\n';
    const organisations = ['OversightMSP', 'RecyclingMSP'].map((mspId) => ({
      mspId,
      roots: [certificate],
      intermediates: [],
    }));
    const trust = {
      kind: 'huilian.trust',
      version: 1,
      ledger: 'ab'.repeat(32),
      channel: 'lifecycle',
      chaincode: 'huilian',
      required: 'OversightMSP',
      organisations,
    };
    writeFileSync(join(home, 'trust.json'), JSON.stringify(trust));
  });
  const trust = (): string[] => ['--trust', join(home, 'trust.json')];

  it('makes a key only for a credit code with the right check character, and only with a trust bundle', async () => {
    expect(await huilian(['key', 'init', 'd', '--owner', '91330100MA27ABCD00', ...trust()])).toMatchObject({
      exit: 2,
      err: expect.stringContaining('HL-1031'),
    });
    expect(await huilian(['key', 'init', 'd', '--owner', owner])).toMatchObject({
      exit: 2,
      err: expect.stringContaining('HL-7024'),
    });
    expect(await huilian(['key', 'init', 'd', '--owner', owner, ...trust()])).toMatchObject({ exit: 0 });
    expect(await huilian(['key', 'init', 'd', '--owner', owner, ...trust()])).toMatchObject({
      exit: 2,
      err: expect.stringContaining('HL-7021'),
    });
  });

  it('refuses a key file that others can read', async () => {
    chmodSync(join(home, 'keys', 'd', 'key.json'), 0o644);
    expect(await huilian(['key', 'show', 'd'])).toMatchObject({
      exit: 1,
      err: expect.stringContaining('HL-7022'),
    });
    chmodSync(join(home, 'keys', 'd', 'key.json'), 0o600);
    expect(await huilian(['key', 'show', 'd'])).toMatchObject({ exit: 0 });
  });

  it('says of an item that it knows nothing of that no gateway answers, and not that something broke', async () => {
    const item = itemIdOf('ab'.repeat(16), 'cd'.repeat(16));
    const away = { HUILIAN_KEY: 'd', HUILIAN_GATEWAY: 'http://127.0.0.1:9' };
    const { err } = await huilian(['item', 'next', item], away);
    expect(err).toContain('HL-7015');
  });

  it('records a whole morning offline, step after step, and warns of the step that the rules forbid', async () => {
    const key = { HUILIAN_KEY: 'd' };
    const taken = await huilian(
      [
        'intake',
        '--category',
        'passengerCar',
        '--tag',
        'VIN:LSVAM4186C2123456',
        '--mass',
        '1200kg',
        '--json',
      ],
      key,
    );
    expect(taken).toMatchObject({ exit: 5 });
    const { item, status } = JSON.parse(taken.out) as { item: string; status: string };
    expect(status).toBe('queued');
    expect(await huilian(['inspect', item, '--result', 'fit', '--offline'], key)).toMatchObject({ exit: 5 });
    const listed = await huilian(['queue', 'list', '--json'], key);
    expect(JSON.parse(listed.out)).toMatchObject({
      batches: [
        { sequence: 1, state: 'waiting' },
        { sequence: 2, state: 'waiting' },
      ],
    });
  });

  it('signs nothing with a key that another program uses, and says so in the list', async () => {
    const bundle = parseTrustBundle(JSON.parse(readFileSync(join(home, 'trust.json'), 'utf8')) as Json);
    await initKey(home, 'trial', 'RecyclingMSP', bundle, { laneElsewhere: true });
    const { keys } = JSON.parse((await huilian(['key', 'list', '--json'])).out) as { keys: unknown };
    expect(keys).toEqual([
      expect.not.objectContaining({ laneElsewhere: true }),
      expect.objectContaining({ name: 'trial', laneElsewhere: true }),
    ]);
    expect((await huilian(['key', 'list'])).out).toMatch(/^trial\t.*another program$/m);
    const step = ['participant', 'reinstate', owner, '--offline'];
    expect(await huilian(step, { HUILIAN_KEY: 'trial' })).toMatchObject({
      exit: 2,
      out: '',
      err: expect.stringContaining('HL-7026'),
    });
    expect(readdirSync(join(home, 'keys', 'trial'))).toEqual(['key.json']);
  });

  it('takes a table that no rule uses for a slip, unless it is told that the name is new', async () => {
    await huilian(['key', 'init', 'office', '--owner', 'OversightMSP', ...trust()]);
    const table = join(home, 'table.json');
    writeFileSync(table, '{"permille":50}');
    const given = ['--rule-version', '1', '--from', '2026-01-01', '--table', table, '--offline'];
    const propose = (...args: string[]): Promise<Ran> =>
      huilian(['rule', 'propose', ...args, ...given], { HUILIAN_KEY: 'office' });
    const slip = await propose('masTolerance');
    expect(slip).toMatchObject({ exit: 2, out: '', err: expect.stringMatching(/massTolerance[^]*--new/) });
    expect(await propose('masTolerance', '--new')).toMatchObject({ exit: 5 });
    expect((await propose('massTolerance')).err).not.toContain('No rule uses');
  });

  it('says that an empty queue is empty, on stderr only', async () => {
    await huilian(['key', 'init', 'empty', '--owner', owner, ...trust()]);
    const key = { HUILIAN_KEY: 'empty' };
    expect(await huilian(['queue', 'list'], key)).toEqual({ exit: 0, out: '', err: 'The queue is empty.\n' });
    expect(JSON.parse((await huilian(['queue', 'list', '--json'], key)).out)).toEqual({ batches: [] });
  });

  it('records nothing for arguments that say nothing', async () => {
    const key = { HUILIAN_KEY: 'd' };
    for (const args of [
      ['intake', '--category', 'passengerCar'],
      ['intake', '--category', 'passengerCar', '--kind', 'vehicle', '--from', 'somewhere'],
      ['intake', '--category', 'passengerCar', '--kind', 'vehicle', '--mass', '1.5'],
      ['dismantle', 'serial:x', '--output', 'engine'],
      ['handover', 'serial:x', '--to', '123'],
    ]) {
      expect((await huilian([...args, '--offline'], key)).exit, args.join(' ')).toSatisfy(
        (exit: number) => exit === 1 || exit === 2,
      );
    }
    expect(JSON.parse((await huilian(['queue', 'list', '--json'], key)).out)).toMatchObject({
      batches: { length: 2 },
    });
  });
});
