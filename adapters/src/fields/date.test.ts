import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Cell } from '../tables/cell.js';
import { dayOfSerial, serialOfDay } from './calendar.js';
import type { DateField } from './date.js';
import { readField, type FieldSurroundings } from './field.js';
import type { TimeField } from './time.js';

const field: DateField = { type: 'date', earliest: '1990-01-01', latest: '2099-12-31' };
const time: TimeField = { type: 'time', earliest: '1990-01-01', latest: '2099-12-31' };

const number = (digits: string, isDate = false): Cell => ({ kind: 'number', digits, isDate });
const read = (
  cell: Cell | string,
  column: DateField | TimeField = field,
  around?: FieldSurroundings,
): unknown => {
  const reading = readField(typeof cell === 'string' ? { kind: 'text', text: cell } : cell, column, around);
  return reading.fault ? reading.fault.code : reading.value;
};

describe('a day', () => {
  it.each([
    '2026-03-02',
    '2026/3/2',
    '2026.3.2',
    '2026年3月2日',
    '2026 年 03 月 02 日',
    '2026年3月2号',
    '20260302',
    '２０２６－０３－０２',
    '２０２６年３月２日',
    '2026-03-02 14:33:07',
    '2026/3/2 0:00',
    '2026-03-02T14:33:07.123+08:00',
    '2026年3月2日 14时33分',
    '2026年3月2日14:33',
  ])('%s is read', (written) => {
    expect(read(written)).toBe('2026-03-02');
  });

  it('is read as the column declares where the year comes last', () => {
    expect(read('03/02/2026', { ...field, order: 'dmy' })).toBe('2026-02-03');
    expect(read('03/02/2026', { ...field, order: 'mdy' })).toBe('2026-03-02');
    expect(read('25/02/2026', { ...field, order: 'mdy' })).toBe('HL-9132');
  });

  it('that can be read in two ways is refused with both, one that cannot is not', () => {
    const cell: Cell = { kind: 'text', text: '03/02/2026' };
    expect(readField(cell, field).fault).toEqual({
      code: 'HL-9131',
      details: { readings: '2026-02-03 | 2026-03-02' },
    });
    expect(read('25/02/2026')).toBe('2026-02-25');
    expect(read('02-25-2026')).toBe('2026-02-25');
    expect(read('03.03.2026')).toBe('2026-03-03');
  });

  it.each(['2026-02-29', '2026-13-01', '2026-00-10', '2026年4月31日', '20260231', '32/01/2026'])(
    '%s is none',
    (written) => {
      expect(read(written)).toBe('HL-9132');
    },
  );

  it.each([
    'yesterday',
    '26-03-02',
    '2026-03/02',
    '2026-3',
    '3月2日',
    '2026-03-02 noon',
    '2026-03-02 25',
    '2026-03-02T23:30Z',
    '二〇二六年三月二日',
  ])('%s is not understood', (written) => {
    expect(read(written)).toBe('HL-9130');
  });

  it('outside of the range of its column, or after today, is refused', () => {
    expect(read('1989-12-31')).toBe('HL-9133');
    expect(read('2100-01-01')).toBe('HL-9133');
    expect(read('2026-03-03', field, { today: '2026-03-02' })).toBe('HL-9133');
    expect(read('2026-03-02', field, { today: '2026-03-02' })).toBe('2026-03-02');
  });

  it('of XLSX is counted in the date system of the file, formatted as a date or not', () => {
    expect(read(number('46083', true), field, { dateSystem: '1900' })).toBe('2026-03-02');
    expect(read(number('46083'), field, { dateSystem: '1900' })).toBe('2026-03-02');
    expect(read(number('44621', true), field, { dateSystem: '1904' })).toBe('2026-03-02');
    expect(read(number('46083.99999', true), field, { dateSystem: '1900' })).toBe('2026-03-02');
    expect(read(number('20260302'), field, { dateSystem: '1900' })).toBe('2026-03-02');
    expect(read(number('20260302', true), field)).toBe('HL-9130');
    expect(read(number('-1'), field)).toBe('HL-9130');
    expect(read(number('9999999'), field)).toBe('HL-9132');
  });

  it('as a serial number in text is taken only where its date system is declared', () => {
    expect(read('46083')).toBe('HL-9134');
    expect(read('46083', { ...field, serials: '1900' })).toBe('2026-03-02');
    expect(read('44621', { ...field, serials: '1904' })).toBe('2026-03-02');
  });

  it('survives the way into every form and back', () => {
    const day = fc
      .date({ min: new Date('1990-01-01'), max: new Date('2099-12-31T23:59:59Z'), noInvalidDate: true })
      .map((date) => date.toISOString().slice(0, 10));
    fc.assert(
      fc.property(day, (iso) => {
        const [year = '', month = '', date = ''] = iso.split('-');
        const [m, d] = [Number(month), Number(date)];
        for (const written of [`${year}/${m}/${d}`, `${year}年${m}月${d}日`, year + month + date])
          expect(read(written)).toBe(iso);
        expect(read(`${d}/${m}/${year}`, { ...field, order: 'dmy' })).toBe(iso);
        for (const system of ['1900', '1904'] as const) {
          const serial = serialOfDay(iso, system);
          expect(read(number(String(serial), true), field, { dateSystem: system })).toBe(iso);
          expect(read(String(serial), { ...field, serials: system })).toBe(iso);
        }
      }),
    );
  });
});

