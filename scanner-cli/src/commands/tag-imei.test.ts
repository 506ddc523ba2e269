import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { imeiTag } from '@huilian/core';
import { afterAll, describe, expect, it } from 'vitest';
import { run } from '../program.js';
import { tagImei } from './tag-imei.js';

const IMEI = '490154203237518';
const home = mkdtempSync(join(tmpdir(), 'huilian-pepper-'));
afterAll(() => {
  rmSync(home, { recursive: true });
});

/** Runs the command with a file that holds a pepper. */
async function made(pepper: string | undefined): Promise<{ exit: number; stdout: string; stderr: string }> {
  const file = join(home, 'pepper.hex');
  if (pepper !== undefined) writeFileSync(file, pepper);
  let stdout = '';
  let stderr = '';
  const exit = await run([tagImei], ['tag', 'imei', IMEI], {
    env: { HUILIAN_HOME: home, ...(pepper === undefined ? {} : { HUILIAN_IMEI_PEPPER_FILE: file }) },
    stdout: { write: (text: string) => (stdout += text) },
    stderr: { write: (text: string) => (stderr += text) },
    language: 'en',
    now: Date.now,
  });
  return { exit, stdout, stderr };
}

describe('the tag of a telephone', () => {
  it('is made with the pepper in the file that the setting names', async () => {
    const { exit, stdout } = await made(`${'07'.repeat(32)}\n`);
    expect(exit).toBe(0);
    expect(stdout.trim()).toBe(`imei:${imeiTag(IMEI, new Uint8Array(32).fill(7)).value}`);
    expect(stdout).not.toContain(IMEI);
  });

  it.each([
    undefined,
    '',
    '07'.repeat(31),
    'no hex at all',
    `${'07'.repeat(32)} 08`,
    `${'07'.repeat(32)}\n${'08'.repeat(32)}`,
    `${'07'.repeat(32)}0`,
  ])('is not made with the pepper %j', async (pepper) => {
    const { exit, stdout, stderr } = await made(pepper);
    expect([exit, stdout]).toEqual([2, '']);
    expect(stderr).toContain('HL-1049');
    expect(stderr).not.toContain(IMEI);
  });
});
