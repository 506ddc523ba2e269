import { cast } from '@huilian/trial';
import { beforeAll, describe, expect, it } from 'vitest';
import { registration } from '../../gateway/world.js';
import { car, type Device } from '../device.js';
import type { Stage } from '../stage.js';
import { outcomeOf, shownInBoth } from './outcome.js';

/** Keys that may not sign, or not any more. */
export function keys(stage: () => Stage): void {
  describe('a key', () => {
    let office: Device;
    beforeAll(async () => {
      office = await stage().newDevice('my-recycling', 'RecyclingMSP');
      await office.done('key', 'register', await office.request(), '--fabric');
    });

    it('that is not registered gets nothing onto the ledger; once it is, what waited is recorded', async () => {
      const device = await stage().newDevice('newcomer', cast.dismantler.creditCode);
      expect(await device.fails(4, 'HL-3001', 'en', ...car('NEWCOMER'))).toMatchObject([
        { status: 'queued' },
      ]);
      await device.fails(4, 'HL-3001', 'zh-CN', 'queue', 'push');
      expect(await device.waiting()).toEqual([1]);
      await office.done('key', 'register', await device.request());
      expect(await device.delivers()).toEqual([1]);
      await stage().expectOnce(device.keyId, [1]);
    });

    it('that has expired is named as such, and the event stays on the device', async () => {
      const device = await stage().newDevice('expired', cast.dismantler.creditCode);
      await office.done('key', 'register', await device.request(), '--valid-to', '2020-01-01');
      expect(await device.fails(4, 'HL-3002', 'zh-CN', ...car('EXPIRED'))).toMatchObject([
        { status: 'queued' },
      ]);
      await device.fails(4, 'HL-3002', 'en', 'queue', 'push');
      expect(await device.waiting()).toEqual([1]);
      await stage().expectOnce(device.keyId, []);
    });

    it('that was revoked signs nothing more; what it signed before stays, and what comes after waits', async () => {
      const device = await stage().device('revoked', cast.dismantler);
      await device.done(...car('REVOKED-1'));
      await office.done('key', 'revoke', device.keyId, '--last', '1', '--reason', 'lost');
      expect(await device.fails(4, 'HL-3003', 'en', ...car('REVOKED-2'))).toMatchObject([
        { status: 'queued' },
      ]);
      await device.fails(4, 'HL-3003', 'zh-CN', 'queue', 'push');
      expect(await device.waiting()).toEqual([2]);
      await stage().expectOnce(device.keyId, [1]);
    });

    it('does not vouch for a batch that another key signed; the batch as it was signed is recorded', async () => {
      const [signer, other] = [await stage().signer(cast.dismantler), await stage().signer(cast.dismantler)];
      const batch = signer.batch([registration(signer).event]);
      const { signature } = other.batch([registration(other).event]);
      expect(await outcomeOf(stage().client, { ...batch, signature })).toMatchObject({
        status: 'inadmissible',
        code: 'HL-3004',
      });
      await shownInBoth(stage().client, 'HL-3004');
      expect(await outcomeOf(stage().client, batch)).toMatchObject({
        status: 'recorded',
        verdicts: ['accepted'],
      });
      await stage().expectOnce(signer.keyId, [1]);
    });
  });
}
