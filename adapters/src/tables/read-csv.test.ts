import fc from 'fast-check';
import { stringify } from 'csv-stringify/sync';
import { describe, expect, it } from 'vitest';
import { gb18030, refusal, shown } from '../testing/index.js';
import { BOUNDS } from './bounds.js';
import type { Delimiter } from './cell.js';
import { readTable } from './read-table.js';

const TEXT = '编号,净重\r\n甲1,"1,234"\r\n\r\n乙2,5\r\n';
const ROWS = [
  [1, '编号', '净重'],
  [2, '甲1', '1,234'],
  [4, '乙2', '5'],
];

const utf16be = (text: string): Buffer => Buffer.from(text, 'utf16le').swap16();

describe('a CSV file', () => {
  it.each([
    ['UTF-8', Buffer.from(TEXT), 'utf-8'],
    ['UTF-8 with a mark', Buffer.from(`\ufeff${TEXT}`), 'utf-8'],
    ['UTF-16 with a mark', Buffer.from(`\ufeff${TEXT}`, 'utf16le'), 'utf-16le'],
    ['UTF-16, big end first, with a mark', utf16be(`\ufeff${TEXT}`), 'utf-16be'],
    ['UTF-16 without a mark', Buffer.from(TEXT, 'utf16le'), 'utf-16le'],
    ['UTF-16, big end first, without a mark', utf16be(TEXT), 'utf-16be'],
    ['GB 18030', gb18030(TEXT), 'gb18030'],
  ])('in %s is read, and the encoding is told', async (_name, bytes, encoding) => {
    expect(await readTable(bytes)).toMatchObject({ kind: 'csv', encoding, delimiter: ',' });
    expect(await shown(bytes)).toEqual(ROWS);
  });

  it('in the four-byte characters of GB 18030 is read', async () => {
    const rare = Buffer.concat([gb18030('名\r\n'), Buffer.from([0x95, 0x32, 0x82, 0x36])]);
    expect(await shown(rare)).toEqual([
      [1, '名'],
      [2, '\u{20000}'],
    ]);
  });

  it('of a declared encoding is read in no other', async () => {
    expect(await shown(gb18030('联通'), { encoding: 'gb18030' })).toEqual([[1, '联通']]);
    expect(await refusal(gb18030(TEXT), { encoding: 'utf-8' })).toBe('HL-9002');
    expect(await refusal(Buffer.from([0x61, 0xff, 0x0a]))).toBe('HL-9002');
  });

  it.each([
    [',', 'a,b\n1,2\n'],
    [';', 'a;b\n"1,1,1,1";2\n'],
    ['\t', 'a\tb\n1\t2\n'],
    [';', 'sep=;\r\na;b\r\n'],
    [',', 'only one column\n1\n'],
  ])('tells its delimiter %j', async (delimiter, text) => {
    expect((await readTable(Buffer.from(text))).delimiter).toBe(delimiter);
  });

  it('is delimited as the sender or the name of the file says', async () => {
    const bytes = Buffer.from('a,b;c,d\te,f');
    expect(await shown(bytes)).toEqual([[1, 'a', 'b;c', 'd\te', 'f']]);
    expect(await shown(bytes, { delimiter: ';' })).toEqual([[1, 'a,b', 'c,d\te,f']]);
    expect(await shown(bytes, { fileName: 'list.TSV' })).toEqual([[1, 'a,b;c,d', 'e,f']]);
  });

  it('keeps the numbers that a spreadsheet program shows, with its line of the delimiter and quoted line breaks', async () => {
    expect(await shown(Buffer.from('sep=;\r\na;b\r\n"1\r\n2";3\r\n;\r\n4;5'))).toEqual([
      [2, 'a', 'b'],
      [3, '1\r\n2', '3'],
      [5, '4', '5'],
    ]);
  });

  it('ends its lines with LF, CRLF and CR, also mixed', async () => {
    expect(await shown(Buffer.from('a\nb\r\nc\rd'))).toEqual([
      [1, 'a'],
      [2, 'b'],
      [3, 'c'],
      [4, 'd'],
    ]);
  });

  it('holds no formulas, and quotes inside of cells', async () => {
    expect(await shown(Buffer.from('=1+1,15" wheel,"a ""b"""\n@x,+1,-1'))).toEqual([
      [1, '=1+1', '15" wheel', 'a "b"'],
      [2, '@x', '+1', '-1'],
    ]);
  });

  it('with a quote that is never closed is refused, and the row is named', async () => {
    const bytes = Buffer.from('a,b\n1,2\n3,"4\n5,6\n');
    expect(await refusal(bytes)).toBe('HL-9010');
    await expect(shown(bytes)).rejects.toMatchObject({ details: { row: 3 } });
  });

  it('over a bound is refused with its code', async () => {
    expect(await refusal(Buffer.alloc(BOUNDS.fileBytes + 1, 'a'))).toBe('HL-9005');
    expect(await refusal(Buffer.alloc(0))).toBe('HL-9014');
    expect(await refusal(Buffer.from(','.repeat(1_000_000)))).toBe('HL-9008');
    expect(await refusal(Buffer.from(`a,b\n"${'x'.repeat(BOUNDS.recordBytes + 2)}\n`))).toBe('HL-9009');
    expect(await refusal(Buffer.from('a\n'.repeat(BOUNDS.rows + 1)))).toBe('HL-9007');
  });

  it('gives its rows again, and stops when nobody wants more', async () => {
    const [sheet] = (await readTable(Buffer.from('a\n'.repeat(10_000)))).sheets;
    for (const _again of [1, 2]) {
      let count = 0;
      for await (const { row } of sheet!.rows()) if ((count = row) === 5) break;
      expect(count).toBe(5);
    }
  });

  it('of any cells is read as it was written, in any encoding', async () => {
    const cell = fc.string({
      unit: fc.constantFrom('a', '1', '"', ',', ';', '\t', '\n', ' ', '=', '重', 'é'),
    });
    const record = fc.array(cell, { minLength: 2, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(
        fc.array(record, { minLength: 1, maxLength: 6 }),
        fc.constantFrom<Delimiter>(',', ';', '\t'),
        fc.constantFrom<BufferEncoding>('utf8', 'utf16le'),
        async (records, delimiter, encoding) => {
          const text = stringify(records, { delimiter, quoted: true });
          const bytes = Buffer.from(`\ufeff${text}`, encoding);
          const expected = records.flatMap((cells, at) =>
            cells.some((each) => each.trim() !== '')
              ? [[at + 1, ...cells.map((each) => (each === '' ? undefined : each))]]
              : [],
          );
          expect(await shown(bytes, { delimiter })).toEqual(expected);
        },
      ),
    );
  });
});
