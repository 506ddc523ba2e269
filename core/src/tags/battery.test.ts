import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseBatteryCode } from './battery.js';
import { isTag, parseTag, tagOf } from './tag.js';

const error = (code: string): unknown => expect.objectContaining({ code });
const LETTERS = 'ABCDEFGHJKLMNPRSTUVWXYZ';
const part = (length: number) =>
  fc
    .array(fc.constantFrom(...`0123456789${LETTERS}`), { minLength: length, maxLength: length })
    .map((characters) => characters.join(''));
/** Codes whose year and day every reader of them understands alike. */
const codes = fc
  .record({
    maker: part(3),
    level: fc.constantFrom('P', 'M', 'C'),
    chemistry: part(1),
    specification: part(2),
    traceability: part(7),
    date: fc
      .date({ min: new Date('2010-01-01'), max: new Date('2036-12-31'), noInvalidDate: true })
      .map((date) => date.toISOString().slice(0, 10))
      .filter((date) => Number(date.slice(8)) <= 26),
    serial: part(7),
  })
  .map((fields) => {
    const [year = 0, month = 0, day = 0] = fields.date.split('-').map(Number);
    const all = `0123456789${LETTERS}`;
    const date = `${all.charAt(year - 2010)}${all.charAt(month)}${all.charAt(day)}`;
    const { maker, level, chemistry, specification, traceability, serial } = fields;
    return {
      ...fields,
      code: maker + level + chemistry + specification + traceability + date + serial,
    };
  });

describe('the code of a traction battery', () => {
  it('of cells in the trade says what made it, what it is and when', () => {
    expect(parseBatteryCode('04QCB76836300JBC40000903')).toEqual({
      code: '04QCB76836300JBC40000903',
      level: 'cell',
      maker: '04Q',
      chemistry: 'B',
      specification: '76',
      traceability: '836300J',
      produced: '2021-12-04',
      serial: '0000903',
    });
    expect(parseBatteryCode('001CB240000003B3C0221953').produced).toBe('2021-03-12');
    expect(parseBatteryCode('04QCB76830200JD2A0005567').produced).toBe('2023-02-10');
    expect(parseBatteryCode('04QCB52091380JG120006435').produced).toBe('2026-01-02');
    expect(parseBatteryCode('07HCBC1P22G06AC700002596').produced).toBe('2022-07-31');
  });

  it('tells packs, modules and cells apart', () => {
    for (const [letter, level] of [
      ['P', 'pack'],
      ['M', 'module'],
      ['C', 'cell'],
    ]) {
      expect(parseBatteryCode(`001${letter}E2400000039C50000001`)).toMatchObject({
        level,
        produced: '2019-12-05',
      });
    }
  });

  it('leaves open what a character of the date stands for where readers differ', () => {
    expect(parseBatteryCode('001CB240000003B3V0221953').produced).toBe('2021-03');
    expect(parseBatteryCode('001CB240000003U330221953').produced).toBeUndefined();
    for (const [character, day] of [
      ['T', '26'],
      ['U', '27'],
      ['W', '28'],
      ['X', '29'],
      ['Y', '30'],
      ['Z', '31'],
      ['0', '31'],
    ])
      expect(parseBatteryCode(`001CB240000003B3${character}0221953`).produced).toBe(`2021-03-${day}`);
  });

  it('is refused with I or O, Q behind the maker, another product, a month or a day that is none', () => {
    for (const wrong of [
      '001CB240000003B3C022195',
      '001CB240000003B3C02219531',
      'O01CB240000003B3C0221953',
      '001CB24000000IB3C0221953',
      '001CBQ40000003B3C0221953',
      '001XB240000003B3C0221953',
      '001CB240000003BDC0221953',
      '001CB240000003B0C0221953',
      '001CB240000003B4Z0221953',
      '001CB240000003B400221953',
      '001CB240000003B2X0221953',
      '001CB240000003A2Y0221953',
      '',
    ]) {
      expect(() => parseBatteryCode(wrong), wrong).toThrow(error('HL-1045'));
      expect(isTag({ scheme: 'battery', value: wrong }), wrong).toBe(false);
    }
    expect(parseBatteryCode('001CB240000003A2X0221953').produced).toBe('2020-02-29');
    expect(parseBatteryCode('001CB240000003U2X0221953').produced).toBeUndefined();
  });

  it('is put together of its parts', () => {
    fc.assert(
      fc.property(codes, ({ code, date, maker, level, chemistry, specification, traceability, serial }) => {
        const read = parseBatteryCode(code.toLowerCase());
        expect(read).toMatchObject({
          code,
          produced: date,
          maker,
          chemistry,
          specification,
          traceability,
          serial,
        });
        expect(read.level.startsWith(level.toLowerCase())).toBe(true);
        expect(isTag({ scheme: 'battery', value: code })).toBe(true);
        expect(parseTag(`battery:${code}`)).toEqual({ scheme: 'battery', value: code });
      }),
    );
  });

  it('needs no name in front of it when it is right', () => {
    const tag = { scheme: 'battery', value: '001CB240000003B3C0221953' };
    for (const text of [
      '001CB240000003B3C0221953',
      ' 001cb240000003b3c0221953\n',
      '００１ＣＢ２４０００００03B3C0221953',
      'BATTERY：001CB240000003B3C0221953',
    ])
      expect(parseTag(text), text).toEqual(tag);
    expect(() => parseTag('001CB240000003B0C0221953')).toThrow(error('HL-1040'));
    expect(tagOf('001CB240000003B0C0221953').scheme).toBe('label');
    expect(() => parseTag('battery:001CB240000003B0C0221953')).toThrow(error('HL-1045'));
  });

  it('is not what a reader prints of an RFID tag, though it may look alike', () => {
    expect(() => parseTag('302C4257BF7194B1C0001A85')).toThrow(error('HL-1040'));
    expect(parseTag('battery:302CB257BF7194B1C0001A85').scheme).toBe('battery');
  });
});
