import { execFile } from 'node:child_process';
import { createWriteStream, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { vinCheckDigit } from '@huilian/core';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { workbook } from '@huilian/adapters/testing';

const ROWS = 200_000;
/** Each hundredth row is refused, each thousandth is a repetition of the one before it. */
const EXPECTED = { told: ROWS, rows: { accepted: 197_800, refused: 2000, repeated: 200 } };
/** Megabytes of the old generation: 200 000 keys and digests, a table of shared texts, and room to work. */
const HEAP = 160;

const folder = mkdtempSync(join(tmpdir(), 'huilian-big-'));
const program = join(folder, 'child.mjs');

beforeAll(async () => {
  await build({
    entryPoints: [fileURLToPath(new URL('big-child.ts', import.meta.url))],
    bundle: true,
    platform: 'node',
    format: 'esm',
    conditions: ['huilian-source'],
    outfile: program,
    // Libraries that ask for modules of Node in the old way.
    banner: { js: "import{createRequire}from'node:module';const require=createRequire(import.meta.url);" },
    logLevel: 'error',
  });
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const HEADER = ['回收证明编号', '车架号', '车辆类型', '回收日期', '净重(kg)', '车主类型'];

function row(at: number): string[] {
  const number = at % 1000 === 999 ? at - 1 : at;
  const bare = `LSVAM418_C2${String(number).padStart(6, '0')}`;
  const mass = at % 100 === 50 ? 'heavy' : `${1000 + (number % 700)}.5`;
  return [
    `BFHS-2026-${String(number).padStart(6, '0')}`,
    bare.replace('_', vinCheckDigit(bare.replace('_', '0'))),
    '小型轿车',
    '2026/3/2',
    mass,
    '个人',
  ];
}

async function read(file: string): Promise<unknown> {
  const args = [`--max-old-space-size=${HEAP}`, program, file, 'scrappedVehicleIntake'];
  const { stdout } = await promisify(execFile)(process.execPath, args);
  return JSON.parse(stdout);
}

describe(`a list of ${ROWS} rows is read in bounded memory, and every row is told`, () => {
  it('from CSV', async () => {
    const file = join(folder, 'big.csv');
    const out = createWriteStream(file);
    out.write(`${HEADER.join(',')}\r\n`);
    for (let at = 0; at < ROWS; at++) out.write(`${row(at).join(',')}\r\n`);
    await new Promise((resolve) => out.end(resolve));
    expect(await read(file)).toEqual(EXPECTED);
  });

  it('from XLSX, with texts that are shared', async () => {
    const texts = new Map<string, number>();
    const shared = (text: string): number => {
      const known = texts.get(text) ?? texts.size;
      texts.set(text, known);
      return known;
    };
    const rows = [HEADER, ...Array.from({ length: ROWS }, (_, at) => row(at))].map(
      (cells) => `<row>${cells.map((text) => `<c t="s"><v>${shared(text)}</v></c>`).join('')}</row>`,
    );
    const sharedStrings = [...texts.keys()].map((text) => `<si><t>${text}</t></si>`).join('');
    const sheets = [{ name: '台账', xml: `<sheetData>${rows.join('')}</sheetData>` }];
    const file = join(folder, 'big.xlsx');
    writeFileSync(file, await workbook(sheets, { sharedStrings }));
    expect(await read(file)).toEqual(EXPECTED);
  });
});
