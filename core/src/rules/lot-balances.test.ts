import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lotHeld, lotOf, weighed } from '../testing/lots.js';
import { Trade } from '../testing/trade.js';

describe('whatever is split and merged', () => {
  it('mass and pieces are conserved', () => {
    const step = fc.record({
      merge: fc.boolean(),
      pick: fc.array(fc.nat(30), { minLength: 1, maxLength: 4 }),
      cut: fc.integer({ min: 1, max: 99 }),
      wrong: fc.integer({ min: 0, max: 5 }).map((n) => (n === 0 ? 1 : 0)),
    });
    let accepted = 0;
    fc.assert(
      fc.property(fc.array(step, { minLength: 5, maxLength: 25 }), (steps) => {
        const field = new Trade();
        field.table('massTolerance', 1, { permille: 0 });
        const party = field.party('plant', ['processor']);
        const all = Array.from({ length: 5 }, (_, i) =>
          lotHeld(field, party, `lot ${i}`, 'copper', 1_000 + i),
        );
        for (const item of all) {
          const massGrams = field.item(item).massGrams ?? 0;
          const data = { weighing: weighed(field, massGrams), pieces: 10, lossGrams: 0, toleranceVersion: 1 };
          field.given(party, { type: 'weigh', item, data });
        }
        const live = (): string[] => all.filter((id) => field.item(id).state === 'registered');
        const total = (): [number, number] =>
          live().reduce<[number, number]>(
            ([grams, pieces], id) => [
              grams + (field.item(id).massGrams ?? 0),
              pieces + (field.item(id).lot?.pieces ?? 0),
            ],
            [0, 0],
          );
        const before = total();
        steps.forEach(({ merge, pick, cut, wrong }, at) => {
          const lots = live();
          const [first = '', ...others] = new Set(pick.map((n) => lots[n % lots.length] ?? ''));
          const inputs = merge ? [first, ...others] : [first];
          const mass = inputs.reduce((sum, id) => sum + (field.item(id).massGrams ?? 0), 0) + wrong;
          const pieces = inputs.reduce((sum, id) => sum + (field.item(id).lot?.pieces ?? 0), 0);
          const balanced = { lossGrams: 0, toleranceVersion: 1 };
          const made = (name: string, grams: number, count: number) =>
            lotOf(party, `${name} ${at}`, 'copper', grams, count);
          const part = Math.floor((mass * cut) / 100);
          const outputs = [made('a', part, 1), made('b', mass - part, pieces - 1)];
          const output = made('m', mass, pieces);
          if (!merge && pieces < 2) return;
          const verdict = merge
            ? field.does(party, { type: 'merge', item: first, data: { others, output, ...balanced } })
            : field.does(party, { type: 'split', item: first, data: { outputs, ...balanced } });
          expect(verdict).toBe(wrong === 0 ? 'accepted' : 'HL-2050');
          if (verdict !== 'accepted') return;
          accepted += 1;
          all.push(...(merge ? [output.item] : outputs.map(({ item }) => item)));
        });
        expect(total()).toEqual(before);
      }),
      { numRuns: 30 },
    );
    expect(accepted).toBeGreaterThan(50);
  });
});
