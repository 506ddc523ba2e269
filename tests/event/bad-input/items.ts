import { cast } from '@huilian/trial';
import { beforeAll, describe, expect, it } from 'vitest';
import { car, type Device } from '../device.js';
import type { Stage } from '../stage.js';
import { problemInBoth } from './outcome.js';

interface Line {
  readonly item: string;
  readonly event: string;
}

/** Steps that the rules do not allow, and tags that two items claim. */
export function items(stage: () => Stage): void {
  describe('an item', () => {
    let plant: Device;
    let shop: Device;
    const registered = async (device: Device, serial: string): Promise<string> =>
      (await device.done<Line>(...car(serial)))[0]?.item ?? '';

    beforeAll(async () => {
      plant = await stage().device('plant', cast.dismantler);
      shop = await stage().device('shop', cast.repairShop);
    });

    it('with the tag of another live item is accepted with a notice; Oversight decides whose the tag is', async () => {
      const first = await registered(plant, 'TWICE');
      const [second] = await shop.done<Line & { notice?: string }>(...car('TWICE'));
      expect(second).toMatchObject({ status: 'accepted', notice: 'HL-2040' });
      const { item } = second!;
      const contested = { contested: true };
      expect(await plant.done('item', 'show', first)).toMatchObject([contested]);
      expect(await shop.done('item', 'show', item)).toMatchObject([contested]);
      // The tag goes on naming the first, which the shop may not see.
      expect(await plant.done('item', 'show', 'serial:TWICE')).toMatchObject([{ item: first }]);
      await shop.failsInBoth(4, 'HL-4020', 'item', 'show', 'serial:TWICE');

      const oversight = await stage().newDevice('my-oversight', 'OversightMSP');
      await oversight.done('key', 'register', await oversight.request(), '--fabric');
      await oversight.done('tag', 'award', 'serial:TWICE', '--item', item);
      const [shown] = await shop.done('item', 'show', 'serial:TWICE');
      expect(shown).toMatchObject({ item });
      expect(shown).not.toMatchObject(contested);
    });

    it('that somebody else holds stays as it is; the attempt is on record and in its history', async () => {
      const item = await registered(plant, 'HELD');
      const [attempt] = await shop.fails<Line>(3, 'HL-2020', 'en', 'inspect', item, '--result', 'fit');
      expect(attempt).toMatchObject({ status: 'refused', code: 'HL-2020' });
      await shop.fails(3, 'HL-2020', 'zh-CN', 'handover', item, '--to', cast.remanufacturer.creditCode);
      expect(await plant.done('item', 'show', item)).toMatchObject([
        { state: 'inUse', custodian: cast.dismantler.creditCode, count: 1 },
      ]);
      expect(await shop.waiting()).toEqual([]);
      const [traced] = await plant.done<{ trace: { events: { id: string }[] }[] }>('item', 'trace', item);
      expect(traced?.trace[0]?.events).toContainEqual(
        expect.objectContaining({ id: attempt?.event, verdict: 'HL-2020' }),
      );
    });

    it('is not taken apart by a rule table that nobody approved', async () => {
      const item = await registered(plant, 'NO-TABLE');
      await plant.done('vehicle', 'surrender', item);
      await plant.done('vehicle', 'receive', item, '--mass', '1200kg');
      await plant.done('vehicle', 'certify', item, '--number', 'C-1');
      await plant.done('vehicle', 'depollute', item, '--output', 'lot:wasteOil:5kg');
      await plant.done('dismantle', item, '--output', 'lot:textile:10kg');
      const step = ['vehicle', 'hulk', item, '--mass', '1185kg', '--tolerance-version', '99'];
      await plant.fails(3, 'HL-2070', 'en', ...step);
      expect(await plant.fails(3, 'HL-2070', 'zh-CN', ...step)).toMatchObject([
        { status: 'refused', code: 'HL-2070' },
      ]);
      expect(await plant.done('item', 'show', item)).toMatchObject([{ state: 'dismantled' }]);
      await problemInBoth(404, 'HL-3040', (headers) =>
        stage().client.get('/v1/rules/noSuchTable/CN/1', undefined, headers),
      );
    });
  });
}
