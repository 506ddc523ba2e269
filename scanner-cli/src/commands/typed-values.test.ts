import { HuilianError } from '@huilian/core';
import { describe, expect, it } from 'vitest';
import { creditCode, gramsOf } from './item-events.js';
import { dayStart, isDay } from './key-administration.js';
import { slipOf } from './registration.js';

const refused = (form: string): unknown =>
  expect.objectContaining({ code: 'HL-7031', details: expect.objectContaining({ expected: form }) });

describe('a mass as a worker types it', () => {
  it.each([
    ['48500', 48_500],
    ['48500g', 48_500],
    ['48kg', 48_000],
    ['12.5kg', 12_500],
    ['0.005 kg', 5],
    ['４８．５ｋｇ', 48_500],
    ['1350公斤', 1_350_000],
    ['1350千克', 1_350_000],
    ['300克', 300],
  ])('%s is %i grams', (typed, grams) => {
    expect(gramsOf(typed, '--mass')).toBe(grams);
  });

  it.each(['1,350kg', '12.5', '1.2345kg', '-3kg', '', 'kg', '007', '1e3'])(
    '“%s” is refused with an example',
    (typed) => {
      expect(() => gramsOf(typed, '--mass')).toThrow(refused('48500, 48.5kg'));
    },
  );
});

describe('a day as an administrator types it', () => {
  it('is a day of the calendar', () => {
    expect(dayStart('2026-03-02', '--from')).toBe(1_772_380_800);
    expect(['2026-02-30', '2026-13-01', '02/03/2026', '2026-3-2', ''].map(isDay)).not.toContain(true);
    expect(isDay('2028-02-29')).toBe(true);
  });

  it('is refused by the name of its option', () => {
    try {
      dayStart('2027-02-30', '--valid-from');
      expect.unreachable();
    } catch (error) {
      expect(error).toBeInstanceOf(HuilianError);
      expect((error as HuilianError).details).toEqual({ option: '--valid-from', expected: 'YYYY-MM-DD' });
    }
  });
});

describe('who gave something up', () => {
  it('is the number of a slip and never a name', () => {
    expect(slipOf({ from: 'household:SLIP-0001' }, 'from')).toEqual({ kind: 'household', slip: 'SLIP-0001' });
    expect(() => slipOf({ from: 'household:张三' }, 'from')).toThrow(
      refused('household:SLIP-0001, public:…, participant:…'),
    );
  });
});

it('a credit code that is none is refused with the option that bears it', () => {
  expect(() => creditCode({ to: '91320000MA0DEM001X' }, 'to')).toThrow(
    expect.objectContaining({ code: 'HL-1031', details: { option: '--to', value: '91320000MA0DEM001X' } }),
  );
});
