import { describe, expect, it } from 'vitest';
import { Pace } from './pace.js';

describe('who is turned away', () => {
  it('is asked to come back when what waits will have been recorded', () => {
    const pace = new Pace();
    expect(pace.secondsFor(1_000_000)).toBe(1);
    for (let now = 0; now <= 10_000; now += 100) pace.recorded(500, now);
    expect(pace.secondsFor(100)).toBe(1);
    expect(pace.secondsFor(20_000)).toBe(4);
    expect(pace.secondsFor(10_000_000)).toBe(30);
  });
});
