import { beforeEach, describe, expect, it } from 'vitest';
import type { EventOf } from '../model/events.js';
import type { ItemKind } from '../model/terms.js';
import { lotOf, weighed } from '../testing/lots.js';
import type { Party } from '../testing/trade.js';
import { maker, plant, shop, trade, yard } from './yard.testing.js';
import { numbered } from '../testing/numbered.js';

type Output = EventOf<'dismantle'>['data']['outputs'][number];

beforeEach(() => {
  trade.table('massTolerance', 1, { permille: 20 });
});

function output(by: Party, name: string, category: string, massGrams = 10_000): Output {
  return { ...by.signer.item(name), kind: 'part', category, massGrams };
}
function registers(by: Party, name: string, kind: ItemKind, category: string, massGrams = 100_000): string {
  const { item, nonce } = by.signer.item(name);
  const isNew = kind === 'part' ? { class: 'newPart' as const } : {};
  const data = {
    kind,
    category,
    nonce,
    tags: kind === 'vehicle' ? numbered(nonce) : [],
    massGrams,
    ...isNew,
  };
  trade.given(by, { type: 'register', item, data });
  return item;
}
function finds(by: Party, item: string, result: 'fit' | 'unfit' = 'fit'): void {
  trade.given(by, { type: 'inspect', item, data: { result } });
}
const takesApart = (by: Party, item: string, ...outputs: Output[]): string =>
  trade.does(by, { type: 'dismantle', item, data: { outputs, lossGrams: 0, toleranceVersion: 1 } });

describe('a truck load', () => {
  it('does not come out of a car, to be sorted by others into engines that nobody has counted', () => {
    const item = trade.depolluted(plant, 'car');
    const load = lotOf(plant, 'load', 'mixedIntake', 200_000);
    expect(trade.does(plant, { type: 'dismantle', item, data: { outputs: [load] } })).toBe('HL-2147');
    const drained = trade.scrapped(plant, 'another car');
    const drains = { type: 'depollute' as const, item: drained, data: { outputs: [load] } };
    expect(trade.does(plant, drains)).toBe('HL-2147');
  });

  it('is sorted, and not smelted as it came', () => {
    const both = trade.party('plant with a furnace', ['processor', 'smelter']);
    const { item, nonce } = both.signer.item('load');
    const ticket = { ticket: 'T-1', ticketHash: 'e'.repeat(64), weighing: weighed(trade, 500_000) };
    const data = { nonce, tags: [], ...ticket, mix: [], estimatedPieces: 4 };
    trade.given(both, { type: 'intakeBatch', item, data });
    expect(trade.does(both, { type: 'dispose', item, data: { method: 'smelted' } })).toBe('HL-2140');
  });
});

describe('an engine of a scrapped car that is taken apart', () => {
  const HALVES = [70_000, 50_000] as const;
  const parts = (by: Party): Output[] =>
    HALVES.map((grams, i) => output(by, `half ${i}`, i === 0 ? 'cylinderBlock' : 'cylinderHead', grams));
  const fractions = (by: Party): Output[] =>
    HALVES.map((grams, i) => lotOf(by, `metal ${i}`, i === 0 ? 'iron' : 'aluminium', grams));

  it.each(['fit', 'unfit'] as const)(
    'becomes fractions and no parts at its dismantler, when %s',
    (result) => {
      const { engine } = yard.engine('car', result);
      expect(takesApart(plant, engine, ...parts(plant))).toBe('HL-2108');
      expect(takesApart(plant, engine, ...fractions(plant))).toBe('accepted');
    },
  );

  it('gives parts to a remanufacturer that is licensed for it, unless it failed', () => {
    const [fit, failed] = ['car', 'another car'].map((name) => {
      const { engine } = yard.engine(name);
      expect(yard.gives(plant, engine, maker)).toBe('accepted');
      expect(yard.takes(maker, engine, plant)).toBe('accepted');
      return engine;
    });
    expect(takesApart(maker, fit ?? '', ...parts(maker))).toBe('accepted');
    const item = failed ?? '';
    trade.given(
      maker,
      { type: 'designateCore', item, data: {} },
      { type: 'grade', item, data: { grade: 'unfit' } },
    );
    const others = parts(maker).map((part, i) => ({ ...part, ...maker.signer.item(`other ${i}`) }));
    expect(takesApart(maker, item, ...others)).toBe('HL-2111');
    expect(takesApart(maker, item, ...fractions(maker))).toBe('accepted');
  });
});

describe('what is fitted into a car', () => {
  function fittedCar(): { car: string; engine: string } {
    const car = registers(shop, 'car', 'vehicle', 'sedan');
    const engine = registers(shop, 'engine', 'part', 'engine');
    finds(shop, engine);
    trade.given(shop, { type: 'fit', item: engine, data: { into: car } });
    return { car, engine };
  }
  const removes = (by: Party, item: string, from: string): string =>
    trade.does(by, { type: 'remove', item, data: { from } });

  it('stays in it once the car is given up, until a dismantler has taken it in', () => {
    const { car, engine } = fittedCar();
    trade.given(shop, { type: 'surrender', item: car, data: {} });
    expect(removes(shop, engine, car)).toBe('HL-2101');
  });

  it('stays in it once the car is to be scrapped', () => {
    const { car, engine } = fittedCar();
    const insurer = trade.party('insurer', ['insurer'], { mspId: 'AftermarketMSP' });
    trade.given(
      insurer,
      { type: 'reportDamage', item: car, data: { loss: 'L-1' } },
      { type: 'assess', item: car, data: { loss: 'L-1' } },
      { type: 'declareTotalLoss', item: car, data: { loss: 'L-1', totalLoss: 'mustScrap' } },
    );
    expect(removes(shop, engine, car)).toBe('HL-2101');
  });

  it('comes out of a car that is in use', () => {
    const { car, engine } = fittedCar();
    expect(removes(shop, engine, car)).toBe('accepted');
  });
});
