import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { itemEvent, loneKey } from './device.testing.js';
import { Queue } from './queue.js';

const KILOBYTES = 256;
const folder = mkdtempSync(join(tmpdir(), 'huilian-full-'));

function mounted(): boolean {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${KILOBYTES}k`, 'tmpfs', folder], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

const small = mounted();
if (!small) process.stderr.write('a full disk is not tested: mounting a small tmpfs needs root\n');
afterAll(() => {
  if (small) execFileSync('umount', ['-l', folder]);
  rmSync(folder, { recursive: true, force: true });
});

describe.skipIf(!small)('a disk that is really full', () => {
  it('refuses with HL-7012 wherever it fills up, keeps what was recorded, and goes on when there is room', async () => {
    const key = loneKey();
    const open = (): Queue => new Queue(folder, key);
    open().lane();
    let recorded = 0;
    for (let spare = 0; spare < 24_000; spare += 1_500) {
      const filler = join(folder, 'filler');
      const { bavail, bsize } = statfsSync(folder);
      writeFileSync(filler, Buffer.alloc(Math.max(0, bavail * bsize - spare)));
      const before = open().lane();
      try {
        await open().record([itemEvent(key, 1), itemEvent(key, 2)]);
        recorded += 1;
        expect(open().lane().pending).toHaveLength(recorded);
      } catch (error) {
        expect(error).toMatchObject({ code: 'HL-7012' });
        expect(open().lane()).toEqual(before);
      }
      rmSync(filler);
      await open().record([itemEvent(key, 3)]);
      recorded += 1;
      expect(
        open()
          .lane()
          .pending.map(({ header }) => header.sequence),
      ).toEqual(Array.from({ length: recorded }, (_, at) => at + 1));
    }
    expect(recorded).toBeGreaterThan(16);
    expect(recorded).toBeLessThan(32);
  });

  it('has no room for a key either, and leaves no half of one', async () => {
    const { initKey, listKeys } = await import('../keys/index.js');
    const filler = join(folder, 'filler');
    const { bavail, bsize } = statfsSync(folder);
    writeFileSync(filler, Buffer.alloc(bavail * bsize));
    await expect(initKey(folder, 'plant', 'RecyclingMSP', loneKey().trust)).rejects.toMatchObject({
      code: 'HL-7012',
    });
    expect(await listKeys(folder)).toEqual([]);
    rmSync(filler);
    await initKey(folder, 'plant', 'RecyclingMSP', loneKey().trust);
    expect(await listKeys(folder)).toEqual(['plant']);
  });
});