describe('a serial number', () => {
  it('counts the day that Excel invented, and gives none for it', () => {
    expect([1, 59, 60, 61].map((serial) => dayOfSerial(serial, '1900'))).toEqual([
      '1900-01-01',
      '1900-02-28',
      undefined,
      '1900-03-01',
    ]);
    expect([0, 1462].map((serial) => dayOfSerial(serial, '1904'))).toEqual(['1904-01-01', '1908-01-02']);
    expect([0, -1, 2_958_466, 1e9].map((serial) => dayOfSerial(serial, '1900'))).toEqual(
      Array(4).fill(undefined),
    );
    expect(dayOfSerial(2_958_465, '1900')).toBe('9999-12-31');
  });
});

describe('a time', () => {
  const noon = Date.parse('2026-03-02T12:00:00+08:00') / 1000;

  it.each([
    ['2026-03-02 12:00', noon],
    ['2026/3/2 12:00:00', noon],
    ['2026年3月2日 12时00分00秒', noon],
    ['2026-03-02T04:00:00Z', noon],
    ['2026-03-02T04:00:00.500Z', noon],
    ['2026-03-02T13:00:00+0900', noon],
    ['20260302 12:00:01', noon + 1],
  ])('%s is read at UTC+8 unless it says another zone', (written, seconds) => {
    expect(read(written, time)).toBe(seconds);
  });

  it('of XLSX is read to the second', () => {
    expect(read(number('46083.5', true), time, { dateSystem: '1900' })).toBe(noon);
    expect(read(number('46083.5000115741', true), time, { dateSystem: '1900' })).toBe(noon + 1);
    expect(read(number('46083.9999999', true), time, { dateSystem: '1900' })).toBe(noon + 43_200);
  });

  it('is no day alone, and no time that no clock shows', () => {
    expect(read('2026-03-02', time)).toBe('HL-9135');
    expect(read('2026-03-02 24:00', time)).toBe('HL-9132');
    expect(read('2026-03-02 12:60', time)).toBe('HL-9132');
    expect(read('2026-03-02 12:00+25:00', time)).toBe('HL-9132');
    expect(read('2100-01-01 00:00', time)).toBe('HL-9133');
  });

  it('survives the way into an XLSX file and back', () => {
    const [from, to] = [Date.UTC(1990, 0, 2) / 1000, Date.UTC(2099, 11, 30) / 1000];
    fc.assert(
      fc.property(fc.integer({ min: from, max: to }), fc.constantFrom('1900', '1904'), (seconds, system) => {
        const here = new Date((seconds + 28_800) * 1000).toISOString();
        const share = ((seconds + 28_800) % 86_400) / 86_400;
        const serial = (serialOfDay(here.slice(0, 10), system) + share).toPrecision(15).replace(/\.?0+$/, '');
        expect(read(number(serial, true), time, { dateSystem: system })).toBe(seconds);
        expect(read(`${here.slice(0, 10)} ${here.slice(11, 19)}`, time)).toBe(seconds);
      }),
    );
  });
});
