import { describe, expect, it } from 'vitest';
import { HEADER, row, short, told, type Told } from '../testing/intake-list.js';
import { sheetData, workbook, type CellXml } from '../testing/workbook.js';

const COLUMNS = ['A', 'B', 'C', 'D', 'E', 'F'];

/** Reads a sheet of these rows with these cells merged. */
async function read(rows: readonly (readonly CellXml[])[], ...merged: readonly string[]): Promise<Told> {
  const merges = `<mergeCells>${merged.map((ref) => `<mergeCell ref="${ref}"/>`).join('')}</mergeCells>`;
  return told(await workbook([{ name: '台账', xml: sheetData(rows) + merges }]));
}

/** A row with some of its cells left out, as all but the first row of merged cells are. */
const without = (cells: readonly CellXml[], ...positions: readonly number[]): CellXml[] =>
  cells.map((cell, at) => (positions.includes(at) ? undefined : cell));

const daysOf = ({ results }: Told): unknown[] =>
  results.map((result) => (result.status === 'accepted' ? result.values['intakeDate'] : undefined));

describe('merged cells behind the header', () => {
  it('are read in each of their rows, which says so', async () => {
    const rows = [HEADER, row(1), without(row(2), 3), without(row(3), 3), row(4)];
    const outcome = await read(rows, 'D2:D4');
    expect(short(outcome)).toEqual([
      [2, 'accepted', 'HL-9163'],
      [3, 'accepted', 'HL-9163'],
      [4, 'accepted', 'HL-9163'],
      [5, 'accepted'],
    ]);
    expect(daysOf(outcome)).toEqual(Array(4).fill('2026-03-02'));
    expect(outcome.results[1]?.issues[0]?.message).toMatchObject({
      zh: expect.stringContaining('D 回收日期'),
      en: expect.stringContaining('D 回收日期'),
    });
  });

  it('that hold a mass are refused, which may be that of all of their rows', async () => {
    expect(short(await read([HEADER, row(1), without(row(2), 4)], 'E2:E3'))).toEqual([
      [2, 'refused', 'E HL-9104'],
      [3, 'refused', 'E HL-9104'],
    ]);
  });

  it('that hold a formula, an error or nothing are what they would be in one cell', async () => {
    const formula = { xml: '<c><f>TODAY()</f><v>46083</v></c>' };
    const formulas = [[...row(1).slice(0, 3), formula, ...row(1).slice(4)], without(row(2), 3)];
    const empty = [without(row(3), 3), without(row(4), 3)];
    expect(short(await read([HEADER, ...formulas, ...empty], 'D2:D3', 'D4:D5'))).toEqual([
      [2, 'refused', 'D HL-9102', 'HL-9163'],
      [3, 'refused', 'D HL-9102', 'HL-9163'],
      [4, 'refused', 'D HL-9101'],
      [5, 'refused', 'D HL-9101'],
    ]);
  });

  it('make a row higher that is one row all the same', async () => {
    const merged = COLUMNS.map((at) => `${at}2:${at}3`).filter((ref) => !ref.startsWith('E'));
    expect(short(await read([HEADER, row(1), [], row(2)], ...merged))).toEqual([
      [2, 'accepted', 'HL-9163'],
      [4, 'accepted'],
    ]);
  });

  it('over two columns are refused, unless the header is as wide', async () => {
    const narrow = await read([HEADER, without(row(1), 3)], 'C2:D2');
    expect(short(narrow)).toEqual([[2, 'refused', 'C HL-9104', 'D HL-9104']]);
    const wide = (cells: readonly CellXml[]): CellXml[] => [
      ...cells.slice(0, 2),
      undefined,
      ...cells.slice(2),
    ];
    expect(short(await read([wide(HEADER), wide(row(1))], 'B1:C1', 'B2:C2'))).toEqual([[2, 'accepted']]);
  });

  it('that reach over the sheet are a note, and those before a sum do not hide it', async () => {
    const sum = ['合 计', undefined, undefined, undefined, { xml: '<c><f>SUM(E2:E2)</f><v>1</v></c>' }];
    const outcome = await read([HEADER, row(1), sum, ['以下空白']], 'A3:D3', 'A4:F4');
    expect(short(outcome)).toEqual([
      [2, 'accepted'],
      [3, 'refused', 'HL-9111'],
      [4, 'refused', 'HL-9111'],
    ]);
  });
});

describe('a header of merged cells', () => {
  it('may be two rows high', async () => {
    const outcome = await read([HEADER, [], row(1)], ...COLUMNS.map((at) => `${at}1:${at}2`));
    expect(short(outcome)).toEqual([[3, 'accepted']]);
    expect(outcome.summary.sheets).toMatchObject([{ headerRow: 2 }]);
  });

  it('may have names of groups above some of its columns', async () => {
    const [number, , , day, mass, owner] = HEADER;
    const upper = [number, '车辆信息', undefined, day, mass, owner, '电池'];
    const lower = [undefined, HEADER[1], HEADER[2], undefined, undefined, undefined, '电池包编码'];
    const merged = ['B1:C1', ...['A', 'D', 'E', 'F'].map((at) => `${at}1:${at}2`)];
    const outcome = await read([upper, lower, row(1)], ...merged);
    expect(short(outcome)).toEqual([[3, 'accepted']]);
    expect(outcome.summary.sheets).toMatchObject([{ headerRow: 2, columns: { length: 7 } }]);
  });

  it('that stands on each printed page is no data, however high it is', async () => {
    const [number, , , day, mass, owner] = HEADER;
    const upper = [number, '车辆信息', undefined, day, mass, owner];
    const lower = [undefined, HEADER[1], HEADER[2]];
    const at = (first: number): string[] => [
      `B${first}:C${first}`,
      ...['A', 'D', 'E', 'F'].map((column) => `${column}${first}:${column}${first + 1}`),
    ];
    const outcome = await read([upper, lower, row(1), upper, lower, row(2)], ...at(1), ...at(4));
    expect(short(outcome)).toEqual([
      [3, 'accepted'],
      [4, 'repeated', 'HL-9162'],
      [5, 'repeated', 'HL-9162'],
      [6, 'accepted'],
    ]);
  });

  it('of which the upper row has all that is needed is read to its lower row', async () => {
    const upper = [...HEADER, '电池'];
    const lower = [...HEADER.map(() => undefined), '电池包编码'];
    const outcome = await read([upper, lower, row(1)], ...COLUMNS.map((at) => `${at}1:${at}2`));
    expect(short(outcome)).toEqual([[3, 'accepted']]);
    expect(outcome.summary.sheets).toMatchObject([{ headerRow: 2, columns: { length: 7 } }]);
  });
});
