import { describe, expect, it } from 'vitest';
import { Pace } from './pace.js';

/** So many groups, each under way for 100 milliseconds and the next behind it. */
function busy(pace: Pace, groups: number, from: number): number {
  for (let group = 0; group < groups; group += 1) pace.left(from + group * 100, from + (group + 1) * 100);
  return from + groups * 100;
}

describe('who is turned away', () => {
  it('is asked to come back when what waits will have left', () => {
    const pace = new Pace();
    expect(pace.secondsFor(1_000, undefined, 0)).toBe(1);
    const now = busy(pace, 100, 0);
    expect(pace.secondsFor(0.1, undefined, now)).toBe(1);
    expect(pace.secondsFor(40, undefined, now)).toBe(4);
    expect(pace.secondsFor(40.5, undefined, now)).toBe(5);
    expect(pace.secondsFor(10_000, undefined, now)).toBe(30);
  });

  it('is not asked to wait longer because little was handed in before', () => {
    const pace = new Pace();
    const hour = 3_600_000;
    for (let events = 0; events < 100; events += 1) pace.left(events * hour, events * hour + 100);
    expect(pace.secondsFor(10, undefined, 100 * hour)).toBe(1);
  });

  it('is asked to wait longer while nothing leaves', () => {
    const pace = new Pace();
    const now = busy(pace, 100, 0);
    expect(pace.secondsFor(10, now, now)).toBe(1);
    expect(pace.secondsFor(10, now, now + 5_000)).toBe(6);
    expect(pace.secondsFor(10, now, now + 60_000)).toBe(30);
  });
});
