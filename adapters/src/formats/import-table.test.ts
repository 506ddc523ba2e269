import { HuilianError, vinCheckDigit } from '@huilian/core';
import { describe, expect, it } from 'vitest';
import { gb18030, sheetData, workbook, rowXml, type CellXml } from '../testing/index.js';
import { formats } from './index.js';
import { importTable, type ImportOptions, type ImportSummary, type RowResult } from './import-table.js';

const format = formats['scrappedVehicleIntake']!;

/** A valid VIN of its own for each number. */
function vin(number: number): string {
  const bare = `LSVAM418_C2${String(number).padStart(6, '0')}`;
  return bare.replace('_', vinCheckDigit(bare.replace('_', '0')));
}

const HEADER = ['回收证明编号', '车架号', '车辆类型', '回收日期', '净重(kg)', '车主类型'];
const row = (number: number, mass: CellXml = '1250.5'): CellXml[] => [
  `ZM-${String(number).padStart(5, '0')}`,
  vin(number),
  '小型轿车',
  '2026/3/2',
  mass,
  '个人',
];

interface Told {
  readonly summary: ImportSummary;
  readonly results: readonly RowResult[];
}

async function told(bytes: Uint8Array, options: ImportOptions = {}): Promise<Told> {
  const results: RowResult[] = [];
  const summary = await importTable(format, bytes, options, (result) => {
    results.push(result);
  });
  return { summary, results };
}

const quoted = (cell: CellXml): string =>
  typeof cell === 'object' ? '' : `"${String(cell).replaceAll('"', '""')}"`;
const csv = (...rows: CellXml[][]): Buffer =>
  Buffer.from(rows.map((cells) => cells.map(quoted).join(',')).join('\r\n'));
const xlsx = (...rows: CellXml[][]): Promise<Buffer> => workbook([{ name: '台账', xml: sheetData(rows) }]);

/** Rows by number with their status, and the codes of their issues with the column. */
const short = ({ results }: Told): unknown[] =>
  results.map(({ place, status, issues }) => [
    place.row,
    status,
    ...issues.map((each) => `${each.place.column ?? ''} ${each.code}`.trim()),
  ]);

async function refused(bytes: Uint8Array, options: ImportOptions = {}): Promise<HuilianError> {
  try {
    await told(bytes, options);
  } catch (error) {
    if (error instanceof HuilianError) return error;
    throw error;
  }
  throw new Error('was read');
}

