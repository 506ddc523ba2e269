import canonicalize from 'canonicalize';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HuilianError } from '../messages/error.js';
import { canonical, canonicalText, MAX_JSON_DEPTH, parseBounded, parseCanonical } from './canonical.js';
import { utf8 } from './encode.js';

const codeOf = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    if (error instanceof HuilianError) return error.code;
    throw error;
  }
  return 'accepted';
};
const read = (text: string): string => codeOf(() => parseCanonical(utf8(text)));
const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth);

/** JSON values of the ledger: integers, well-formed texts, bounded depth. */
const text = fc.string({ unit: 'grapheme' });
const json = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.constant(null),
    fc.boolean(),
    fc.maxSafeInteger(),
    text,
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(
      text.filter((name) => name !== '__proto__'),
      tie('value'),
      { maxKeys: 4 },
    ),
  ),
})).value;

describe('canonical bytes', () => {
  it('sort members by UTF-16 code units (RFC 8785, section 3.2.3)', () => {
    const value = { '\u20ac': 1, '\r': 2, '\ufb33': 3, '1': 4, '\u{1f600}': 5, '\u0080': 6, '\u00f6': 7 };
    expect(canonicalText(value)).toBe(
      '{"\\r":2,"1":4,"\u0080":6,"\u00f6":7,"\u20ac":1,"\u{1f600}":5,"\ufb33":3}',
    );
  });

  it('escape texts as RFC 8785, section 3.2.2.2, does', () => {
    expect(canonicalText('\u20ac$\u000f\nA\'B"\\"/\u007f\u2028')).toBe(
      '"\u20ac$\\u000f\\nA\'B\\"\\\\\\"/\u007f\u2028"',
    );
  });

  it('leave out members that are undefined and refuse what JSON cannot say', () => {
    expect(canonicalText({ b: undefined, a: 1 })).toBe('{"a":1}');
    expect(codeOf(() => canonical(undefined))).toBe('HL-1002');
    expect(codeOf(() => canonical([undefined]))).toBe('HL-1002');
    expect(codeOf(() => canonical({ at: new Date(0) }))).toBe('HL-1002');
    expect(codeOf(() => canonical(new Map([['a', 1]])))).toBe('HL-1002');
    expect(codeOf(() => canonical({ n: 1n }))).toBe('HL-1002');
  });

  it('are refused when a number is no safe integer', () => {
    for (const value of [0.5, NaN, Infinity, 2 ** 53, -(2 ** 53)])
      expect(codeOf(() => canonical(value))).toBe('HL-1004');
    for (const wrong of ['1.5', '1e-1', '9007199254740993', '1e400'])
      expect(read(wrong), wrong).toBe('HL-1004');
    expect(read('9007199254740991')).toBe('accepted');
  });

  it('are accepted in one spelling only', () => {
    for (const wrong of [
      ' 1',
      '1 ',
      '1e2',
      '-0',
      '1.0',
      '"\\u0041"',
      '{"b":1,"a":2}',
      '[1, 2]',
      '"\\/"',
      '"\\u00e9"',
    ])
      expect(read(wrong), wrong).toBe('HL-1001');
    for (const right of ['1', '-1', '0', '100', '"A"', '{"a":2,"b":1}', '[1,2]', '"/"', 'null'])
      expect(read(right), right).toBe('accepted');
  });

  it('are refused when an object holds a name twice, however it is spelled', () => {
    for (const wrong of ['{"a":1,"a":1}', '{"a":1,"a":2}', '{"a":{"b":1,"b":1}}', '[{"a":1,"\\u0061":2}]'])
      expect(read(wrong), wrong).toBe('HL-1006');
    expect(read('{"a":{"a":1},"b":["a","a"]}')).toBe('accepted');
    expect(codeOf(() => parseBounded(utf8('{ "a": 1, "a": 2 }')))).toBe('HL-1006');
    expect(parseBounded(utf8('{ "b": 1, "a": "{\\"b\\":1,\\"b\\":2}" }'))).toEqual({
      b: 1,
      a: '{"b":1,"b":2}',
    });
  });

  it('are refused when they hold a name that libraries treat apart', () => {
    expect(read('{"__proto__":{"custodian":"x"}}')).toBe('HL-1007');
    expect(read('{"constructor":1,"toString":2}')).toBe('accepted');
  });

  it('are refused when nested more deeply than sixteen levels, before a parser recurses', () => {
    expect(read(nested(MAX_JSON_DEPTH))).toBe('accepted');
    expect(read(nested(MAX_JSON_DEPTH + 1))).toBe('HL-1003');
    expect(read('['.repeat(500_000))).toBe('HL-1003');
    expect(read(`"${'['.repeat(100)}\\"${'{'.repeat(100)}"`)).toBe('accepted');
    let deep: unknown = 1;
    for (let i = 0; i < 100_000; i++) deep = [deep];
    expect(codeOf(() => canonical(deep))).toBe('HL-1003');
  });

  it('are refused when a text is not well formed', () => {
    expect(read('"\\ud800"')).toBe('HL-1005');
    expect(read('{"\\udfff":1}')).toBe('HL-1005');
    expect(codeOf(() => canonical('\ud800a'))).toBe('HL-1005');
  });

  it('are refused when they are not JSON or not UTF-8', () => {
    for (const wrong of ['', '{', '{"a"}', 'undefined', "{'a':1}", '[1,]', '\ufeff1', '1 2'])
      expect(read(wrong), wrong).toBe('HL-1002');
    expect(codeOf(() => parseCanonical(Uint8Array.of(0x22, 0xff, 0x22)))).toBe('HL-1002');
    expect(codeOf(() => parseCanonical(Uint8Array.of(0x22, 0xed, 0xa0, 0x80, 0x22)))).toBe('HL-1002');
  });

  it('read back as the value they were made of', () => {
    fc.assert(
      fc.property(json, (value) => {
        expect(canonical(parseCanonical(canonical(value)))).toEqual(canonical(value));
        expect(JSON.parse(canonicalText(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  it('are those that another implementation of RFC 8785 makes', () => {
    fc.assert(
      fc.property(json, (value) => {
        expect(canonicalText(value)).toBe(canonicalize(value));
      }),
    );
  });

  it('never fail with anything but an error of the list, whatever the bytes', () => {
    const bytes = fc.oneof(fc.uint8Array({ maxLength: 200 }), fc.json().map(utf8), text.map(utf8));
    fc.assert(
      fc.property(bytes, (input) => {
        expect(codeOf(() => parseCanonical(input))).toMatch(/^(accepted|HL-100[1-7])$/);
        expect(codeOf(() => parseBounded(input))).toMatch(/^(accepted|HL-100[236])$/);
      }),
      { numRuns: 500 },
    );
  });
});
