import { describe, expect, it } from 'vitest';
import { shopCode } from './morning.js';
import { mongoKind, sqliteKind } from './sites.js';
import { DAY, dismantlerCode, TimedLedger } from './timed.js';

describe.each([sqliteKind(), mongoKind()])('Questions about time limits, in $name', (kind) => {
  const at = new TimedLedger(kind);

  it('find what is due and what is overdue at a moment, page by page, in the order of the due days', async () => {
    at.terms();
    const cars: string[] = [];
    for (let day = 0; day < 6; day += 1) {
      cars.push(at.takenIn());
      at.wait(1);
    }
    await at.project();
    // The third is due on 30 September: it is overdue from the first second of 1 October.
    const now = at.played.ledger.time - 6 * DAY + 9 * DAY + DAY;
    const ask = async (status: 'due' | 'overdue', party?: string) => {
      const items: string[] = [];
      for (let cursor: string | undefined; ;) {
        const page = await at.model.clocks({ status, now, party }, { limit: 2, cursor });
        items.push(...page.records.map(({ item }) => item));
        cursor = page.next;
        if (cursor === undefined) return items;
      }
    };
    expect(await ask('overdue')).toEqual(cars.slice(0, 3));
    expect(await ask('due')).toEqual(cars.slice(3));
    expect(await ask('overdue', dismantlerCode)).toEqual(cars.slice(0, 3));
    expect(await ask('overdue', shopCode)).toEqual([]);
    const { records: few } = await at.model.clocks(
      { status: 'due', now, before: now + 2 * DAY, timeLimit: 'certificate' },
      { limit: 50 },
    );
    expect(few.map(({ item }) => item)).toEqual(cars.slice(3, 5));
  });
});
