import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readArchive, writeArchive } from './archive.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'huilian-archive-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const blocks = fc.array(fc.uint8Array({ minLength: 1, maxLength: 300 }), { maxLength: 12 });

describe('An archive of blocks', () => {
  it('gives back what was put in, and the same blocks make the same file', async () => {
    const path = join(folder, 'same');
    await fc.assert(
      fc.asyncProperty(blocks, async (given) => {
        expect(await writeArchive(path, given)).toBe(given.length);
        const first = await readFile(path);
        expect((await read(path)).map((block) => Buffer.from(block))).toEqual(
          given.map((block) => Buffer.from(block)),
        );
        await writeArchive(path, given);
        expect(await readFile(path)).toEqual(first);
      }),
      { numRuns: 40 },
    );
  });

  it('that was altered or torn anywhere is refused', async () => {
    const path = join(folder, 'altered');
    await fc.assert(
      fc.asyncProperty(blocks, fc.nat(), fc.nat({ max: 7 }), async (given, place, bit) => {
        await writeArchive(path, given);
        const whole = await readFile(path);
        const at = place % whole.length;
        await writeFile(path, whole.with(at, (whole[at] ?? 0) ^ (1 << bit)));
        await expect(read(path)).rejects.toMatchObject({ code: 'HL-6020' });
        await writeFile(path, whole.subarray(0, at));
        await expect(read(path)).rejects.toMatchObject({ code: 'HL-6020' });
        await writeFile(path, Buffer.concat([whole, Buffer.from([0])]));
        await expect(read(path)).rejects.toMatchObject({ code: 'HL-6020' });
      }),
      { numRuns: 40 },
    );
  });

  it('that promises a block of gigabytes is refused before it is read', async () => {
    const path = join(folder, 'promising');
    await writeArchive(path, []);
    const whole = await readFile(path);
    const start = whole.subarray(0, whole.length - 36);
    await writeFile(path, Buffer.concat([start, Buffer.from('ffffffff', 'hex'), Buffer.alloc(64)]));
    const reason = 'it names a block that is longer than blocks are';
    await expect(read(path)).rejects.toMatchObject({ code: 'HL-6020', details: { reason } });
  });
});

async function read(path: string): Promise<Uint8Array[]> {
  const all: Uint8Array[] = [];
  for await (const block of readArchive(path)) all.push(block);
  return all;
}
