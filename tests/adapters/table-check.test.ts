import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Language } from '@huilian/core';
import { commands, run } from '@huilian/scanner-cli';
import { afterAll, describe, expect, it } from 'vitest';

const sample = (name: string): string => fileURLToPath(new URL(`samples/${name}`, import.meta.url));
const home = mkdtempSync(join(tmpdir(), 'huilian-table-'));
afterAll(() => {
  rmSync(home, { recursive: true });
});

interface Ran {
  exit: number;
  out: string;
  err: string;
}

async function check(args: readonly string[], language: Language = 'en'): Promise<Ran> {
  const ran: Ran = { exit: 0, out: '', err: '' };
  ran.exit = await run(commands, ['table', 'check', ...args, '--format', 'scrappedVehicleIntake'], {
    env: { HUILIAN_HOME: home },
    stdout: { write: (text: string) => (ran.out += text) },
    stderr: { write: (text: string) => (ran.err += text) },
    language,
    now: () => Date.parse('2026-03-31T12:00:00+08:00'),
  });
  return ran;
}

/** Codes on stderr in their order. */
const codes = (err: string): string[] => [...err.matchAll(/^HL-[0-9]{4}/gm)].map(([code]) => code);

/** More rows than fit into the memory of a pipe. */
function manyRows(): string {
  const [header = '', first = ''] = readFileSync(sample('intake-utf8.csv'), 'utf8').split('\r\n');
  const rows = Array.from({ length: 20_000 }, (_, at) => first.replace('0001', String(at).padStart(6, '0')));
  return [header, ...rows].join('\r\n');
}

describe('huilian table check', () => {
  it.each([
    ['intake-utf8.csv', 'utf-8', ','],
    ['intake-gb18030.csv', 'gb18030', '\t'],
  ])('reads %s, and ends with 3 because rows are refused', async (name, encoding, delimiter) => {
    const { exit, out, err } = await check([sample(name), '--json']);
    expect(exit).toBe(3);
    expect(JSON.parse(out)).toMatchObject({
      kind: 'csv',
      encoding,
      delimiter,
      format: 'scrappedVehicleIntake',
      formatVersion: 1,
      rows: { accepted: 3, refused: 2, repeated: 1 },
      firstRefused: [
        { place: { row: 5 }, issues: [{ code: 'HL-1042', place: { column: 'B' } }, { code: 'HL-9131' }] },
        { place: { row: 6 }, issues: [{ code: 'HL-9150', found: 'BFHS-2026-0002' }] },
      ],
    });
    expect(codes(err)).toEqual(['HL-1042', 'HL-9131', 'HL-9150', 'HL-9031', 'HL-9034']);
    expect(out + err).not.toContain('粤B');
  });

  it('reads an XLSX file of another program: dates, a formula, a hidden row, a sheet without the header', async () => {
    const { exit, out, err } = await check([sample('intake.xlsx')], 'zh-CN');
    expect(exit).toBe(3);
    expect(out).toContain('2026年3月: 表头在第 2 行');
    expect(out).toContain('接受 2 行，拒绝 2 行，重复 0 行');
    expect(codes(err)).toEqual(['HL-9102', 'HL-9105', 'HL-9150', 'HL-9031', 'HL-9032']);
    expect(err).toContain('HL-9102 2026年3月 F4 净重(kg): 单元格中是公式');
    expect(err).toContain('允许：带单位的数，单位 g 克, kg 千克, t 吨, 斤 市斤');
    expect(err).toContain('说明');
  });

  it('ends with 0 when all rows are fine', async () => {
    const fine = readFileSync(sample('intake-utf8.csv'), 'utf8').split('\r\n').slice(0, 4).join('\r\n');
    const file = join(home, 'fine.csv');
    writeFileSync(file, fine);
    expect(await check([file])).toMatchObject({
      exit: 0,
      out: expect.stringContaining('3 accepted, 0 refused'),
    });
  });

  it.each(['csv', 'xlsx', 'json'])('writes a report as %s that holds every row', async (ending) => {
    const path = join(home, `report.${ending}`);
    expect((await check([sample('intake-utf8.csv'), '--report', path])).exit).toBe(3);
    const content = readFileSync(path);
    if (ending === 'json') {
      const rows = JSON.parse(content.toString()) as { place: { row: number } }[];
      expect(rows.map(({ place }) => place.row)).toEqual([2, 3, 4, 5, 6, 7]);
    } else {
      // A report is a table, and no intake list.
      expect(await check([path])).toMatchObject({ exit: 1, err: expect.stringContaining('HL-9011') });
    }
    expect(readdirSync(home).filter((name) => name.endsWith('.part'))).toEqual([]);
  });

  it('ends with 2 for what was typed wrongly, and writes nothing', async () => {
    const file = join(home, 'own.csv');
    writeFileSync(file, 'a');
    expect(await check([join(home, 'missing.csv')])).toMatchObject({
      exit: 2,
      err: expect.stringMatching(/^HL-7032/),
    });
    expect(await check([file, '--report', join(home, 'report.pdf')])).toMatchObject({ exit: 2 });
    expect(await check([file, '--report', file])).toMatchObject({ exit: 2 });
    expect(await check([file, '--numbers', 'both'])).toMatchObject({ exit: 2 });
    expect(await check([sample('intake.xlsx'), '--sheet', '四月'])).toMatchObject({ exit: 2 });
    expect(readFileSync(file, 'utf8')).toBe('a');
  });

  it('ends with 1 for a file that is no such table, and leaves an old report as it was', async () => {
    const report = join(home, 'old.csv');
    writeFileSync(report, 'old');
    const broken = join(home, 'broken.csv');
    writeFileSync(broken, `${readFileSync(sample('intake-utf8.csv'), 'utf8')}"never closed`);
    expect(await check([broken, '--report', report])).toMatchObject({
      exit: 1,
      out: '',
      err: expect.stringContaining('HL-9010'),
    });
    expect(readFileSync(report, 'utf8')).toBe('old');
  });

  it.each(['csv', 'xlsx', 'json'])('ends with 1 when its report as %s cannot be written', async (ending) => {
    const file = join(home, 'many.csv');
    writeFileSync(file, manyRows());
    const path = join(home, 'no', `folder.${ending}`);
    expect(await check([file, '--report', path])).toMatchObject({
      exit: 1,
      out: '',
      err: expect.stringMatching(/^HL-9020/),
    });
  });
});
