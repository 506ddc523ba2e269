import { cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { batchDigest, type SignedBatch } from '@huilian/core';
import type { Gateway } from '@huilian/gateway-api';
import { loadKey } from '@huilian/scanner-cli';
import { describe, expect, it } from 'vitest';
import { startLiar, type Lie } from '../liar.js';
import type { Ran } from '../terminal.js';
import { as, dead, device, done, gatewayOn, plant, requestOf, urls } from './stand.js';

/** What is recorded without a network, and gateways that are dead or lie. */
export function queue(): void {
  describe('the queue and the gateways', () => {
    const register = (key: string, serial: string, ...more: string[]): Promise<Ran> =>
      as(
        key,
        'intake',
        '--kind',
        'vehicle',
        '--category',
        'passengerCar',
        '--tag',
        `serial:${serial}`,
        '--json',
        ...more,
      );

    it('keeps what is recorded without a network, and sends it when the network is back', async () => {
      const away = ['--gateway', dead];
      expect(await register('plant', 'AWAY-1', ...away)).toMatchObject({
        exit: 5,
        lines: [{ status: 'queued' }],
      });
      expect(await register('plant', 'AWAY-2', '--offline')).toMatchObject({ exit: 5 });
      const [listed] = await done('plant', 'queue', 'list');
      expect(
        (listed as { batches: { state: string }[] }).batches.filter(({ state }) => state === 'waiting'),
      ).toHaveLength(2);
      expect(await as('plant', 'queue', 'push', ...away)).toMatchObject({
        exit: 5,
        stderr: expect.stringContaining('HL-7015'),
      });
      const [pushed] = await done('plant', 'queue', 'push');
      expect(pushed).toMatchObject({
        settled: [{ events: [{ verdict: 'accepted' }] }, { events: [{ verdict: 'accepted' }] }],
        waiting: [],
      });
    });

    it('turns to the second gateway when the first is dead', async () => {
      expect(await register('plant', 'SECOND-1', '--gateway', dead, '--gateway', urls[1])).toMatchObject({
        exit: 0,
        lines: [{ status: 'accepted' }],
      });
    });

    it.each<[Lie]>([['pretends'], ['flips']])(
      'believes no gateway that %s: the event stays until an honest one shows the receipt',
      async (lie) => {
        let behind: Gateway | undefined;
        const honest = async (url: string): Promise<string> => {
          behind = await gatewayOn(`gateway-${lie}`, { PUBLIC_URL: url });
          return `http://127.0.0.1:${behind.port}`;
        };
        const liar = await startLiar(lie, honest, (body) =>
          (JSON.parse(body.toString()) as { batches: SignedBatch[] }).batches.map(({ header, events }) => ({
            keyId: header.keyId,
            sequence: header.sequence,
            digest: batchDigest(header),
            status: 'recorded',
            verdicts: events.map(() => 'accepted'),
            block: 7,
          })),
        );
        try {
          // A lorry that somebody else holds: the ledger refuses it, whatever the liar says.
          const [host] = await done('shop', 'item', 'show', 'serial:HOST-1');
          const step = ['inspect', (host as { item: string }).item, '--result', 'fit', '--json'];
          const alone = await as('plant', ...step, '--gateway', liar.url);
          expect(alone.stdout).not.toContain('"accepted"');
          expect(alone).toMatchObject({ exit: 5, lines: [{ status: 'queued' }] });
          const settled = await as(
            'plant',
            'queue',
            'push',
            '--json',
            '--gateway',
            liar.url,
            '--gateway',
            urls[1],
          );
          expect(settled).toMatchObject({
            exit: 3,
            lines: [{ waiting: [], settled: [{ events: [{ verdict: 'HL-2020' }] }] }],
          });
        } finally {
          liar.stop();
          await behind?.stop();
        }
      },
    );

    it('says who must act when the key is not registered, and loses nothing', async () => {
      await done('fresh', 'key', 'init', 'fresh', '--owner', plant);
      expect(await register('fresh', 'FRESH-1')).toMatchObject({
        exit: 4,
        stderr: expect.stringContaining('HL-3001'),
      });
      await done('recycling', 'key', 'register', await requestOf('fresh'));
      expect(await done('fresh', 'queue', 'push')).toMatchObject([
        { waiting: [], settled: [{ events: [{ verdict: 'accepted' }] }] },
      ]);
    });

    it('stops a device that was restored from a backup before it forks its lane', async () => {
      const folder = join(device, 'keys', 'fresh');
      cpSync(folder, `${folder}.backup`, { recursive: true });
      expect(await register('fresh', 'FRESH-2')).toMatchObject({ exit: 0 });
      rmSync(folder, { recursive: true });
      cpSync(`${folder}.backup`, folder, { recursive: true });
      const restored = await register('fresh', 'FRESH-3');
      expect(restored).toMatchObject({ exit: 1, stderr: expect.stringMatching(/HL-7014|HL-3010/) });
      expect(restored.stdout).not.toContain('"accepted"');
    });

    it('ends with an error of its own when a queue file is torn, and loses nothing', async () => {
      await register('plant', 'TORN-1', '--offline');
      const folder = join(device, 'keys', 'plant');
      const [copy = ''] = readdirSync(folder).filter(
        (name) => name.startsWith('queue.') && !name.includes('seal'),
      );
      writeFileSync(join(folder, copy), readFileSync(join(folder, copy)).subarray(0, -30));
      const listed = await as('plant', 'queue', 'list', '--json');
      expect(listed).toMatchObject({ exit: 0, stderr: expect.stringContaining('HL-7011') });
      expect(await done('plant', 'queue', 'push')).toMatchObject([{ waiting: [] }]);
      expect(existsSync(folder)).toBe(true);
    });

    it('a revoked key gets nothing more onto the ledger', async () => {
      const { keyId } = await loadKey(device, 'fresh');
      await done('recycling', 'key', 'revoke', keyId, '--last', '2', '--reason', 'lost');
      expect(await as('fresh', 'item', 'show', 'serial:FRESH-1')).toMatchObject({
        exit: expect.toSatisfy((exit: number) => exit === 4 || exit === 1),
      });
    });
  });
}
