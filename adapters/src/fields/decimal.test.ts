import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decimalText, readDecimal, wholeNumber, type NumberStyle } from './decimal.js';

const read = (text: string, style?: NumberStyle): unknown => {
  const reading = readDecimal(text, style);
  return reading.fault ? reading.fault.code : decimalText(reading.value);
};

describe('a number that a person wrote', () => {
  it.each([
    ['1234', '1234'],
    ['1,234.5', '1234.5'],
    ['1.234,5', '1234.5'],
    ['1,234,567', '1234567'],
    ['1.234.567', '1234567'],
    ['1,5', '1.5'],
    ['1.5', '1.5'],
    ['1.2345', '1.2345'],
    ['1234,567', '1234.567'],
    ['0.125', '0.125'],
    ['0,125', '0.125'],
    ['-12.50', '-12.50'],
    ['\u221212', '-12'],
    ['+7', '7'],
    ['.5', '0.5'],
    ['007', '7'],
  ])('%s reads the same in both styles, or in one alone', (text, value) => {
    expect(read(text)).toBe(value);
  });

  it('that can be read in two ways is refused with both, unless a style is declared', () => {
    expect(readDecimal('1,234')).toEqual({
      fault: { code: 'HL-9121', details: { readings: '1234 | 1.234' } },
    });
    expect(read('1.234')).toBe('HL-9121');
    expect(read('1,234', 'point')).toBe('1234');
    expect(read('1,234', 'comma')).toBe('1.234');
    expect(read('1.234', 'point')).toBe('1.234');
    expect(read('1.234', 'comma')).toBe('1234');
  });

  it.each([
    '',
    '-',
    '1,23,4',
    '1,2345.6',
    '12,34',
    '1.2.3',
    '1..2',
    '1e5',
    '0x10',
    '1 234',
    'NaN',
    '1,',
    '1.',
    '0,123.4',
    '一',
  ])('%j is none in China', (text) => {
    expect(read(text, 'point')).toBe('HL-9120');
  });

  it('is exact, however it is grouped', () => {
    fc.assert(
      fc.property(fc.bigInt(0n, 10n ** 15n), fc.nat(999), fc.boolean(), (whole, thousandths, negative) => {
        const sign = negative ? '-' : '';
        const decimals = String(thousandths).padStart(3, '0');
        const grouped = (separator: string): string =>
          whole.toString().replace(/\B(?=(?:\d{3})+$)/g, separator);
        const value = whole * 1000n + BigInt(thousandths);
        for (const [style, group, point] of [
          ['point', ',', '.'],
          ['comma', '.', ','],
        ] as const) {
          for (const body of [`${whole}${point}${decimals}`, `${grouped(group)}${point}${decimals}`]) {
            const reading = readDecimal(sign + body, style);
            expect(reading).toEqual({ value: { digits: negative ? -value : value, scale: 3 } });
          }
        }
      }),
    );
  });
});

describe('a quantity in whole units', () => {
  it('comes out even or is refused, and is a safe integer', () => {
    expect(wholeNumber({ digits: 12_345n, scale: 1 }, 1000n)).toEqual({ value: 1_234_500 });
    expect(wholeNumber({ digits: 12_345n, scale: 4 }, 1000n)).toEqual({ fault: { code: 'HL-9125' } });
    expect(wholeNumber({ digits: 10n ** 16n, scale: 0 }, 1n)).toEqual({ fault: { code: 'HL-9126' } });
  });
});
