import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gb18030, sheetData, workbook } from '@huilian/adapters/testing';
import { amountCommitment } from '@huilian/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { huilian, type Ran } from '../scanner/terminal.js';
import { Partners } from './partners.js';

const VIN = 'LSVAM4186C2123456';
let partners: Partners<'insurer' | 'plant'>;

/** An insurer and a dismantler whose offices send lists; no adapter runs. */
beforeAll(async () => {
  partners = await Partners.begin(
    {
      insurer: { system: 'insurance', roles: ['insurer'] },
      plant: { system: 'scrappedVehicle', roles: ['dismantler'], licences: [{ role: 'dismantler' }] },
    },
    { massTolerance: { permille: 50 }, correctionTerm: { alone: 7, together: 30 } },
  );
  for (const name of ['insurer', 'plant'] as const) await partners.adapter(name).end();
});
afterAll(() => partners.end());

/** Runs a whole command as a partner. */
const as = (name: 'insurer' | 'plant', ...args: string[]): Promise<Ran> =>
  huilian(partners.adapter(name).environment, ...args, '--json');

const path = (name: string): string => join(partners.home, name);

/** Writes a list as an office exports it, and imports it. @returns what became of its rows, and the codes that are told */
async function imports(
  name: 'insurer' | 'plant',
  format: string,
  content: readonly string[] | Uint8Array,
  ...options: string[]
): Promise<{ readonly rows: unknown; readonly codes: readonly string[] }> {
  const isText = Array.isArray(content);
  const file = path(`${format}${isText ? '.csv' : '.xlsx'}`);
  writeFileSync(file, isText ? gb18030(content.join('\r\n')) : (content as Uint8Array));
  const ran = await as(name, 'table', 'import', file, '--format', format, ...options);
  const [summary] = ran.lines as { rows: Record<string, number> }[];
  expect(ran.exit, ran.stderr).toBe((summary?.rows['refused'] ?? 0) > 0 ? 3 : 0);
  return { rows: summary?.rows, codes: [...ran.stderr.matchAll(/HL-\d{4}/g)].map(([code]) => code) };
}

describe('a list of approved lines from the office of an insurer', () => {
  const header = '车架号,赔案号,赔付申请号,项目号,定损版本,核损金额（元）';
  const lines = [
    header,
    `${VIN},L1,X-1,１,1,"1,234.56"`,
    `${VIN},L1,X-1,2,1,￥８００元`,
    `${VIN},L1,X-1,2,1,￥８００元`,
    `${VIN},L1,X-1,3,1,12.345`,
  ];
  const openings = (): string => path('openings.jsonl');

  it('asks where its amounts are to be kept, before anything is read', async () => {
    writeFileSync(path('unread.csv'), gb18030(lines.join('\r\n')));
    const ran = await as('insurer', 'table', 'import', path('unread.csv'), '--format', 'linesApproved');
    expect([ran.exit, ran.stderr]).toEqual([2, expect.stringContaining('--openings')]);
  });

  it('is refused row by row without a claim, and stays so until it is offered again', async () => {
    for (const args of [
      ['intake', '--tag', VIN, '--category', 'sedan'],
      ['vehicle', 'damage', VIN, '--loss', 'L1', '--day', '2026-03-02'],
      ['vehicle', 'assess', VIN, '--loss', 'L1'],
    ])
      expect((await as('insurer', ...args)).exit).toBe(0);
    const kept = ['--openings', openings()];
    const refused = { rows: { accepted: 0, refused: 3, repeated: 1, waiting: 0 } };
    const first = await imports('insurer', 'linesApproved', lines, ...kept);
    expect(first).toMatchObject(refused);
    expect(first.codes).toEqual(expect.arrayContaining(['HL-2205', 'HL-9125']));
    const claim = ['--loss', 'L1', '--claim', 'X-1', '--cover', 'ownDamage'];
    expect((await as('insurer', 'loss', 'claim', VIN, ...claim)).exit).toBe(0);
    expect(await imports('insurer', 'linesApproved', lines, ...kept)).toMatchObject(refused);
    expect(await imports('insurer', 'linesApproved', lines, ...kept, '--again')).toMatchObject({
      rows: { accepted: 2, refused: 1, repeated: 1 },
    });
  });

  it('leaves what opens the commitments on the ledger, each once', async () => {
    const read = (): { commitment: string; amountFen: number; salt: string }[] =>
      readFileSync(openings(), 'utf8')
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as { commitment: string; amountFen: number; salt: string });
    expect(read().map(({ amountFen }) => amountFen)).toEqual([123_456, 80_000]);
    for (const { commitment, ...opened } of read()) expect(amountCommitment(opened)).toBe(commitment);
    await imports('insurer', 'linesApproved', lines, '--openings', openings());
    expect(read()).toHaveLength(2);
    const paid = [
      '车架号,赔案号,赔付申请号,项目号,定损版本,赔付金额(元)',
      `${VIN},L1,X-1,2,1,"８００．００"`,
    ];
    expect(await imports('insurer', 'linesPaid', paid, '--openings', openings())).toMatchObject({
      rows: { accepted: 1, refused: 0 },
    });
    expect(read()).toHaveLength(3);
  });
});

