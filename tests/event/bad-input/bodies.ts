import { request } from 'node:http';
import { gzipSync } from 'node:zlib';
import { canonical, catalogue, HuilianError, packGroup, type ErrorCode } from '@huilian/core';
import { cast, relayOf } from '@huilian/trial';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LedgerConnection } from '@huilian/fabric';
import { registration, type Client } from '../../gateway/world.js';
import type { Stage } from '../stage.js';
import { groupBomb } from './bombs.js';
import { outcomeOf, problemInBoth } from './outcome.js';
import { endorseAt } from './late-proposal.js';

/** Bytes that no honest device sends: to the gateway, and past it to the peers. */
export function bodies(stage: () => Stage): void {
  describe('bytes of a stranger', () => {
    let relay: LedgerConnection;
    let height: number;
    beforeAll(async () => {
      relay = await relayOf(stage().network);
      height = await relay.height();
    });
    afterAll(async () => {
      expect((await stage().client.get('/healthz')).status).toBe(200);
      relay.close();
    });

    const refused = async (
      status: number,
      code: ErrorCode,
      body: Uint8Array | string,
      headers: Record<string, string> = {},
    ): Promise<void> => {
      await problemInBoth(status, code, (language) =>
        stage().client.post('/v1/batches', body, { ...headers, ...language }),
      );
      expect(await relay.height()).toBe(height);
    };

    it('that hold ten thousand events are refused before a signature is checked', async () => {
      const signer = await stage().signer(cast.dismantler);
      height = await relay.height();
      const batch = signer.batch([registration(signer).event]);
      const events = Array.from({ length: 10_000 }, () => batch.events[0]);
      const many = { ...batch, header: { ...batch.header, count: 10_000 }, events };
      await refused(413, 'HL-1021', canonical({ batches: [many] }));
      expect(await outcomeOf(stage().client, batch)).toMatchObject({ status: 'recorded' });
      height = await relay.height();
    });

    it('that are fifty megabytes are refused while they arrive', async () => {
      for (const language of ['zh-CN', 'en'] as const) {
        const { status, text } = await sendMuch(stage().client, language);
        expect(status).toBe(413);
        expect(JSON.parse(text)).toMatchObject({
          code: 'HL-4007',
          title: catalogue['HL-4007'][language === 'en' ? 'en' : 'zh'].what,
        });
      }
    });

    it('that inflate to a hundred times their size are refused while they inflate', async () => {
      const bomb = gzipSync(Buffer.alloc(100 * 1_048_576, 0x20), { level: 9 });
      await refused(413, 'HL-4008', bomb, { 'content-encoding': 'gzip' });
    });

    it('that hold a key twice, or are nested too deeply, are refused', async () => {
      await refused(400, 'HL-1006', '{"batches":[],"batches":[]}');
      await refused(400, 'HL-1003', `{"batches":${'['.repeat(100_000)}`);
      await refused(400, 'HL-1003', `{"batches":${'{"a":'.repeat(17)}1${'}'.repeat(18)}`);
    });

    it.each<[string, ErrorCode, () => Uint8Array]>([
      ['declares more than a group may hold', 'HL-1025', () => groupBomb(100 * 1_048_576, 100 * 1_048_576)],
      ['inflates to more than it declares', 'HL-1024', () => groupBomb(1_000, 100 * 1_048_576)],
      ['is no deflate at all', 'HL-1024', () => Buffer.from('00000010ffffffff', 'hex')],
    ])('are refused by the peers, too, when a group %s', async (_what, code, argument) => {
      const refusal = await relay.submit('Record:record', [argument()]).then(
        () => undefined,
        (error: unknown) => error,
      );
      expect(refusal).toBeInstanceOf(HuilianError);
      expect(refusal).toMatchObject({ code });
      expect((refusal as HuilianError).text('zh-CN')).toContain(catalogue[code].zh.what);
      expect((refusal as HuilianError).text('en')).toContain(catalogue[code].en.what);
      expect(await relay.height()).toBe(height);
    });

    it.each([-600, 600])(
      'are refused by the peers when the transaction says a time %d seconds off',
      async (seconds) => {
        const signer = await stage().signer(cast.dismantler);
        height = await relay.height();
        const batch = signer.batch([registration(signer).event]);
        const group = packGroup([batch]);
        const told = await endorseAt(stage().network, group, seconds);
        expect(told).toContain('"code":"HL-3011"');
        expect(await relay.height()).toBe(height);
        expect(await endorseAt(stage().network, group, 0)).toBe('endorsed');
        expect(await outcomeOf(stage().client, batch)).toMatchObject({
          status: 'recorded',
          verdicts: ['accepted'],
        });
        await stage().expectOnce(signer.keyId, [1]);
        height = await relay.height();
      },
    );
  });
}

/** Sends fifty megabytes, and reads the answer that comes before they are through. */
function sendMuch(client: Client, language: string): Promise<{ status: number; text: string }> {
  const size = 50 * 1_048_576;
  return new Promise((resolve, reject) => {
    let answered = false;
    const headers = {
      'content-type': 'application/json',
      'content-length': size,
      'accept-language': language,
    };
    const sent = request(`${client.address}/v1/batches`, { method: 'POST', headers }, (response) => {
      answered = true;
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => {
        resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString() });
        sent.destroy();
      });
    });
    sent.on('error', (error) => {
      if (!answered) reject(error);
    });
    const piece = Buffer.alloc(1_048_576, 0x5b);
    const more = (left: number): void => {
      if (left > 0 && !sent.destroyed)
        sent.write(piece, () => {
          more(left - piece.length);
        });
    };
    more(size);
  });
}
