import { readFileSync } from 'node:fs';
import { refusal, sheetData, workbook, zipped } from '@huilian/adapters/testing';
import { describe, expect, it } from 'vitest';

const MIB = 1024 * 1024;

/** A workbook with one sheet of which the sizes in the directory are made up. */
async function lying(xml: Buffer, claimed: number): Promise<Buffer> {
  const whole = await workbook([{ name: 'a', xml: '' }], { parts: { 'xl/worksheets/sheet1.xml': xml } });
  const packed = Buffer.from(whole);
  // The directory comes last: the last signature of an entry that names the sheet is the one that counts.
  const name = packed.lastIndexOf('xl/worksheets/sheet1.xml');
  packed.writeUInt32LE(claimed, name - 46 + 24);
  return packed;
}

describe('a hostile file is refused', () => {
  it('that inflates a thousandfold and holds nothing', async () => {
    const blanks = Buffer.alloc(64 * MIB, ' ');
    const bytes = await workbook([{ name: 'a', xml: '' }], { parts: { 'xl/worksheets/sheet1.xml': blanks } });
    expect(bytes.length).toBeLessThan(MIB / 10);
    expect(await refusal(bytes)).toBe('HL-9003');
  });

  it('that says it inflates to gigabytes, and that says it does not', async () => {
    const xml = Buffer.from(`<worksheet>${sheetData([['a']])}</worksheet>`);
    expect(await refusal(await lying(xml, 0xf0000000))).toBe('HL-9006');
    expect(await refusal(await lying(xml, 10))).toBe('HL-9003');
    expect(await refusal(await lying(xml, xml.length))).toBeUndefined();
  });

  it('that hides one text of hundreds of megabytes', async () => {
    const xml = `<worksheet><sheetData><row><c t="inlineStr"><is><t>${'x'.repeat(40 * MIB)}</t></is></c></row></sheetData></worksheet>`;
    const bytes = await workbook([{ name: 'a', xml: '' }], { parts: { 'xl/worksheets/sheet1.xml': xml } });
    expect(await refusal(bytes)).toBe('HL-9003');
  });

  it('that makes a cell of very many pieces; it is cut, and then too long', async () => {
    const runs = `<r><t>${'x'.repeat(10_000)}</t></r>`.repeat(3000);
    const xml = `<sheetData><row><c t="inlineStr"><is>${runs}</is></c></row></sheetData>`;
    expect(await refusal(await workbook([{ name: 'a', xml }]))).toBeUndefined();
  });

  it('that has a million columns, in either form', async () => {
    expect(await refusal(Buffer.from('a,'.repeat(1_000_000)))).toMatch(/^HL-900[89]$/);
    const xml = `<sheetData><row>${'<c><v>1</v></c>'.repeat(1_000_000)}</row></sheetData>`;
    expect(await refusal(await workbook([{ name: 'a', xml }]))).toBe('HL-9008');
    const columns = '<cols><col min="1" max="1000000000" hidden="1"/></cols>';
    expect(await refusal(await workbook([{ name: 'a', xml: columns + sheetData([['a']]) }]))).toBeUndefined();
  });

  it('that opens a quote and never closes it', async () => {
    expect(await refusal(Buffer.from('a,b\n"1,2\n'))).toBe('HL-9010');
    expect(await refusal(Buffer.from(`a,b\n"${'1,2\n'.repeat(MIB)}`))).toBe('HL-9009');
  });

  it('that is full of NULs, or has one in a cell', async () => {
    expect(await refusal(Buffer.alloc(4096))).toBeUndefined();
    expect(await refusal(Buffer.alloc(4097))).toBeUndefined();
    expect(await refusal(Buffer.from(`编号,b\n${'1\u0000,2\n'.repeat(3)}`))).toBeUndefined();
  });

  it('that is a picture', async () => {
    const picture = new URL('../../docs/pictures/label.jpg', import.meta.url);
    expect(await refusal(readFileSync(picture), { fileName: 'list.csv' })).toBe('HL-9002');
  });

  it('that holds one part twice, or names beyond its folder', async () => {
    const once = await workbook([{ name: 'a', xml: sheetData([['a']]) }]);
    const twice = await workbook([{ name: 'a', xml: sheetData([['a']]) }], {
      parts: { 'XL/worksheets/Sheet1.xml': '<worksheet/>' },
    });
    expect(await refusal(once)).toBeUndefined();
    expect(await refusal(twice)).toBe('HL-9003');
    const outside = await zipped({ 'a/b/c': 'x' });
    const bytes = Buffer.from(outside.toString('latin1').replaceAll('a/b/c', '../bc'), 'latin1');
    expect(await refusal(bytes)).toBe('HL-9003');
  });

  it('that calls for other files, which nobody fetches', async () => {
    const relations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
    const bytes = await workbook([{ name: 'a', xml: '' }], {
      parts: {
        'xl/_rels/workbook.xml.rels': `<Relationships><Relationship Id="rId1" Type="${relations}/worksheet" Target="http://127.0.0.1:9/sheet.xml" TargetMode="External"/></Relationships>`,
      },
    });
    expect(await refusal(bytes)).toBe('HL-9003');
  });
});
