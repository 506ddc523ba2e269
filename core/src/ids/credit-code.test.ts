import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { creditCodeNumbered } from '../testing/keys.js';
import { creditCodeCheck, isCreditCode } from './credit-code.js';

/** Codes of listed firms, as they stand in public registers. */
const PUBLISHED = ['91440300708461136T', '914403001922038216', '91110000802100433B', '91310000132260250X'];
const ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';

describe('a unified social credit code', () => {
  it('of a public register has the right check character', () => {
    for (const code of PUBLISHED) {
      expect(creditCodeCheck(code.slice(0, 17)), code).toBe(code[17]);
      expect(isCreditCode(code), code).toBe(true);
    }
  });

  it('is refused in small letters, with blanks, with I, O, S, V or Z, or of another length', () => {
    for (const wrong of [
      '91440300708461136t',
      ' 91440300708461136T',
      '9144030070846113',
      '91440300708461136T0',
      '',
    ]) {
      expect(isCreditCode(wrong), wrong).toBe(false);
    }
    for (const letter of 'IOSVZ') {
      const body = `9144030070846${letter}136`;
      for (const check of ALPHABET) expect(isCreditCode(body + check), body + check).toBe(false);
    }
  });

  it('with one character wrong is refused', () => {
    fc.assert(
      fc.property(fc.nat(1e8), fc.nat(16), fc.constantFrom(...ALPHABET), (number, place, character) => {
        const code = creditCodeNumbered(number);
        expect(isCreditCode(code)).toBe(true);
        fc.pre(code[place] !== character);
        expect(isCreditCode(code.slice(0, place) + character + code.slice(place + 1))).toBe(false);
      }),
    );
  });
});
