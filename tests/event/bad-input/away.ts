import { down, status, up } from '@huilian/network';
import { cast } from '@huilian/trial';
import { describe, expect, it, vi } from 'vitest';
import { registration, type Client } from '../../gateway/world.js';
import { startDocstore } from '../../store/docstore.js';
import { car } from '../device.js';
import type { Stage } from '../stage.js';
import { problemInBoth } from './outcome.js';

const PATIENCE = { timeout: 60_000, interval: 200 };

/** Parts of the system that are not there. */
export function away(stage: () => Stage): void {
  describe('a gateway', () => {
    const lacks = async (client: Client, what: string): Promise<void> => {
      await vi.waitFor(async () => {
        const { status: answered, body, headers } = await client.get('/readyz');
        expect(answered).toBe(503);
        expect(body.checks.map(({ name, code }) => `${name} ${code ?? ''}`)).toContain(what);
        expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
      }, PATIENCE);
    };
    const isReady = (client: Client): Promise<void> =>
      vi.waitFor(async () => expect((await client.get('/readyz')).status).toBe(200), PATIENCE);

    it('without peers says so from its start; the device keeps the event and delivers it when they are back', async () => {
      const [device, signer] = [
        await stage().device('away', cast.dismantler),
        await stage().signer(cast.dismantler),
      ];
      await stage().caughtUp();
      await down({ home: stage().home });
      const early = await stage().gateway({}, '/healthz');
      try {
        await lacks(early.client, 'peers HL-5001');
        await lacks(stage().client, 'peers HL-5001');
        const batch = signer.batch([registration(signer).event]);
        const problem = await problemInBoth(503, 'HL-5001', (headers) =>
          stage().client.submit([batch], headers),
        );
        expect(Number(problem.headers.get('retry-after'))).toBeGreaterThan(0);
        expect(await device.fails(5, 'HL-5001', 'zh-CN', ...car('AWAY-1'))).toMatchObject([
          { status: 'queued' },
        ]);
        expect(await device.waiting()).toEqual([1]);
      } finally {
        await up({ home: stage().home });
      }
      await Promise.all([early.client, stage().client].map(isReady));
      device.gateways = [early.client.address];
      expect(await device.delivers()).toEqual([1]);
      await stage().expectOnce(device.keyId, [1]);
    });

    it('whose peer has no chaincode says so by a code of its own; the device keeps the event', async () => {
      const device = await stage().device('bare', cast.dismantler);
      await stage().caughtUp();
      const { processes } = await status({ home: stage().home });
      const chaincode = processes.find(({ name }) => name.startsWith('chaincode'));
      process.kill(chaincode?.pid ?? NaN, 'SIGKILL');
      try {
        await lacks(stage().client, 'chaincode HL-5012');
        expect(await device.fails(5, 'HL-5012', 'en', ...car('BARE-1'))).toMatchObject([
          { status: 'queued' },
        ]);
        expect(await device.waiting()).toEqual([1]);
      } finally {
        await up({ home: stage().home });
      }
      await isReady(stage().client);
      expect(await device.delivers()).toEqual([1]);
      await stage().expectOnce(device.keyId, [1]);
    });

    it('whose store was never there relays, reads nothing, and says so; the device turns to another gateway', async () => {
      const { client } = await stage().gateway({ MONGODB_URI: 'mongodb://127.0.0.1:9/huilian' }, '/healthz');
      await lacks(client, 'store HL-5022');
      const item = registration(await stage().signer(cast.dismantler)).item;
      const problem = await problemInBoth(503, 'HL-5022', (headers) =>
        client.get(`/p/${item}?format=json`, undefined, headers),
      );
      expect(Number(problem.headers.get('retry-after'))).toBeGreaterThan(0);
      const signer = await stage().signer(cast.dismantler);
      const { body } = await client.submit([signer.batch([registration(signer).event])]);
      expect(body.batches).toMatchObject([{ status: 'recorded', verdicts: ['accepted'] }]);

      const device = await stage().device('storeless', cast.dismantler);
      device.gateways = [client.address];
      expect(await device.fails(5, 'HL-5022', 'zh-CN', ...car('STORELESS-1'))).toMatchObject([
        { status: 'queued' },
      ]);
      expect(await device.waiting()).toEqual([1]);
      device.gateways = [client.address, stage().url];
      expect(await device.delivers()).toEqual([1]);
      await stage().caughtUp();
      expect(await device.done('item', 'show', 'serial:STORELESS-1')).toMatchObject([{ state: 'inUse' }]);
      await stage().expectOnce(device.keyId, [1]);
      await stage().expectOnce(signer.keyId, [1]);
    });

    it.skipIf(process.env['MONGODB_URI'])(
      'whose store ends under it goes on relaying, and says what is missing',
      async () => {
        const docstore = await startDocstore();
        const { client } = await stage().gateway({ MONGODB_URI: `${docstore.uri}huilian_ends` });
        await docstore.stop();
        await lacks(client, 'store HL-5022');
        const signer = await stage().signer(cast.dismantler);
        const { body } = await client.submit([signer.batch([registration(signer).event])]);
        expect(body.batches).toMatchObject([{ status: 'recorded' }]);
        await stage().expectOnce(signer.keyId, [1]);
      },
    );
  });
}
