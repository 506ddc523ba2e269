import { describe, expect, it } from 'vitest';
import { HEADER, refused, row, short, told } from '../testing/intake-list.js';
import { rowXml, sheetData, workbook, type CellXml } from '../testing/workbook.js';

describe('an intake list in a workbook', () => {
  it('refuses formulas, error values and hidden rows one by one', async () => {
    const formula = { xml: '<c><f>B1*1000</f><v>1250</v></c>' };
    const error = { xml: '<c t="e"><v>#REF!</v></c>' };
    const rows = [HEADER, row(1), row(2, formula), row(3, error), row(4), row(5), row(6)];
    const xml = rows.map((cells, at) => rowXml(at + 1, cells, at === 5 ? 'hidden="1"' : '')).join('');
    const outcome = await told(await workbook([{ name: '台账', xml: `<sheetData>${xml}</sheetData>` }]));
    expect(short(outcome)).toEqual([
      [2, 'accepted'],
      [3, 'refused', 'E HL-9102'],
      [4, 'refused', 'E HL-9103'],
      [5, 'accepted'],
      [6, 'refused', 'HL-9105'],
      [7, 'accepted'],
    ]);
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
});
