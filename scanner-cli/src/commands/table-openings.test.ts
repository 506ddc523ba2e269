import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { formats, type RowResult } from '@huilian/adapters';
import { amountCommitment, priceCommitment } from '@huilian/core';
import { afterAll, describe, expect, it } from 'vitest';
import { TableOpenings } from './table-openings.js';

const SALT = 'AAECAwQFBgcICQoLDA0ODw';
const folder = mkdtempSync(join(tmpdir(), 'huilian-openings-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const recorded = (values: object): RowResult => ({
  status: 'accepted',
  place: { row: 2 },
  issues: [],
  values: values as Extract<RowResult, { status: 'accepted' }>['values'],
});
const format = (name: string) => {
  const found = formats[name];
  if (!found) throw new Error(name);
  return found;
};

describe('the file of openings of a table', () => {
  it('keeps each amount that was recorded once, however often the table is imported', async () => {
    const file = join(folder, 'openings.jsonl');
    const approved = recorded({ vin: 'x', lines: [{ line: 1, amountFen: 350_000, salt: SALT }] });
    const paid = recorded({ amountFen: 100, salt: SALT, lines: [{ line: 1 }] });
    const sold = recorded({ priceFen: 3, corePriceFen: 2, depositFen: 1, salt: SALT });
    const refused: RowResult = { status: 'refused', place: { row: 3 }, issues: [] };
    for (const round of [1, 2]) {
      const openings = await TableOpenings.of({ openings: file }, format('linesApproved'), 'en');
      for (const result of [approved, approved, paid, sold, refused]) openings?.add(result);
      await openings?.keep();
      const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
      expect(
        lines.map((line) => JSON.parse(line) as unknown),
        `round ${round}`,
      ).toEqual([
        {
          commitment: amountCommitment({ amountFen: 350_000, salt: SALT }),
          amountFen: 350_000,
          salt: SALT,
        },
        { commitment: amountCommitment({ amountFen: 100, salt: SALT }), amountFen: 100, salt: SALT },
        {
          commitment: priceCommitment({ priceFen: 3, corePriceFen: 2, depositFen: 1, salt: SALT }),
          priceFen: 3,
          corePriceFen: 2,
          depositFen: 1,
          salt: SALT,
        },
      ]);
    }
    expect(statSync(file).mode & 0o077).toBe(0);
  });

  it('is asked for where a table has amounts, before anything is read, and nowhere else', async () => {
    await expect(TableOpenings.of({}, format('linesPaid'), 'en')).rejects.toMatchObject({ code: 'HL-7031' });
    expect(await TableOpenings.of({}, format('lossReported'), 'en')).toBeUndefined();
    writeFileSync(join(folder, 'file'), '');
    const below = join(folder, 'file', 'openings.jsonl');
    await expect(TableOpenings.of({ openings: below }, format('linesPaid'), 'en')).rejects.toMatchObject({
      code: 'HL-7032',
    });
  });
});