describe('a workbook of the plant', () => {
  it('is taken row by row: no formula, days and masses in whatever form, its header on each page', async () => {
    const header = ['批次号', '类别', '质量(kg)', '发生时间'];
    const sum = { xml: '<c><f>SUM(C2:C3)</f><v>300</v></c>' };
    const rows = [
      header,
      ['CAB-1', '电缆', '１，２００．５', '2026/3/2 9:30'],
      ['CAB-2', 'cable', { xml: '<c><f>100+1</f><v>101</v></c>' }, '2026年3月2日 9时30分'],
      header,
      ['CAB-3', '废电线', 100, '2026-03-02 09:30'],
      ['CAB-3', '废电线', 100, '2026-03-02 09:30'],
      ['合计', undefined, sum],
    ];
    const bytes = await workbook([{ name: '台账', xml: sheetData(rows) }]);
    const { rows: became, codes } = await imports('plant', 'lotRegistered', bytes);
    expect(became).toEqual({ accepted: 2, refused: 2, repeated: 2, waiting: 0 });
    expect(codes).toEqual(expect.arrayContaining(['HL-9102', 'HL-9111']));
    const [lot] = (await as('plant', 'item', 'show', 'serial:CAB-1')).lines as unknown[];
    expect(lot).toMatchObject({ category: 'cable', massGrams: 1_200_500 });
  });

  it('says of one lot what was made of it, a row for each material', async () => {
    const header = '批次号,加工工艺,产出种类,类别,质量(kg),新批次号,损耗(kg),质量允差表版本';
    const made = ['CAB-3,granulation,批次,废铜,55,CU-1,0.5,1', 'CAB-3,,批次,塑料,44.5,PL-1,,'];
    expect(await imports('plant', 'lotTransformed', [header, ...made])).toMatchObject({
      rows: { accepted: 2, refused: 0 },
    });
    const [lot] = (await as('plant', 'item', 'show', 'serial:PL-1')).lines as unknown[];
    expect(lot).toMatchObject({ category: 'plastic', massGrams: 44_500 });
  });
});

describe('a row that was recorded and is wrong', () => {
  it('is declared wrong by huilian correct, and the mended list replaces it', async () => {
    const list = (result: string): string[] => [
      '零件序列号,检验结果,发生时间',
      `P-1,${result},2026年3月2日 10时30分`,
    ];
    await imports(
      'plant',
      'partRegistered',
      ['零件序列号,类别,新旧', 'P-1,起动机,旧件'],
      '--system',
      'scrappedVehicle',
    );
    await imports('plant', 'partInspected', list('不合格'), '--system', 'scrappedVehicle');
    const other = await imports('plant', 'partInspected', list('合格'), '--system', 'scrappedVehicle');
    expect(other).toMatchObject({ rows: { refused: 1 }, codes: ['HL-9155'] });
    const trace = await as('plant', 'item', 'trace', 'serial:P-1');
    const [{ trace: traced }] = trace.lines as [{ trace: [{ events: { id: string }[] }] }];
    const wrong = traced[0].events.at(-1)?.id ?? '';
    expect(await as('plant', 'correct', wrong, '--reason', 'wrongValue')).toMatchObject({ exit: 0 });
    const right = await imports('plant', 'partInspected', list('合格'), '--system', 'scrappedVehicle');
    expect(right).toMatchObject({ rows: { accepted: 1, refused: 0 } });
    const [shown] = (await as('plant', 'item', 'show', 'serial:P-1')).lines as unknown[];
    expect(shown).toMatchObject({ inspection: 'fit' });
    const again = await imports('plant', 'partInspected', list('合格'), '--system', 'scrappedVehicle');
    expect(again).toEqual(right);
  });
});
