import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { withLock } from './lock.js';

let directory: string;
let file: string;

beforeEach(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'huilian-lock-'));
  file = path.join(directory, 'lock');
});

afterEach(async () => {
  await rm(directory, { recursive: true, force: true });
});

it('lets one at a time work, and leaves nothing behind', async () => {
  let inside = 0;
  let most = 0;
  const work = async (): Promise<void> => {
    inside += 1;
    most = Math.max(most, inside);
    await new Promise((resolve) => setTimeout(resolve, 5));
    inside -= 1;
  };
  await Promise.all(Array.from({ length: 5 }, () => withLock(file, { timeoutMs: 20_000 }, work)));
  expect(most).toBe(1);
  expect(await readdir(directory)).toEqual([]);
});

it('is free again when its holder was killed', async () => {
  await writeFile(file, '999999999 a-boot:1 abcd');
  await expect(withLock(file, { timeoutMs: 1_000 }, () => Promise.resolve('done'))).resolves.toBe('done');
});

it('is free again when its holder left a torn file', async () => {
  await writeFile(file, '');
  await expect(withLock(file, { timeoutMs: 1_000 }, () => Promise.resolve('done'))).resolves.toBe('done');
});

it('says HL-8019 when the holder takes too long', async () => {
  const held = withLock(file, { timeoutMs: 1_000 }, () => new Promise((resolve) => setTimeout(resolve, 400)));
  await new Promise((resolve) => setTimeout(resolve, 50));
  await expect(withLock(file, { timeoutMs: 100 }, () => Promise.resolve())).rejects.toMatchObject({
    code: 'HL-8019',
  });
  await held;
});

it('is released when the work fails', async () => {
  await expect(withLock(file, { timeoutMs: 100 }, () => Promise.reject(new Error('failed')))).rejects.toThrow(
    'failed',
  );
  await expect(withLock(file, { timeoutMs: 100 }, () => Promise.resolve(1))).resolves.toBe(1);
});
