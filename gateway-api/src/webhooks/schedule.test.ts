import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readRetryAfter, RetrySchedule } from './schedule.js';

const hour = 3_600_000;
const pauses = [5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400];
const exact = new RetrySchedule(pauses, () => 0);

describe('a receiver that fails', () => {
  it('is tried later and later, and given up after three days', () => {
    let now = 0;
    const waited: number[] = [];
    for (let next = exact.next(0, now, undefined); next !== undefined;) {
      waited.push((next - now) / 1_000);
      now = next;
      next = exact.next(0, now, undefined);
    }
    expect(waited).toEqual(pauses);
    expect(now / hour).toBeCloseTo(75.6, 1);
  });

  it('is tried at the next moment of the schedule, however long its failures took', () => {
    expect(exact.next(0, 20_000, undefined)).toBe(305_000);
  });

  it('that asks for a pause gets it, within bounds, and is given up no later', () => {
    expect(exact.next(0, 0, 60_000)).toBe(60_000);
    expect(exact.next(0, 40 * hour, 1)).toBe(40 * hour + 1_000);
    expect(exact.next(0, 0, 1_000 * hour)).toBe(24 * hour);
    expect(exact.next(0, 76 * hour, 1_000)).toBeUndefined();
  });

  it('is never tried before its moment, and at most a fifth after it', () => {
    fc.assert(
      fc.property(
        fc.nat({ max: 75 * hour }),
        fc.float({ min: 0, max: Math.fround(0.99), noNaN: true }),
        (now, random) => {
          const at = exact.next(0, now, undefined) ?? 0;
          const jittered = new RetrySchedule(pauses, () => random).next(0, now, undefined) ?? 0;
          expect(jittered).toBeGreaterThanOrEqual(at);
          expect(jittered - at).toBeLessThanOrEqual((at - now) / 5);
        },
      ),
    );
  });
});

describe('Retry-After', () => {
  const now = Date.parse('Wed, 21 Oct 2026 07:28:00 GMT');
  it.each([
    ['120', 120_000],
    ['0', 0],
    ['Wed, 21 Oct 2026 07:28:30 GMT', 30_000],
    ['Wed, 21 Oct 2020 07:28:30 GMT', 0],
    ['soon', undefined],
    ['soon 1', undefined],
    ['-1', undefined],
    ['1.5', undefined],
    ['', undefined],
    [undefined, undefined],
  ])('%s means %s milliseconds', (header, milliseconds) => {
    expect(readRetryAfter(header, now)).toBe(milliseconds);
  });
});
