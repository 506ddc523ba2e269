import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  beforeBlock,
  firstPositionOf,
  positionIn,
  positionOf,
  readPosition,
  showPosition,
  type Place,
} from './position.js';

const place = fc.record({
  block: fc.nat({ max: 9_999_999_999 }),
  transaction: fc.nat({ max: 99_999 }),
  index: fc.nat({ max: 99_999 }),
});

describe('A position', () => {
  it('sorts as text as the ledger does', () => {
    fc.assert(
      fc.property(place, place, (a, b) => {
        expect(Math.sign(compare(positionOf(a), positionOf(b)))).toBe(Math.sign(order(a, b)));
      }),
    );
  });

  it('is read back, shown with or without leading zeros', () => {
    fc.assert(
      fc.property(place, (a) => {
        expect(readPosition(positionOf(a))).toEqual(a);
        expect(readPosition(showPosition(positionOf(a)))).toEqual(a);
      }),
    );
  });

  it('comes after the beginning of its block and before that of the next', () => {
    fc.assert(
      fc.property(place, (a) => {
        expect(positionOf(a) > beforeBlock(a.block)).toBe(true);
        if (a.block < 9_999_999_999) expect(positionOf(a) < beforeBlock(a.block + 1)).toBe(true);
      }),
    );
  });

  it('tells the position of the first event of its batch', () => {
    fc.assert(
      fc.property(place, fc.nat({ max: 999 }), (first, index) => {
        const position = positionOf({ ...first, index: first.index + index });
        if (first.index + index <= 99_999) expect(firstPositionOf(position, index)).toBe(positionOf(first));
      }),
    );
  });

  it('begins the key of an event and of its mentions', () => {
    const position = positionOf({ block: 1, transaction: 2, index: 3 });
    expect([position, `${position}/hl1x`].map(positionIn)).toEqual([position, position]);
  });

  it.each(['', '1', '1.2', '1.2.3.4', '1.2.x', '-1.0.0', '1.2.3 ', '12345678901.0.0'])(
    'is not %j',
    (text) => {
      expect(readPosition(text)).toBeUndefined();
    },
  );
});

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function order(a: Place, b: Place): number {
  return a.block - b.block || a.transaction - b.transaction || a.index - b.index;
}
