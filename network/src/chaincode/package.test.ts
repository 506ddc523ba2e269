import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { list } from 'tar';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { labelOf } from './bundle.js';
import { writePackage } from './package.js';

let directory: string;

beforeAll(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'huilian-package-test-'));
});

afterAll(async () => {
  await rm(directory, { recursive: true, force: true });
});

async function packageOf(label: string, file: string): Promise<Buffer> {
  const target = path.join(directory, file);
  await writePackage(target, label);
  return readFile(target);
}

it('one label gives the same package everywhere', async () => {
  const first = await packageOf('huilian_1.0.0_abcdef012345', 'a.tgz');
  await new Promise((resolve) => setTimeout(resolve, 1_100));
  expect(await packageOf('huilian_1.0.0_abcdef012345', 'b.tgz')).toEqual(first);
});

it('another label gives another package', async () => {
  expect(await packageOf('huilian_1.0.1_abcdef012345', 'c.tgz')).not.toEqual(await packageOf('x', 'd.tgz'));
});

it('a package holds metadata and code and no owner of a file', async () => {
  await packageOf('x', 'e.tgz');
  const entries: unknown[] = [];
  await list({
    file: path.join(directory, 'e.tgz'),
    onReadEntry: ({ path: name, mode, uid, mtime }) => entries.push([name, mode, uid, mtime?.getTime()]),
  });
  expect(entries).toEqual([
    ['code.tar.gz', 0o644, undefined, 0],
    ['metadata.json', 0o644, undefined, 0],
  ]);
});

it('a label names the version and the first digits of the digest', () => {
  expect(labelOf('huilian', `1.2.3+sha256.${'ab'.repeat(32)}`)).toBe('huilian_1.2.3_abababababab');
});
