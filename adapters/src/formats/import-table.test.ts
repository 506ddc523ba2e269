import { describe, expect, it } from 'vitest';
import { gb18030 } from '../testing/gb18030.js';
import { csv, HEADER, refused, row, short, told, vin, xlsx } from '../testing/intake-list.js';

describe('an intake list', () => {
  it('is read to grams, days and codes, from CSV and XLSX alike', async () => {
    const values = {
      certificateNumber: 'ZM-00001',
      vin: vin(1),
      vehicleType: 'passengerCar',
      intakeDate: '2026-03-02',
      netMassGrams: 1_250_500,
      ownerKind: 'individual',
    };
    for (const bytes of [csv(HEADER, row(1)), await xlsx(HEADER, row(1, 1250.5))]) {
      const { summary, results } = await told(bytes);
      expect(results).toEqual([expect.objectContaining({ status: 'accepted', values, issues: [] })]);
      expect(summary).toMatchObject({ rows: { accepted: 1, refused: 0, repeated: 0 }, remarks: [] });
    }
  });

  it('has English headers, in any order and width, behind titles and empty rows', async () => {
    const bytes = csv(
      ['某某报废汽车回收公司', '', '', '', '', '', ''],
      ['', '', '', '', '', '', ''],
      [
        'ＶＩＮ',
        '* Certificate Number',
        'Owner_Kind',
        'Net weight / T',
        'Vehicle Type:',
        'intake date',
        'note',
      ],
      [vin(1), 'ZM-00001', 'Organisation', '1.25', 'Truck', '20260302', 'x'],
    );
    const { summary, results } = await told(bytes);
    expect(results).toMatchObject([
      {
        place: { row: 4 },
        values: { netMassGrams: 1_250_000, ownerKind: 'organisation', vehicleType: 'truck' },
      },
    ]);
    expect(summary.sheets).toMatchObject([{ headerRow: 3, columns: { length: 6 } }]);
    expect(summary.remarks).toMatchObject([
      { code: 'HL-9030', message: { en: expect.stringContaining('note') } },
    ]);
  });

  it('without a required column, or with one twice, is refused whole and says which', async () => {
    const missing = await refused(csv(HEADER.slice(0, 5), row(1)));
    expect(missing).toMatchObject({ code: 'HL-9011', details: { row: 1, missing: '车主类型 / owner kind' } });
    const twice = await refused(csv([...HEADER, '净重(t)'], [...row(1), '1']));
    expect(twice).toMatchObject({ code: 'HL-9012', details: { columns: 'E 净重(kg) | G 净重(t)' } });
    expect(await refused(csv(['', '']))).toMatchObject({ code: 'HL-9014' });
  });

  it('tells all faults of a row at once, each with its place, what stands there and what is allowed', async () => {
    const bytes = csv(HEADER, row(1), ['', 'LSVAM4186C2123457', '飞机', '03/02/2026', '1,2 kg', '=A1']);
    const outcome = await told(bytes);
    expect(short(outcome)).toEqual([
      [2, 'accepted'],
      [3, 'refused', 'A HL-9101', 'B HL-1042', 'C HL-9140', 'D HL-9131', 'E HL-9120', 'F HL-9140'],
    ]);
    expect(outcome.results[1]?.issues[2]).toMatchObject({
      name: 'code.unknown',
      kind: 'refusal',
      place: { row: 3, column: 'C', header: '车辆类型' },
      found: '飞机',
      allowed: {
        zh: expect.stringContaining('摩托车（motorcycle）'),
        en: expect.stringContaining('motorcycle'),
      },
      message: { zh: expect.stringContaining('代码表'), en: expect.stringContaining('code list') },
    });
    expect(outcome.results[1]?.issues[3]?.message.en).toContain('2026-02-03 | 2026-03-02');
  });

  it('cuts what it found and spells out what does not show', async () => {
    const { results } = await told(csv(HEADER, ['x\u202e'.repeat(100), ...row(1).slice(1)]));
    const [found = ''] = results.flatMap(({ issues }) => issues.map((each) => each.found));
    expect(found).toMatch(/^x\\u202e/);
    expect(found).not.toContain('\u202e');
    expect(found.endsWith('…')).toBe(true);
  });

  it('leaves personal data out, and says so', async () => {
    const { summary, results } = await told(
      csv([...HEADER, '车牌号', '车主', '备注'], [...row(1), '粤B12345', '张三', '无']),
    );
    expect(summary.remarks).toMatchObject([
      { code: 'HL-9030', message: { zh: expect.stringContaining('备注') } },
      { code: 'HL-9031', message: { zh: expect.stringContaining('车牌号, 车主') } },
    ]);
    expect(JSON.stringify(results)).not.toMatch(/粤B|张三/);
  });

  it('refuses a CSV row that has more cells than the header', async () => {
    const bytes = csv(HEADER, [...row(1), ''], [...row(2), '5']);
    expect(short(await told(bytes))).toEqual([
      [2, 'accepted'],
      [3, 'refused', 'G HL-9110'],
    ]);
  });

  it('does not repeat an IMEI that stands beside the header', async () => {
    const { results } = await told(csv(HEADER, [...row(1), 'IMEI 490154203237518'], [...row(2), 'x']));
    expect(results).toMatchObject([{ status: 'refused' }, { issues: [{ code: 'HL-9110', found: 'x' }] }]);
    expect(JSON.stringify(results)).not.toContain('490154203237518');
  });

  it('takes no unit for granted and no vehicle from tomorrow', async () => {
    const header = HEADER.map((each) => each.replace('(kg)', ''));
    const bytes = csv(header, row(1), row(2, '1250 kg'), row(3, '1.25吨'));
    expect(short(await told(bytes))).toEqual([
      [2, 'refused', 'E HL-9122'],
      [3, 'accepted'],
      [4, 'accepted'],
    ]);
    expect(short(await told(csv(HEADER, row(1)), { today: '2026-03-01' }))).toEqual([
      [2, 'refused', 'D HL-9133'],
    ]);
  });

  it('reads numbers in the style of the sender', async () => {
    const bytes = csv(HEADER, row(1, '1.250,5'), row(2, '1.250'));
    expect(short(await told(bytes))).toEqual([
      [2, 'refused', 'E HL-9120'],
      [3, 'refused', 'E HL-9126'],
    ]);
    const { results } = await told(bytes, { numbers: 'comma' });
    expect(results).toMatchObject([
      { values: { netMassGrams: 1_250_500 } },
      { values: { netMassGrams: 1_250_000 } },
    ]);
  });

  it('tells how it was decoded', async () => {
    const text = csv(HEADER, row(1)).toString();
    expect((await told(gb18030(text))).summary).toMatchObject({
      kind: 'csv',
      encoding: 'gb18030',
      delimiter: ',',
    });
    expect((await told(await xlsx(HEADER, row(1)))).summary).toMatchObject({
      kind: 'xlsx',
      dateSystem: '1900',
    });
  });

  it('that is damaged behind good rows is refused whole', async () => {
    const bytes = csv(HEADER, row(1));
    expect(await refused(Buffer.concat([bytes, Buffer.from('\r\n"ZM-2')]))).toMatchObject({
      code: 'HL-9010',
      details: { row: 3 },
    });
  });

  it('that was printed page by page says its header again, and has a sum and a signature below it', async () => {
    const bytes = csv(
      ['序号', ...HEADER],
      ['1', ...row(1)],
      ['序号', ...HEADER],
      ['2', ...row(2)],
      ['合计', '', '', '', '', '2501', ''],
      ['制表人：', '', '', '审核人：', '', '', ''],
    );
    expect(short(await told(bytes))).toEqual([
      [2, 'accepted'],
      [3, 'repeated', 'HL-9162'],
      [4, 'accepted'],
      [5, 'refused', 'HL-9111'],
      [6, 'refused', 'HL-9111'],
    ]);
  });
});
