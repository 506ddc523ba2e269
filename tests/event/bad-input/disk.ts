import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { cast } from '@huilian/trial';
import { afterAll, describe, expect, it } from 'vitest';
import { car } from '../device.js';
import type { Stage } from '../stage.js';

/** Storage of the scanner that is torn or full. */
export function disk(stage: () => Stage): void {
  describe('the storage of the scanner', () => {
    const disks: string[] = [];
    afterAll(() => {
      for (const place of disks) spawnSync('umount', [place]);
    });

    it('with a torn queue file is mended from the other copy, and the event is sent', async () => {
      const device = await stage().device('torn', cast.dismantler);
      await device.run(...car('TORN-1'), '--offline');
      const file = join(device.folder, 'queue.a');
      truncateSync(file, readFileSync(file).length - 40);
      await device.fails(0, 'HL-7011', 'zh-CN', 'queue', 'list');
      expect(await device.waiting()).toEqual([1]);
      truncateSync(file, readFileSync(file).length - 40);
      await device.fails(0, 'HL-7011', 'en', 'queue', 'push');
      expect(readdirSync(device.folder).filter((name) => name.startsWith('queue.a.')).length).toBeGreaterThan(
        0,
      );
      expect(await device.waiting()).toEqual([]);
      await stage().expectOnce(device.keyId, [1]);
    });

    it('that is full records nothing and says so; what was recorded before is kept and sent', async (context) => {
      const place = join(stage().home, 'small-disk');
      mkdirSync(place);
      const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=256k', 'tmpfs', place]);
      if (mounted.status !== 0) context.skip('a small disk cannot be mounted by this user');
      disks.push(place);
      const device = await stage().device('full', cast.dismantler, place);
      await device.run(...car('FULL-1'), '--offline');
      fill(join(place, 'others'));
      await device.failsInBoth(1, 'HL-7012', ...car('FULL-2'), '--offline');
      expect(await device.waiting()).toEqual([1]);
      rmSync(join(place, 'others'));
      await device.run(...car('FULL-2'), '--offline');
      expect(await device.delivers()).toEqual([1, 2]);
      await stage().expectOnce(device.keyId, [1, 2]);
    });
  });
}

/** Writes a file until the disk takes no more. */
function fill(file: string): void {
  for (const size of [4_096, 64, 1]) {
    try {
      for (;;) writeFileSync(file, Buffer.alloc(size), { flag: 'a' });
    } catch {
      expect(existsSync(file)).toBe(true);
    }
  }
}
