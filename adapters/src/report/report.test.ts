import { buffer } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import type { RowResult } from '../formats/import-table.js';
import { issue } from '../formats/issue.js';
import { shown } from '../testing/index.js';
import { readTable } from '../tables/read-table.js';
import { beginReport, type ReportKind } from './report.js';

const results: RowResult[] = [
  { status: 'accepted', place: { row: 2 }, values: { vin: 'x' }, issues: [], message: 'row-x' },
  {
    status: 'refused',
    place: { row: 3, sheet: '台账' },
    issues: [
      issue(
        'HL-9140',
        { row: 3, sheet: '台账', column: 'C', header: '类型' },
        {
          found: '=HYPERLINK("http://x","<&>")\u202e',
          allowed: { zh: '挂车', en: 'trailer' },
        },
      ),
      issue('HL-9101', { row: 3, sheet: '台账', column: 'D', header: '-日期' }, { found: '' }),
    ],
  },
];

async function report(kind: ReportKind, language: 'zh-CN' | 'en' = 'en'): Promise<Buffer> {
  const begun = beginReport(kind, language);
  const content = buffer(begun.content);
  for (const result of results) await begun.add(result);
  begun.end();
  return content;
}

describe('a report', () => {
  it('as CSV opens in Excel as what it is, and none of its texts is a formula there', async () => {
    const bytes = await report('csv', 'zh-CN');
    expect(bytes.subarray(0, 3).toString('hex')).toBe('efbbbf');
    expect(bytes.toString()).toMatch(/^\ufeff工作表,行,结果,列,表头,内容,代码,说明,允许,消息编号\r\n/);
    expect(await shown(bytes)).toEqual([
      expect.any(Array),
      [2, undefined, '2', '接受', ...Array<undefined>(6).fill(undefined), 'row-x'],
      [
        3,
        '台账',
        '3',
        '拒绝',
        'C',
        '类型',
        '\'=HYPERLINK("http://x","<&>")\\u202e',
        'HL-9140',
        expect.any(String),
        '挂车',
        undefined,
      ],
      [4, '台账', '3', '拒绝', 'D', "'-日期", undefined, 'HL-9101', expect.any(String), undefined, undefined],
    ]);
  });

  it('as XLSX holds the same, with texts that are texts', async () => {
    const bytes = await report('xlsx');
    expect((await readTable(bytes)).kind).toBe('xlsx');
    const [titles, , refused] = (await shown(bytes)) as unknown[][];
    expect(titles?.slice(0, 4)).toEqual([1, 'sheet', 'row', 'result']);
    expect(refused?.slice(0, 8)).toEqual([
      3,
      '台账',
      { kind: 'number', digits: '3', isDate: false },
      'refused',
      'C',
      '类型',
      '=HYPERLINK("http://x","<&>")\\u202e',
      'HL-9140',
    ]);
  });

  it('as JSON holds every row with its values and both languages', async () => {
    expect(JSON.parse((await report('json')).toString())).toEqual(JSON.parse(JSON.stringify(results)));
    const empty = beginReport('json', 'en');
    empty.end();
    expect(JSON.parse((await buffer(empty.content)).toString())).toEqual([]);
  });
});
