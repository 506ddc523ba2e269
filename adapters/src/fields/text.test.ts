import fc from 'fast-check';
import { creditCodeCheck } from '@huilian/core';
import { describe, expect, it } from 'vitest';
import type { Cell } from '../tables/cell.js';
import { allowedBy } from './allowed.js';
import { readField, type Field } from './field.js';
import { shownText } from './text.js';

const name: Field = { type: 'text', longest: 20 };
const code: Field = { type: 'text', longest: 20, isCode: true };
const list: Field = {
  type: 'codeList',
  codes: [
    { code: 'truck', name: { zh: '载货汽车', en: 'truck' }, also: ['货车', 'goods vehicle'] },
    { code: 'trailer', name: { zh: '挂车', en: 'trailer' } },
  ],
};
const read = (cell: Cell | string, field: Field): unknown => {
  const reading = readField(typeof cell === 'string' ? { kind: 'text', text: cell } : cell, field);
  return reading.fault ? reading.fault.code : reading.value;
};
const number = (digits: string, isDate = false): Cell => ({ kind: 'number', digits, isDate });

describe('a text', () => {
  it('is put into NFC and trimmed, and its width stays', () => {
    expect(read('　e\u0301 ＡＢ\u00a0\r\n', name)).toBe('é ＡＢ');
  });

  it.each([
    '\u0000',
    '\u0007',
    '\n',
    '\t',
    '\u200b',
    '\u202e',
    '\u2066',
    '\ufeff',
    '\u00ad',
    '\ufffd',
    '\ud800',
    '\u3164',
  ])('with %j inside is refused', (character) => {
    expect(read(`a${character}b`, name)).toBe('HL-9107');
    expect(shownText(`a${character}b`)).toMatch(/^a\\u[0-9a-f]{4}b$/);
  });

  it('that is too long is refused', () => {
    expect(read('甲'.repeat(20), name)).toBe('甲'.repeat(20));
    expect(read('甲'.repeat(21), name)).toBe('HL-9108');
    expect(read('甲'.repeat(32_768), name)).toBe('HL-9106');
  });
});

describe('a code', () => {
  it('is folded to ASCII', () => {
    expect(read('ＨＳ－２０２６', code)).toBe('HS-2026');
    expect(read('HS 2026', code)).toBe('HL-9108');
  });

  it('that a spreadsheet program kept as a quantity is refused once digits may be lost', () => {
    expect(read(number('420101199001011'), code)).toBe('420101199001011');
    expect(read(number('4201011990010110'), code)).toBe('HL-9109');
    expect(read(number('1.5'), code)).toBe('HL-9109');
    expect(read(number('46083', true), code)).toBe('HL-9108');
    for (const shown of ['4.20101E+17', '4E+17', '4.2e17']) expect(read(shown, code), shown).toBe('HL-9109');
  });
});

describe('a code that is a number in a workbook', () => {
  it('is read with the zeros that its format shows, and else with a remark that some may be lost', () => {
    const cell = { kind: 'number', digits: '123', isDate: false } as const;
    expect(readField({ ...cell, leastDigits: 6 }, code)).toEqual({ value: '000123' });
    expect(readField(cell, code)).toEqual({ value: '123', notice: { code: 'HL-9164' } });
    expect(
      readField(cell, { type: 'quantity', measure: 'mass', least: 0, most: 999 }, { unit: 'g' }),
    ).toEqual({
      value: 123,
    });
  });
});

describe('an apostrophe', () => {
  it.each(["'HS-1", '’HS-1', ' ＇HS-1'])('before a code is left out: %s', (written) => {
    expect(read(written, code)).toBe('HS-1');
  });

  it('before a text, or within a code, stays', () => {
    expect(read("'t Hooft", name)).toBe("'t Hooft");
    expect(read("HS'1", code)).toBe("HS'1");
  });
});

describe('several codes in one cell', () => {
  const several: Field = { ...code, several: 3 };

  it.each(['A1、B2', 'A1,B2', 'A1\nB2', ' A1 ；Ｂ２ ', 'A1\r\n\r\nB2'])('are told apart in %j', (written) => {
    expect(read(written, several)).toBe('A1 B2');
  });

  it('are each read as one, and are not too many', () => {
    expect(read('A1', several)).toBe('A1');
    expect(read('A1、4.2E+17', several)).toBe('HL-9109');
    expect(read('A B C D', several)).toBe('HL-9108');
    expect(read(number('12'), several)).toBe('12');
  });
});

describe('an identifier', () => {
  it('of a vehicle is checked, with a remark where its check digit is no error', () => {
    const vin: Field = { type: 'vin' };
    expect(read('ｌｓｖａｍ4186c2123456', vin)).toBe('LSVAM4186C2123456');
    expect(read('LSVAM4186C212345', vin)).toBe('HL-1041');
    expect(read('LSVAM4186C2123457', vin)).toBe('HL-1042');
    expect(readField({ kind: 'text', text: 'WVWZZZ1JZXW000001' }, vin)).toEqual({
      value: 'WVWZZZ1JZXW000001',
      notice: { code: 'HL-9161' },
    });
  });

  it('of an enterprise is checked', () => {
    const body = '91320000MA0DEM001';
    const field: Field = { type: 'creditCode' };
    expect(read(`${body.toLowerCase()}${creditCodeCheck(body)}`, field)).toBe(body + creditCodeCheck(body));
    expect(read(`${body}0`, field)).toBe(creditCodeCheck(body) === '0' ? `${body}0` : 'HL-1031');
    expect(read(number('913200001234567890'), field)).toBe('HL-9109');
  });
});

describe('a code list', () => {
  it.each(['truck', 'TRUCK', '载货汽车', '载 货 汽 车', '货车', 'Goods Vehicle', 'ｔｒｕｃｋ'])(
    'knows %s',
    (written) => {
      expect(read(written, list)).toBe('truck');
    },
  );

  it('knows nothing else, and says what it allows', () => {
    for (const written of ['bus', 'constructor', '__proto__', '1'])
      expect(read(written, list)).toBe('HL-9140');
    expect(read(number('1'), list)).toBe('HL-9140');
    expect(allowedBy(list)).toEqual({
      zh: '载货汽车（truck）、挂车（trailer）',
      en: 'truck (truck), trailer (trailer)',
    });
  });
});

it('a cell of any text is read or refused by any column, and nothing else happens', () => {
  const range = { earliest: '1990-01-01', latest: '2099-12-31' };
  const fields: Field[] = [
    name,
    code,
    list,
    { type: 'vin' },
    { type: 'creditCode' },
    { type: 'date', ...range },
    { type: 'time', ...range, serials: '1900' },
    { type: 'integer', least: 0, most: 9 },
    { type: 'quantity', measure: 'mass', least: 0, most: 9 },
  ];
  const characters = fc.string({ unit: fc.constantFrom(...'0123456789.,-/:年月日TZ+eE kg吨¥\u202e\ud800 ') });
  const cell = fc.oneof(
    fc.oneof(characters, fc.string({ unit: 'binary' })).map((text): Cell => ({ kind: 'text', text })),
    fc.tuple(characters, fc.boolean()).map(([digits, isDate]): Cell => ({ kind: 'number', digits, isDate })),
  );
  fc.assert(
    fc.property(cell, fc.constantFrom(...fields), (given, field) => {
      const reading = readField(given, field, { dateSystem: '1900' });
      if (reading.fault) expect(reading.fault.code).toMatch(/^HL-(91|10)/);
      else
        expect(reading.value).toSatisfy((value) => typeof value === 'string' || Number.isSafeInteger(value));
    }),
    { numRuns: 2000 },
  );
});
