import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HuilianError } from '@huilian/core';
import { boundLimit, readCursor, writeCursor } from './cursor.js';

describe('A cursor', () => {
  it('leads back to where the page ended', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string({ unit: 'grapheme' }), fc.maxSafeInteger(), fc.boolean()),
        fc.string(),
        (order, key) => {
          expect(readCursor(writeCursor({ order, key }))).toEqual({ order, key });
        },
      ),
    );
  });

  it('that was made up is refused with a code, whatever it is', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        try {
          readCursor(text);
        } catch (error) {
          expect(error).toBeInstanceOf(HuilianError);
          expect((error as HuilianError).code).toBe('HL-5024');
        }
      }),
    );
  });
});

describe('The length of a page', () => {
  it('is 50 unless asked, at least 1 and at most 1 000', () => {
    expect([undefined, 0, 7, 5_000].map(boundLimit)).toEqual([50, 1, 7, 1_000]);
  });
});
