import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { batchDigest, signBatch, type SignedBatch } from '@huilian/core';
import { cast, relayOf } from '@huilian/trial';
import { describe, expect, it } from 'vitest';
import { newNonce, now, registration } from '../../gateway/world.js';
import { car, type Device } from '../device.js';
import type { Stage } from '../stage.js';
import { outcomeOf, shownInBoth } from './outcome.js';

/** Batches that do not follow what their key signed before. */
export function lanes(stage: () => Stage): void {
  describe('a lane', () => {
    it('takes no batch ahead of its turn: a gap that nobody declared; both are recorded in their order', async () => {
      const signer = await stage().signer(cast.dismantler);
      const [first, second] = [1, 2].map(() => signer.batch([registration(signer).event])) as [
        SignedBatch,
        SignedBatch,
      ];
      expect(await outcomeOf(stage().client, second)).toMatchObject({
        status: 'inadmissible',
        code: 'HL-3005',
      });
      await shownInBoth(stage().client, 'HL-3005');
      for (const batch of [first, second])
        expect(await outcomeOf(stage().client, batch)).toMatchObject({
          status: 'recorded',
          verdicts: ['accepted'],
        });
      await stage().expectOnce(signer.keyId, [1, 2]);
    });

    it('shows for ever a gap that the device signed, after both copies of its queue were damaged', async () => {
      const device = await stage().device('gap', cast.dismantler);
      await device.done(...car('GAP-1'));
      for (const place of [2, 3, 4]) await device.run(...car(`GAP-${place}`), '--offline');
      damage(device, 'GAP-3');
      await device.failsInBoth(1, 'HL-7010', 'queue', 'list');
      const [repaired] = await device.done('queue', 'repair');
      expect(repaired).toMatchObject({
        waiting: [2],
        stranded: [4],
        kept: expect.arrayContaining([expect.any(String)]) as unknown,
      });
      await device.fails(1, 'HL-7040', 'zh-CN', ...car('GAP-5'));
      const [declared] = await device.done('queue', 'lost', '3', '3');
      expect(declared).toMatchObject({ gap: { from: 3, to: 4 }, signedAnew: [5] });
      expect((await device.delivers()).at(-1)).toBe(5);
      const lane = await stage().client.get(`/v1/lanes/${device.keyId}`, stage().token);
      expect(lane.body).toMatchObject({ next: 6, gaps: [[3, 4]] });
      expect(await device.done('item', 'show', 'serial:GAP-4')).toMatchObject([{ state: 'inUse' }]);
      await stage().expectOnce(device.keyId, [1, 2, 5]);
    });

    it('that was forked keeps both batches as evidence and takes no more; what is signed then waits', async () => {
      const device = await stage().device('forked', cast.dismantler);
      await device.done(...car('FORK-1'));
      const { key, keyId } = await device.stored();
      const { event } = registration(await stage().signer(cast.dismantler));
      const place = { ledger: stage().network.ledger, keyId, sequence: 1, previous: '' };
      const other = signBatch({ ...place, time: now(), seed: newNonce(), events: [event] }, key);
      const outcome = await outcomeOf(stage().client, other);
      expect(outcome).toMatchObject({ status: 'fork', code: 'HL-3010', digest: batchDigest(other.header) });
      await shownInBoth(stage().client, 'HL-3010');
      expect(await evidence(stage(), keyId)).toMatchObject({
        header: other.header,
        signature: other.signature,
      });
      await device.fails(1, 'HL-3007', 'en', ...car('FORK-2'));
      await device.fails(1, 'HL-3007', 'zh-CN', 'queue', 'push');
      expect(await device.waiting()).toEqual([2]);
      await stage().expectOnce(keyId, [1]);
    });

    it('is of one ledger: a batch for another is not admitted', async () => {
      const signer = await stage().signer(cast.dismantler);
      const batch = signer.batch([registration(signer).event]);
      const { header, seed, events } = batch;
      const { keyId, sequence, previous, time } = header;
      const elsewhere = signBatch(
        { ledger: 'b'.repeat(64), keyId, sequence, previous, time, seed, events },
        signer.key,
      );
      expect(await outcomeOf(stage().client, elsewhere)).toMatchObject({
        status: 'inadmissible',
        code: 'HL-3009',
      });
      await shownInBoth(stage().client, 'HL-3009');
      expect(await outcomeOf(stage().client, batch)).toMatchObject({ status: 'recorded' });
      await stage().expectOnce(signer.keyId, [1]);
    });
  });
}

/** Spoils the line of both copies of a queue that holds a text. */
function damage({ folder }: Device, text: string): void {
  for (const copy of ['queue.a', 'queue.b']) {
    const file = join(folder, copy);
    const lines = readFileSync(file, 'utf8').split('\n');
    const spoiled = lines.map((line) => (line.includes(text) ? line.replace(text, 'XXX-X') : line));
    expect(spoiled).not.toEqual(lines);
    writeFileSync(file, spoiled.join('\n'));
  }
}

/** The other batch at the first place of a lane, as the peers keep it. */
async function evidence(stage: Stage, keyId: string): Promise<unknown> {
  const relay = await relayOf(stage.network);
  try {
    return JSON.parse(Buffer.from(await relay.evaluate('Lanes:fork', [keyId, '1'])).toString());
  } finally {
    relay.close();
  }
}