describe('an intake list', () => {
  it('is read to grams, days and codes, from CSV and XLSX alike', async () => {
    const values = {
      certificateNumber: 'ZM-00001',
      vin: vin(1),
      vehicleType: 'passengerCar',
      intakeDate: '2026-03-02',
      netMassGrams: 1_250_500,
      ownerKind: 'individual',
    };
    for (const bytes of [csv(HEADER, row(1)), await xlsx(HEADER, row(1, 1250.5))]) {
      const { summary, results } = await told(bytes);
      expect(results).toEqual([expect.objectContaining({ status: 'accepted', values, issues: [] })]);
      expect(summary).toMatchObject({ rows: { accepted: 1, refused: 0, repeated: 0 }, remarks: [] });
    }
  });

  it('has English headers, in any order and width, behind titles and empty rows', async () => {
    const bytes = csv(
      ['某某报废汽车回收公司', '', '', '', '', '', ''],
      ['', '', '', '', '', '', ''],
      [
        'ＶＩＮ',
        '* Certificate Number',
        'Owner_Kind',
        'Net weight / T',
        'Vehicle Type:',
        'intake date',
        'note',
      ],
      [vin(1), 'ZM-00001', 'Organisation', '1.25', 'Truck', '20260302', 'x'],
    );
    const { summary, results } = await told(bytes);
    expect(results).toMatchObject([
      {
        place: { row: 4 },
        values: { netMassGrams: 1_250_000, ownerKind: 'organisation', vehicleType: 'truck' },
      },
    ]);
    expect(summary.sheets).toMatchObject([{ headerRow: 3, columns: { length: 6 } }]);
    expect(summary.remarks).toMatchObject([
      { code: 'HL-9030', message: { en: expect.stringContaining('note') } },
    ]);
  });

  it('without a required column, or with one twice, is refused whole and says which', async () => {
    const missing = await refused(csv(HEADER.slice(0, 5), row(1)));
    expect(missing).toMatchObject({ code: 'HL-9011', details: { row: 1, missing: '车主类型 / owner kind' } });
    const twice = await refused(csv([...HEADER, '净重(t)'], [...row(1), '1']));
    expect(twice).toMatchObject({ code: 'HL-9012', details: { columns: 'E 净重(kg) | G 净重(t)' } });
    expect(await refused(csv(['', '']))).toMatchObject({ code: 'HL-9014' });
  });

  it('tells all faults of a row at once, each with its place, what stands there and what is allowed', async () => {
    const bytes = csv(HEADER, row(1), ['', 'LSVAM4186C2123457', '飞机', '03/02/2026', '1,2 kg', '=A1']);
    const outcome = await told(bytes);
    expect(short(outcome)).toEqual([
      [2, 'accepted'],
      [3, 'refused', 'A HL-9101', 'B HL-1042', 'C HL-9140', 'D HL-9131', 'E HL-9120', 'F HL-9140'],
    ]);
    expect(outcome.results[1]?.issues[2]).toMatchObject({
      name: 'code.unknown',
      kind: 'refusal',
      place: { row: 3, column: 'C', header: '车辆类型' },
      found: '飞机',
      allowed: {
        zh: expect.stringContaining('摩托车（motorcycle）'),
        en: expect.stringContaining('motorcycle'),
      },
      message: { zh: expect.stringContaining('代码表'), en: expect.stringContaining('code list') },
    });
    expect(outcome.results[1]?.issues[3]?.message.en).toContain('2026-02-03 | 2026-03-02');
  });

  it('cuts what it found and spells out what does not show', async () => {
    const { results } = await told(csv(HEADER, ['x\u202e'.repeat(100), ...row(1).slice(1)]));
    const [found = ''] = results.flatMap(({ issues }) => issues.map((each) => each.found));
    expect(found).toMatch(/^x\\u202e/);
    expect(found).not.toContain('\u202e');
    expect(found.endsWith('…')).toBe(true);
  });

  it('leaves personal data out, and says so', async () => {
    const { summary, results } = await told(
      csv([...HEADER, '车牌号', '车主', '备注'], [...row(1), '粤B12345', '张三', '无']),
    );
    expect(summary.remarks).toMatchObject([
      { code: 'HL-9030', message: { zh: expect.stringContaining('备注') } },
      { code: 'HL-9031', message: { zh: expect.stringContaining('车牌号, 车主') } },
    ]);
    expect(JSON.stringify(results)).not.toMatch(/粤B|张三/);
  });

  it('refuses the later of two rows with one key and names the first; a repetition counts once', async () => {
    const other = row(1, '900');
    const bytes = csv(HEADER, row(1), row(2), row(1), other, row(1), [
      'ｚＭ－００００２',
      ...row(2).slice(1),
    ]);
    const outcome = await told(bytes);
    expect(short(outcome)).toEqual([
      [2, 'accepted'],
      [3, 'accepted'],
      [4, 'repeated', 'HL-9160'],
      [5, 'refused', 'HL-9150'],
      [6, 'repeated', 'HL-9160'],
      [7, 'repeated', 'HL-9160'],
    ]);
    expect(outcome.results[3]?.issues[0]).toMatchObject({
      found: 'ZM-00001',
      message: { en: expect.stringContaining('firstRow: 2'), zh: expect.stringContaining('先出现的行：2') },
    });
    expect(outcome.summary.rows).toEqual({ accepted: 2, refused: 1, repeated: 3 });
    expect(outcome.summary.remarks.map(({ code }) => code)).toEqual(['HL-9034']);
  });

  it('takes no row in place of an earlier one that was refused for another fault', async () => {
    expect(short(await told(csv(HEADER, row(1, 'heavy'), row(1))))).toEqual([
      [2, 'refused', 'E HL-9120'],
      [3, 'refused', 'HL-9150'],
    ]);
  });

  it('refuses a CSV row that has more cells than the header', async () => {
    const bytes = csv(HEADER, [...row(1), ''], [...row(2), '5']);
    expect(short(await told(bytes))).toEqual([
      [2, 'accepted'],
      [3, 'refused', 'G HL-9110'],
    ]);
  });

  it('refuses formulas, error values, merged cells and hidden rows one by one', async () => {
    const formula = { xml: '<c><f>B1*1000</f><v>1250</v></c>' };
    const error = { xml: '<c t="e"><v>#REF!</v></c>' };
    const rows = [HEADER, row(1), row(2, formula), row(3, error), row(4), row(5), row(6)];
    const xml = rows.map((cells, at) => rowXml(at + 1, cells, at === 5 ? 'hidden="1"' : '')).join('');
    const merges = '<mergeCells><mergeCell ref="D4:D5"/></mergeCells>';
    const outcome = await told(
      await workbook([{ name: '台账', xml: `<sheetData>${xml}</sheetData>${merges}` }]),
    );
    expect(short(outcome)).toEqual([
      [2, 'accepted'],
      [3, 'refused', 'E HL-9102'],
      [4, 'refused', 'D HL-9104', 'E HL-9103'],
      [5, 'refused', 'D HL-9104'],
      [6, 'refused', 'HL-9105'],
      [7, 'accepted'],
    ]);
  });

  it('may have a header that merged cells make two rows high', async () => {
    const merges = `<mergeCells>${['A', 'B', 'C', 'D', 'E', 'F'].map((at) => `<mergeCell ref="${at}1:${at}2"/>`).join('')}</mergeCells>`;
    const outcome = await told(
      await workbook([{ name: '台账', xml: sheetData([HEADER, [], row(1)]) + merges }]),
    );
    expect(short(outcome)).toEqual([[3, 'accepted']]);
    expect(outcome.summary.sheets).toMatchObject([{ headerRow: 2 }]);
  });

  it('of several sheets is read whole, but for sheets that are hidden or have no header', async () => {
    const sheet = (name: string, ...rows: CellXml[][]) => ({ name, xml: sheetData(rows) });
    const bytes = await workbook([
      sheet('一月', HEADER, row(1)),
      sheet('二月', ['标题'], HEADER, row(2), row(1)),
      { ...sheet('草稿', HEADER, row(3)), hidden: true },
      sheet('说明', ['请填写']),
      sheet('空'),
    ]);
    const { summary, results } = await told(bytes);
    expect(results.map(({ status, place }) => [status, place.sheet, place.row])).toEqual([
      ['accepted', '一月', 2],
      ['accepted', '二月', 3],
      ['repeated', '二月', 4],
    ]);
    expect(summary.remarks.find(({ code }) => code === 'HL-9032')?.message.zh).toContain('草稿, 说明');
    expect(short(await told(bytes, { sheet: '草稿' }))).toEqual([[2, 'accepted']]);
    expect(await refused(bytes, { sheet: '三月' })).toMatchObject({ code: 'HL-9013' });
  });

  it('says which of the columns that it read are hidden', async () => {
    const cols = '<cols><col min="4" max="5" hidden="1"/></cols>';
    const { summary } = await told(await workbook([{ name: 'a', xml: cols + sheetData([HEADER, row(1)]) }]));
    expect(summary.remarks).toMatchObject([
      { code: 'HL-9033', message: { en: expect.stringContaining('D 回收日期, E 净重(kg)') } },
    ]);
  });

  it('takes no unit for granted and no vehicle from tomorrow', async () => {
    const header = HEADER.map((each) => each.replace('(kg)', ''));
    const bytes = csv(header, row(1), row(2, '1250 kg'), row(3, '1.25吨'));
    expect(short(await told(bytes))).toEqual([
      [2, 'refused', 'E HL-9122'],
      [3, 'accepted'],
      [4, 'accepted'],
    ]);
    expect(short(await told(csv(HEADER, row(1)), { today: '2026-03-01' }))).toEqual([
      [2, 'refused', 'D HL-9133'],
    ]);
  });

  it('reads numbers in the style of the sender', async () => {
    const bytes = csv(HEADER, row(1, '1.250,5'), row(2, '1.250'));
    expect(short(await told(bytes))).toEqual([
      [2, 'refused', 'E HL-9120'],
      [3, 'refused', 'E HL-9126'],
    ]);
    const { results } = await told(bytes, { numbers: 'comma' });
    expect(results).toMatchObject([
      { values: { netMassGrams: 1_250_500 } },
      { values: { netMassGrams: 1_250_000 } },
    ]);
  });

  it('tells how it was decoded', async () => {
    const text = csv(HEADER, row(1)).toString();
    expect((await told(gb18030(text))).summary).toMatchObject({
      kind: 'csv',
      encoding: 'gb18030',
      delimiter: ',',
    });
    expect((await told(await xlsx(HEADER, row(1)))).summary).toMatchObject({
      kind: 'xlsx',
      dateSystem: '1900',
    });
  });

  it('that is damaged behind good rows is refused whole', async () => {
    const bytes = csv(HEADER, row(1));
    expect(await refused(Buffer.concat([bytes, Buffer.from('\r\n"ZM-2')]))).toMatchObject({
      code: 'HL-9010',
      details: { row: 3 },
    });
  });
});

