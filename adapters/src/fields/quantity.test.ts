import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Cell } from '../tables/cell.js';
import { readField, type Field, type FieldSurroundings } from './field.js';

const mass: Field = { type: 'quantity', measure: 'mass', least: 0, most: 60_000_000 };
const money: Field = { type: 'quantity', measure: 'money', least: 0, most: 10_000_000_000 };
const pieces: Field = { type: 'integer', least: 1, most: 10_000 };

const text = (value: string): Cell => ({ kind: 'text', text: value });
const number = (digits: string, isDate = false): Cell => ({ kind: 'number', digits, isDate });
const read = (cell: Cell | string, field: Field, surroundings?: FieldSurroundings): unknown => {
  const reading = readField(typeof cell === 'string' ? text(cell) : cell, field, surroundings);
  return reading.fault ? reading.fault.code : reading.value;
};

describe('a mass', () => {
  it.each([
    ['1,234.5 kg', 1_234_500],
    ['１，２３４．５　ｋｇ', 1_234_500],
    ['1.2345t', 1_234_500],
    ['1250公斤', 1_250_000],
    ['1.25 吨', 1_250_000],
    ['3斤', 1500],
    ['950 千克', 950_000],
    ['12克', 12],
    ['0.001 KG', 1],
  ])('%s is read as whole grams', (written, grams) => {
    expect(read(written, mass, { numbers: 'point' })).toBe(grams);
  });

  it('takes its unit from the header, and contradicts it in no cell', () => {
    expect(read('1250', mass, { unit: 'kg' })).toBe(1_250_000);
    expect(read(number('1250.5'), mass, { unit: '公斤' })).toBe(1_250_500);
    expect(read('1250 千克', mass, { unit: 'kg' })).toBe(1_250_000);
    expect(read('1.25 t', mass, { unit: 'kg' })).toBe('HL-9124');
    expect(read('1250', mass)).toBe('HL-9122');
    expect(read('1250 lb', mass)).toBe('HL-9123');
    expect(read('1250 元', mass)).toBe('HL-9123');
    expect(read('1250', mass, { unit: '元' })).toBe('HL-9123');
  });

  it('is neither rounded nor guessed', () => {
    expect(read('1.2345 kg', mass)).toBe('HL-9125');
    expect(read('1,234 kg', mass)).toBe('HL-9121');
    expect(read(number('1.234'), mass, { unit: 't' })).toBe(1_234_000);
    expect(read('61 t', mass)).toBe('HL-9126');
    expect(read('-1 kg', mass)).toBe('HL-9126');
    for (const strange of ['about 5 kg', '5 kg 3', '5-6 kg', 'kg', '1/2 t', '1 2 kg'])
      expect(read(strange, mass, { numbers: 'point' }), strange).toMatch(/^HL-91(20|23)$/);
    expect(read(number('46083', true), mass, { unit: 'kg' })).toBe('HL-9120');
    expect(read({ kind: 'boolean', value: true }, mass, { unit: 'kg' })).toBe('HL-9120');
  });

  it('is the same in kilograms, in tonnes and in grams', () => {
    fc.assert(
      fc.property(fc.nat(60_000_000), (grams) => {
        const fixed = (scale: number): string => {
          const digits = String(grams).padStart(scale + 1, '0');
          return `${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
        };
        for (const written of [`${grams} g`, `${fixed(3)} kg`, `${fixed(6)} t`])
          expect(read(written, mass, { numbers: 'point' })).toBe(grams);
        expect(read(number(fixed(3).replace(/\.?0+$/, '') || '0'), mass, { unit: 'kg' })).toBe(grams);
      }),
    );
  });
});

describe('a sum of money', () => {
  it.each([
    ['¥1,234.50', 123_450],
    ['￥12', 1200],
    ['￥12元', 1200],
    ['￥1.5万元', 1_500_000],
    ['12.5元', 1250],
    ['1.5 万元', 1_500_000],
    ['RMB 3', 300],
    ['7 角', 70],
    ['9分', 9],
  ])('%s is read as whole fen', (written, fen) => {
    expect(read(written, money, { numbers: 'point' })).toBe(fen);
  });

  it('with two units, or finer than a fen, is refused', () => {
    expect(read('¥12 kg', money)).toBe('HL-9120');
    expect(read('0.125 元', money)).toBe('HL-9125');
  });
});

describe('a whole number', () => {
  it('has no unit and no fraction', () => {
    expect(read('1,234,567', { ...pieces, most: 2_000_000 })).toBe(1_234_567);
    expect(read('１２', pieces)).toBe(12);
    expect(read(number('12'), pieces)).toBe(12);
    expect(read('12.0', pieces)).toBe(12);
    expect(read('12.5', pieces)).toBe('HL-9125');
    expect(read('12 台', pieces)).toBe('HL-9120');
    expect(read('0', pieces)).toBe('HL-9126');
  });
});

describe('a cell that holds no value of its own', () => {
  it('is refused for what it is, whatever the column is', () => {
    for (const field of [mass, money, pieces]) {
      expect(read({ kind: 'formula' }, field)).toBe('HL-9102');
      expect(read({ kind: 'error', text: '#REF!' }, field)).toBe('HL-9103');
      const content = { kind: 'text', text: '5 kg' } as const;
      const range = { rows: [2, 3], columns: [0, 0] } as const;
      expect(read({ kind: 'merged', range, content }, field)).toBe('HL-9104');
      expect(read('9'.repeat(40_000), field)).toBe('HL-9106');
    }
  });
});
