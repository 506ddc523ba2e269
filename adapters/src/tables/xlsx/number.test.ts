import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { plainDigits } from './number.js';

describe('a number of an XLSX file', () => {
  it.each([
    ['1234.4000000000001', '1234.4'],
    ['0.30000000000000004', '0.3'],
    ['1.5E-3', '0.0015'],
    ['-1.5e+3', '-1500'],
    ['1E22', '10000000000000000000000'],
    ['12345678901234567', '12345678901234600'],
    ['999999999999999.9', '1000000000000000'],
    ['.5', '0.5'],
    ['007.50', '7.5'],
    ['-0.0', '0'],
    ['0', '0'],
  ])('%s is shown as %s', (text, shown) => {
    expect(plainDigits(text)).toBe(shown);
  });

  it.each(['', '.', '1.2.3', 'NaN', 'Infinity', '0x10', '1e9999', '1 2', '１'])('%j is none', (text) => {
    expect(plainDigits(text)).toBeUndefined();
  });

  it('of up to 15 digits survives the way through a binary fraction', () => {
    const written = fc.tuple(fc.bigInt(1n, 10n ** 15n - 1n), fc.nat(12));
    fc.assert(
      fc.property(written, ([digits, scale]) => {
        const text = `${digits}e-${scale}`;
        const binary = Number(text).toPrecision(17);
        expect(plainDigits(binary)).toBe(plainDigits(text));
      }),
    );
  });
});
