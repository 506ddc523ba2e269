import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { HuilianError } from '../messages/error.js';
import { imeiCheckDigit, imeiTag, looksLikeImei, parseImei } from './imei.js';
import { isTag, parseTag, tagOf, type Tag } from './tag.js';

const error = (code: string): unknown => expect.objectContaining({ code });
const pepper = new Uint8Array(32).fill(7);
/** Of 3GPP TS 23.003, and one with a type code that is given out today. */
const IMEI = '490154203237518';
const TODAY = '352099001761481';

const imeis = fc
  .tuple(fc.constantFrom('35', '86', '01', '99', '49'), fc.integer({ min: 0, max: 999_999_999_999 }))
  .map(([body, rest]) => `${body}${String(rest).padStart(12, '0')}`)
  .map((digits) => digits + imeiCheckDigit(digits));

describe('an IMEI', () => {
  it('has 15 digits of which the last is a check digit', () => {
    for (const text of [
      IMEI,
      '49-015420-323751-8',
      '49 015420 323751 8',
      ' ４９０１５４２０３２３７５１８ ',
      `${IMEI}\n`,
    ])
      expect(parseImei(text), text).toBe(IMEI);
    expect(imeiCheckDigit('35209900176148')).toBe('1');
  });

  it('is refused with another number of digits, all zero or with a wrong check digit', () => {
    for (const wrong of [
      '',
      '49015420323751',
      `${IMEI}0`,
      '000000000000000',
      '49015420323751A',
      'A10000009296F2',
    ])
      expect(() => parseImei(wrong), wrong).toThrow(error('HL-1046'));
    expect(() => parseImei('490154203237519')).toThrow(error('HL-1047'));
  });

  it('with one digit wrong, or two neighbours that are not 0 and 9 exchanged, is refused', () => {
    fc.assert(
      fc.property(imeis, fc.nat(14), fc.nat(9), (imei, place, digit) => {
        fc.pre(imei[place] !== String(digit));
        expect(() => parseImei(imei.slice(0, place) + String(digit) + imei.slice(place + 1))).toThrow(
          error('HL-1047'),
        );
        const [a = '', b = ''] = imei.slice(place, place + 2);
        fc.pre(a !== b && b !== '' && !'09,90'.includes(a + b));
        expect(() => parseImei(imei.slice(0, place) + b + a + imei.slice(place + 2))).toThrow(
          error('HL-1047'),
        );
      }),
    );
  });

  it('gives the same tag however it was typed, another under another pepper', () => {
    const tag = imeiTag(IMEI, pepper);
    expect(tag).toEqual({
      scheme: 'imei',
      value: '12571fb4d1f08d0034dd6a19bc39e9585db80c853d5884918a23252814ed5b43',
    });
    expect(imeiTag('49-015420-323751-8', pepper)).toEqual(tag);
    expect(imeiTag(IMEI, new Uint8Array(32).fill(8))).not.toEqual(tag);
    expect(imeiTag(TODAY, pepper)).not.toEqual(tag);
    expect(isTag(tag)).toBe(true);
    expect(parseTag(`imei:${tag.value}`)).toEqual(tag);
  });

  it('gets no tag under a pepper that could be guessed', () => {
    for (const length of [0, 16, 31])
      expect(() => imeiTag(IMEI, new Uint8Array(length)), String(length)).toThrow(error('HL-1049'));
  });

  it('never is a tag in clear, and no error repeats it', () => {
    fc.assert(
      fc.property(imeis, (imei) => {
        const spaced = `${imei.slice(0, 2)}-${imei.slice(2, 8)}-${imei.slice(8, 14)}-${imei.slice(14)}`;
        const tags: Tag[] = [
          { scheme: 'imei', value: imei },
          { scheme: 'imei', value: spaced },
          { scheme: 'serial', value: imei },
          { scheme: 'serial', value: spaced },
          { scheme: 'label', value: imei },
          { scheme: 'gs1', value: `01/09506000134352/21/${imei}` },
        ];
        for (const tag of tags) expect(isTag(tag), JSON.stringify(tag)).toBe(false);
        for (const text of [
          imei,
          spaced,
          `IMEI:${imei}`,
          `imei：${spaced}`,
          `serial:${imei}`,
          `https://id.gs1.org/01/09506000134352/21/${imei}`,
        ]) {
          // Not a digest of it either: all there are could be tried in a day.
          expect(() => tagOf(text), text).toThrow(error('HL-1048'));
          try {
            tagOf(text);
          } catch (thrown) {
            const { details, message } = thrown as HuilianError;
            expect(`${JSON.stringify(details)}${message}`).not.toContain(imei.slice(2, 14));
          }
        }
      }),
    );
  });

  it('is not every number of 15 digits', () => {
    expect(looksLikeImei(TODAY)).toBe(true);
    expect(looksLikeImei('352099001761482')).toBe(false);
    // The check digit is right, no body ever gave out 75.
    expect(imeiCheckDigit('75209900176148')).toBe('7');
    expect(parseTag('serial:752099001761487')).toEqual({ scheme: 'serial', value: '752099001761487' });
    expect(isTag({ scheme: 'serial', value: '352099001761482' })).toBe(true);
    expect(tagOf('3520990017614810').scheme).toBe('label');
  });
});
