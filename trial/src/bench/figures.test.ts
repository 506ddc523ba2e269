import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { figure, median, percentile, table } from './figures.js';

const numbers = fc.array(fc.double({ noNaN: true, min: 0, max: 1e6 }), { minLength: 1, maxLength: 60 });

describe('a percentile', () => {
  it('is the smallest value that so many per cent do not exceed', () => {
    fc.assert(
      fc.property(numbers, fc.integer({ min: 1, max: 100 }), (values, percent) => {
        const found = percentile(values, percent);
        const atMost = values.filter((value) => value <= found).length;
        const below = values.filter((value) => value < found).length;
        expect(values).toContain(found);
        expect(atMost * 100).toBeGreaterThanOrEqual(percent * values.length);
        expect(below * 100).toBeLessThan(percent * values.length);
      }),
    );
  });

  it('of a hundred values is the value of that rank', () => {
    const values = Array.from({ length: 100 }, (_, i) => 100 - i);
    expect([50, 95, 99, 100].map((percent) => percentile(values, percent))).toEqual([50, 95, 99, 100]);
    expect(percentile([], 50)).toBeNaN();
  });
});

describe('a figure', () => {
  it('is the median with its range, to three digits', () => {
    expect(median([4, 1, 3, 2])).toBe(2.5);
    expect(figure('ms', [1234.5, 12, 7.0049])).toEqual({ unit: 'ms', median: 12, min: 7, max: 1230 });
  });

  it('says of each target whether the median reaches it', () => {
    const { targets } = figure('times', [50, 61, 900], { atLeast: 60 }, { atLeast: 100 });
    expect(targets?.map(({ reached }) => reached)).toEqual([true, false]);
    expect(figure('ms', [150], { below: 150 }).targets?.[0]?.reached).toBe(false);
    expect(figure('ms', [149], { below: 150 }).targets?.[0]?.reached).toBe(true);
    expect(table({ ratio: figure('times', [61], { atLeast: 60 }) })).toMatch(
      /ratio .* 61 .* ≥ 60: reached\n/,
    );
  });

  it('of nothing reaches no target', () => {
    expect(figure('ms', [], { below: 150 }).targets?.[0]?.reached).toBe(false);
  });
});