describe('every declared format', () => {
  it('has names, headers and a key of its own, in both languages', () => {
    for (const [name, { columns, key, anyOf, leftOut, title, source }] of Object.entries(formats)) {
      const names = columns.map((column) => column.name);
      expect(new Set(names).size, name).toBe(names.length);
      const aliases = columns.flatMap(({ headers }) => [...new Set([...headers.zh, ...headers.en])]);
      expect(new Set(aliases).size, name).toBe(aliases.length);
      expect(aliases.filter((alias) => leftOut.includes(alias))).toEqual([]);
      const ofKey = columns.filter((column) => key.includes(column.name));
      expect(ofKey, name).toHaveLength(key.length);
      expect(ofKey.some(({ required }) => required) || anyOf?.every((each) => key.includes(each))).toBe(true);
      for (const phrase of [title, source, ...columns.map((column) => column.source)]) {
        expect(phrase.zh).toMatch(/\p{Script=Han}/u);
        expect(phrase.en).toMatch(/^[ -~]+$/);
      }
    }
  });

  it('has code lists in which each word means one code', () => {
    for (const { columns } of Object.values(formats))
      for (const { field } of columns) {
        if (field.type !== 'codeList') continue;
        const words = field.codes.flatMap(({ code, name, also = [] }) => [
          ...new Set([code, name.zh, name.en, ...also].map((word) => word.toLowerCase().replace(/\s/g, ''))),
        ]);
        expect(words.filter((word, at) => words.indexOf(word) !== at)).toEqual([]);
      }
  });
});
