import { describe, expect, it } from 'vitest';
import { csv, HEADER, row, short, told } from '../testing/intake-list.js';

describe('a list in which a key stands twice', () => {
  it('refuses the later of two rows with one key and names the first; a repetition counts once', async () => {
    const other = row(1, '900');
    const bytes = csv(HEADER, row(1), row(2), row(1), other, row(1), [
      'ｚＭ－００００２',
      ...row(2).slice(1),
    ]);
    const outcome = await told(bytes);
    expect(short(outcome)).toEqual([
      [2, 'accepted'],
      [3, 'accepted'],
      [4, 'repeated', 'HL-9160'],
      [5, 'refused', 'HL-9150'],
      [6, 'repeated', 'HL-9160'],
      [7, 'repeated', 'HL-9160'],
    ]);
    expect(outcome.results[3]?.issues[0]).toMatchObject({
      found: 'ZM-00001',
      message: { en: expect.stringContaining('firstRow: 2'), zh: expect.stringContaining('先出现的行：2') },
    });
    expect(outcome.summary.rows).toEqual({ accepted: 2, refused: 1, repeated: 3 });
    expect(outcome.summary.remarks.map(({ code }) => code)).toEqual(['HL-9034']);
  });

  it('takes no row in place of an earlier one that was refused for another fault', async () => {
    expect(short(await told(csv(HEADER, row(1, 'heavy'), row(1))))).toEqual([
      [2, 'refused', 'E HL-9120'],
      [3, 'refused', 'HL-9150'],
    ]);
  });
});
