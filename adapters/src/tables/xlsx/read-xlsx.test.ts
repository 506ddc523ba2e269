import { describe, expect, it } from 'vitest';
import { refusal, rowXml, sheetData, shown, workbook, zipped, type CellXml } from '../../testing/index.js';
import { BOUNDS } from '../bounds.js';
import { readTable } from '../read-table.js';
import { showsDate } from './styles.js';

const one = (xml: string): Promise<Buffer> => workbook([{ name: '台账', xml }]);
const ofRows = (...rows: (readonly CellXml[])[]): Promise<Buffer> => one(sheetData(rows));
const raw = (xml: string): CellXml => ({ xml });

describe('an XLSX file', () => {
  it('holds texts, numbers, truth values and error values', async () => {
    const styles =
      '<numFmts><numFmt numFmtId="164" formatCode="yyyy&quot;年&quot;m&quot;月&quot;"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/></cellXfs>';
    const sharedStrings =
      '<si><t>共享</t></si><si><r><t>两</t></r><r><t xml:space="preserve"> 段</t></r><rPh sb="0" eb="1"><t>liang</t></rPh></si><si><t>a_x000D_b</t></si>';
    const cells = [
      raw('<c t="s"><v>0</v></c>'),
      raw('<c t="s"><v>1</v></c>'),
      raw('<c t="s"><v>2</v></c>'),
      raw('<c><v>1234.4000000000001</v></c>'),
      raw('<c s="1"><v>46083</v></c>'),
      raw('<c s="2"><v>46083.5</v></c>'),
      raw('<c t="b"><v>1</v></c>'),
      raw('<c t="e"><v>#N/A</v></c>'),
      raw('<c t="str"><v>text</v></c>'),
      raw('<c t="d"><v>2026-03-02</v></c>'),
      raw('<c s="1"/>'),
    ];
    const bytes = await workbook([{ name: '台账', xml: sheetData([cells]) }], { sharedStrings, styles });
    const number = (digits: string, isDate = false) => ({ kind: 'number', digits, isDate });
    expect(await shown(bytes)).toEqual([
      [
        1,
        '共享',
        '两 段',
        'a\rb',
        number('1234.4'),
        number('46083', true),
        number('46083.5', true),
        { kind: 'boolean', value: true },
        { kind: 'error', text: '#N/A' },
        'text',
        '2026-03-02',
      ],
    ]);
  });

  it('tells how many digits a format of zeros shows', async () => {
    const styles =
      '<numFmts><numFmt numFmtId="164" formatCode="000000"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="164"/></cellXfs>';
    const bytes = await workbook(
      [{ name: '台账', xml: sheetData([[raw('<c s="1"><v>123</v></c>'), raw('<c><v>123</v></c>')]]) }],
      { styles },
    );
    const number = { kind: 'number', digits: '123', isDate: false };
    expect(await shown(bytes)).toEqual([[1, { ...number, leastDigits: 6 }, number]]);
  });

  it('tells its date system', async () => {
    const sheet = { name: 'a', xml: sheetData([['x']]) };
    expect((await readTable(await workbook([sheet]))).dateSystem).toBe('1900');
    expect((await readTable(await workbook([sheet], { date1904: true }))).dateSystem).toBe('1904');
  });

  it('keeps a formula apart, whatever result is stored with it', async () => {
    const bytes = await ofRows(
      [
        raw('<c><f>SUM(B1:B9)</f><v>3</v></c>'),
        raw('<c t="str"><f>A1</f><v>text</v></c>'),
        raw('<c><f t="shared" si="0"/><v>1</v></c>'),
      ],
      [raw('<c><f t="array" ref="A2:B3">X</f><v>1</v></c>'), 2, 'not of it'],
      [3, 4, 5],
      [6],
    );
    const formula = { kind: 'formula' };
    const number = (digits: string) => ({ kind: 'number', digits, isDate: false });
    expect(await shown(bytes)).toEqual([
      [1, formula, formula, formula],
      [2, formula, formula, 'not of it'],
      [3, formula, formula, number('5')],
      [4, number('6')],
    ]);
  });

  it('keeps merged cells apart, with what they hold in the first column of each of their rows', async () => {
    const merges = ['A1:B1', 'A3:A5', 'A7:B8', 'A9:A10'].map((ref) => `<mergeCell ref="${ref}"/>`).join('');
    const rows = [['title'], ['a', 'b'], ['c', 'd'], [undefined, 'e'], [' '], ['f'], [7], ['', '', 'g'], []];
    const bytes = await one(`${sheetData(rows)}<mergeCells>${merges}</mergeCells>`);
    const merged = (first: number, last: number, to: number, content?: object) => ({
      kind: 'merged',
      range: { rows: [first, last], columns: [0, to] },
      ...(content === undefined ? {} : { content }),
    });
    const text = (value: string) => ({ kind: 'text', text: value });
    const seven = { kind: 'number', digits: '7', isDate: false };
    expect(await shown(bytes)).toEqual([
      [1, merged(1, 1, 1, text('title')), merged(1, 1, 1)],
      [2, 'a', 'b'],
      [3, merged(3, 5, 0, text('c')), 'd'],
      [4, merged(3, 5, 0, text('c')), 'e'],
      [6, 'f'],
      [7, merged(7, 8, 1, seven), merged(7, 8, 1)],
      [8, merged(7, 8, 1, seven), merged(7, 8, 1), 'g'],
    ]);
  });

  it('keeps the numbers of its rows, says which are hidden and passes over those without content', async () => {
    const rows = [
      rowXml(2, ['a']),
      rowXml(5, ['b'], 'hidden="1"'),
      rowXml(6, [raw('<c s="1"/>'), ' ']),
      '<row><c><v>1</v></c></row>',
    ];
    const bytes = await one(
      `<cols><col min="2" max="3" hidden="true"/></cols><sheetData>${rows.join('')}</sheetData>`,
    );
    const [sheet] = (await readTable(bytes)).sheets;
    const found: unknown[] = [];
    for await (const { row, hidden } of sheet!.rows()) found.push([row, hidden]);
    expect(found).toEqual([
      [2, false],
      [5, true],
      [7, false],
    ]);
    expect([...sheet!.hiddenColumns]).toEqual([1, 2]);
  });

  it('tells its sheets by name, and which are hidden', async () => {
    const xml = sheetData([['x']]);
    const { sheets } = await readTable(
      await workbook([
        { name: '一', xml },
        { name: '二', hidden: true, xml },
      ]),
    );
    expect(sheets.map(({ name, hidden }) => [name, hidden])).toEqual([
      ['一', false],
      ['二', true],
    ]);
  });

  it('may name its elements with prefixes and be strict', async () => {
    const bytes = await workbook([{ name: 'a', xml: '' }], {
      parts: {
        'xl/worksheets/sheet1.xml':
          '<x:worksheet xmlns:x="http://purl.oclc.org/ooxml/spreadsheetml/main"><x:sheetData><x:row r="1"><x:c r="A1" t="inlineStr"><x:is><x:t>a</x:t></x:is></x:c></x:row></x:sheetData></x:worksheet>',
      },
    });
    expect(await shown(bytes)).toEqual([[1, 'a']]);
  });

  it.each([
    ['a number that is none', sheetData([[raw('<c><v>1x</v></c>')]])],
    ['a shared text that is not there', sheetData([[raw('<c t="s"><v>7</v></c>')]])],
    ['rows out of order', `<sheetData>${rowXml(2, ['a'])}${rowXml(2, ['b'])}</sheetData>`],
    [
      'cells out of order',
      '<sheetData><row r="1"><c r="B1"><v>1</v></c><c r="A1"><v>1</v></c></row></sheetData>',
    ],
    ['a cell of another row', '<sheetData><row r="1"><c r="A2"><v>1</v></c></row></sheetData>'],
    ['tags that do not match', '<sheetData><row></sheetData>'],
    ['an entity of its own', '<sheetData><row r="1"><c t="str"><v>&bomb;</v></c></row></sheetData>'],
    [
      'merged cells that overlap without end',
      `${sheetData([['a']])}<mergeCells>${'<mergeCell ref="A1:A9"/>'.repeat(BOUNDS.columns + 1)}</mergeCells>`,
    ],
  ])('with %s is refused', async (_name, xml) => {
    expect(await refusal(await one(xml))).toBe('HL-9003');
  });

  it('with a document type is refused', async () => {
    const bomb = '<!DOCTYPE a [<!ENTITY b "bb">]><worksheet/>';
    const bytes = await workbook([{ name: 'a', xml: '' }], { parts: { 'xl/worksheets/sheet1.xml': bomb } });
    expect(await refusal(bytes)).toBe('HL-9003');
  });

  it('that lacks parts is refused, and a ZIP file that is no workbook', async () => {
    const sheets = [{ name: 'a', xml: '' }];
    expect(await refusal(await workbook(sheets, { parts: { 'xl/worksheets/sheet1.xml': undefined } }))).toBe(
      'HL-9003',
    );
    expect(await refusal(await workbook(sheets, { parts: { '_rels/.rels': undefined } }))).toBe('HL-9001');
    expect(await refusal(await zipped({ 'content.xml': '<office/>' }))).toBe('HL-9001');
  });

  it('over a bound is refused with its code', async () => {
    const wide = Array.from({ length: BOUNDS.columns + 1 }, () => '<c><v>1</v></c>').join('');
    expect(await refusal(await one(`<sheetData><row>${wide}</row></sheetData>`))).toBe('HL-9008');
    expect(await refusal(await one(`<sheetData><row r="${BOUNDS.rows + 1}"/></sheetData>`))).toBe('HL-9007');
    const parts = Object.fromEntries(Array.from({ length: BOUNDS.parts + 1 }, (_, at) => [`p${at}`, '']));
    expect(await refusal(await zipped(parts))).toBe('HL-9006');
  });

  it('cells beyond the last column that hold nothing do not matter', async () => {
    const styled = Array.from({ length: BOUNDS.columns + 10 }, () => '<c s="1"/>').join('');
    const bytes = await one(`<sheetData><row>${styled}</row><row><c><v>1</v></c></row></sheetData>`);
    expect(await shown(bytes)).toEqual([[2, { kind: 'number', digits: '1', isDate: false }]]);
  });
});

describe('the format of a number', () => {
  it.each([
    'yyyy-mm-dd',
    'm/d/yy',
    'yyyy"年"m"月"d"日"',
    'yyyy年m月d日',
    '[$-804]yyyy"年"m"月";@',
    'h:mm:ss',
    '[h]:mm',
    '[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy',
  ])('%s shows a date or a time', (format) => {
    expect(showsDate(format)).toBe(true);
  });

  it.each([
    'General',
    '0.00',
    '#,##0.00"kg"',
    '0.00_);[Red](0.00)',
    '@',
    '0.0"days"',
    '[$¥-804]#,##0.00',
    '\\d0',
  ])('%s does not', (format) => {
    expect(showsDate(format)).toBe(false);
  });
});
