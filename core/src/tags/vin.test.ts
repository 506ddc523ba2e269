import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseVin, vinCheckDigit } from './vin.js';

const error = (code: string): unknown => expect.objectContaining({ code });

describe('a VIN', () => {
  it('has the check digit of 49 CFR 565.15 and GB 16735', () => {
    expect(vinCheckDigit('1M8GDM9AXKP042788')).toBe('X');
    expect(vinCheckDigit('11111111111111111')).toBe('1');
    expect(vinCheckDigit('5GZCZ43D13S812715')).toBe('1');
  });

  it('of the worked examples is valid as it stands there', () => {
    expect(parseVin('LSVAM4186C2123456')).toEqual({ vin: 'LSVAM4186C2123456', checkDigitWrong: false });
  });

  it('typed in small letters and with blanks around is the same', () => {
    expect(parseVin(' lsvam4186c2123456\n').vin).toBe('LSVAM4186C2123456');
  });

  it('with a wrong check digit is refused for China and North America and is only a warning elsewhere', () => {
    expect(() => parseVin('LSVAM4187C2123456')).toThrow(error('HL-1042'));
    expect(() => parseVin('1M8GDM9A0KP042788')).toThrow(error('HL-1042'));
    expect(parseVin('WVWZZZ1JZXW000001').checkDigitWrong).toBe(true);
  });

  it('is refused with I, O or Q, or of another length', () => {
    for (const wrong of [
      'LSVAM4186C212345',
      'LSVAM4186C21234567',
      'ISVAM4186C2123456',
      'LSVAM4186O2123456',
      'LSVAM4186Q2123456',
      'LſVAM4186C2123456',
      '',
    ]) {
      expect(() => parseVin(wrong), wrong).toThrow(error('HL-1041'));
    }
  });

  it('with one digit read wrongly is refused', () => {
    fc.assert(
      fc.property(fc.integer({ min: 10, max: 16 }), fc.nat(9), (place, digit) => {
        const vin = 'LSVAM4186C2123456';
        fc.pre(vin[place] !== String(digit));
        expect(() => parseVin(vin.slice(0, place) + String(digit) + vin.slice(place + 1))).toThrow(
          error('HL-1042'),
        );
      }),
    );
  });
});
