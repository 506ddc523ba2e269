import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { refusal, sheetData, workbook } from '../testing/index.js';

describe('a file that is sent as a table', () => {
  it.each([
    ['an XLS file', Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(600)]), 'HL-9001'],
    [
      'an XLSX file with a password',
      Buffer.concat([
        Buffer.from('d0cf11e0a1b11ae1', 'hex'),
        Buffer.alloc(600),
        Buffer.from('EncryptedPackage', 'utf16le'),
      ]),
      'HL-9004',
    ],
    [
      'a page of HTML that is named XLS',
      Buffer.from('\ufeff <html><table><tr><td>1</td></tr></table>'),
      'HL-9001',
    ],
    ['a ZIP file that is cut', Buffer.from('PK\u0003\u0004rest'), 'HL-9003'],
  ])('%s is refused', async (_name, bytes, code) => {
    expect(await refusal(bytes, { fileName: 'list.xlsx' })).toBe(code);
  });

  it('of any bytes is read or refused, and nothing else happens', async () => {
    const start = fc.constantFrom('', 'PK\u0003\u0004', '\ufeff', 'a,b\n1,2\n', 'a\t"');
    await fc.assert(
      fc.asyncProperty(start, fc.uint8Array({ maxLength: 400 }), async (text, bytes) => {
        await refusal(Buffer.concat([Buffer.from(text, 'latin1'), bytes]));
      }),
      { numRuns: 500 },
    );
  });

  it('with any of its bytes changed is read or refused, and nothing else happens', async () => {
    const whole = await workbook([
      {
        name: 'a',
        xml: sheetData([
          ['编号', 'b'],
          ['x', 1.5],
        ]),
      },
    ]);
    await fc.assert(
      fc.asyncProperty(fc.nat(whole.length - 1), fc.nat(255), async (at, byte) => {
        const changed = Buffer.from(whole);
        changed[at] = byte;
        await refusal(changed);
      }),
      { numRuns: 300 },
    );
  });

  it('that was cut anywhere is refused', async () => {
    const whole = await workbook([
      {
        name: 'a',
        xml: sheetData([
          ['编号', 'b'],
          ['x', 1.5],
        ]),
      },
    ]);
    for (let length = 4; length < whole.length; length += 37)
      expect(await refusal(whole.subarray(0, length)), String(length)).toBe('HL-9003');
  });
});
