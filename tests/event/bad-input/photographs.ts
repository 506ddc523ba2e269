import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cast, makeLabelPhoto } from '@huilian/trial';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Device } from '../device.js';
import type { Stage } from '../stage.js';
import { pictureBomb } from './bombs.js';

const kind = ['--kind', 'vehicle', '--category', 'passengerCar'];

/** What cannot be read, or reads as something impossible. */
export function photographs(stage: () => Stage): void {
  describe('at intake', () => {
    let plant: Device;
    const file = (name: string, bytes: Uint8Array): string => {
      const path = join(stage().home, name);
      writeFileSync(path, bytes);
      return path;
    };
    beforeAll(async () => {
      plant = await stage().device('photographer', cast.dismantler);
    });

    it('a photograph without a code is named, and the others of the morning are registered all the same', async () => {
      const blank = file('blank.png', await makeLabelPhoto('serial:BLANK', { contrast: 0 }));
      const label = file('label.png', await makeLabelPhoto('serial:BESIDE-BLANK', { seed: 3 }));
      const [read] = await plant.fails(1, 'HL-7001', 'zh-CN', 'tag', 'read', blank);
      expect(read).toMatchObject({
        file: blank,
        codes: [],
        error: { code: 'HL-7001', name: 'image.noCode' },
      });
      const lines = await plant.fails(1, 'HL-7001', 'en', 'intake', blank, label, ...kind);
      expect(lines).toMatchObject([{ file: label, status: 'accepted' }]);
      expect(await plant.waiting()).toEqual([]);
    });

    it('a picture that would take gigabytes when decoded is refused by its header', async () => {
      const bomb = file('bomb.png', pictureBomb(60_000));
      await plant.failsInBoth(1, 'HL-7005', 'tag', 'read', bomb);
      expect(await plant.fails(1, 'HL-7005', 'en', 'intake', bomb, ...kind)).toEqual([]);
    });

    it('a VIN with a wrong check digit is refused, typed or photographed, and nothing is signed', async () => {
      await plant.failsInBoth(2, 'HL-1042', 'intake', '--tag', 'VIN:LSVAM4187C2123456', ...kind);
      const label = file('vin.png', await makeLabelPhoto('VIN:LSVAM4187C2123456', { seed: 5 }));
      const before = await stage().timesRecorded();
      expect(await plant.fails(1, 'HL-1042', 'en', 'intake', label, ...kind)).toEqual([]);
      expect(await plant.waiting()).toEqual([]);
      expect(await stage().timesRecorded()).toEqual(before);
    });
  });
}
