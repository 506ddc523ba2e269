import { beforeEach, describe, expect, it } from 'vitest';
import { numbered } from '../testing/numbered.js';
import {
  battery,
  CELL,
  dealer,
  hands,
  inner,
  MODULE,
  output,
  recycler,
  recycles,
  registers,
  shop,
  takesApart,
  takesIn,
  trade,
  user,
} from './batteries.testing.js';

describe('a pack that is taken apart', () => {
  beforeEach(() => {
    hands(battery, shop, user);
    takesIn(user);
  });

  it('becomes modules and cells, each under its code, and nothing bigger', () => {
    const other = '001PE240000003B3C0000009';
    expect(takesApart(user, battery, [inner(user, other, 400_000)])).toBe('HL-2166');
    const uncoded = { ...inner(user, MODULE, 400_000), tags: [] };
    expect(takesApart(user, battery, [uncoded])).toBe('HL-2161');
    const [first, second] = [inner(user, MODULE, 300_000), inner(user, CELL, 100_000)];
    expect(takesApart(user, battery, [first, second])).toBe('accepted');
    expect(trade.item(first.item)).toMatchObject({ state: 'removed', parent: battery });
    const cell = inner(user, '001CE240000003B3C0000004', 300_000);
    expect(takesApart(user, first.item, [cell])).toBe('accepted');
    expect(takesApart(user, cell.item, [inner(user, '001CE240000003B3C0000005', 300_000)])).toBe('HL-2166');
  });

  it('keeps its mass, and a dismantler of cars does not do it', () => {
    expect(takesApart(user, battery, [inner(user, MODULE, 395_000)])).toBe('HL-2050');
    const plant = trade.party('plant', ['dismantler']);
    hands(battery, user, plant);
    expect(takesApart(plant, battery, [inner(plant, MODULE, 400_000)])).toBe('HL-2030');
  });

  it('is recycled into fractions, not into parts', () => {
    hands(battery, user, recycler);
    expect(recycles(recycler, battery, [])).toBe('HL-2052');
    expect(recycles(recycler, battery, [inner(recycler, MODULE, 400_000)])).toBe('HL-2172');
    expect(recycles(recycler, battery, [output(recycler, 'black mass', 300_000)])).toBe('HL-2050');
  });
});

describe('nesting', () => {
  it('puts a cell into a module, a module into a pack, a pack into a vehicle, and nothing else', () => {
    const [module, cell, uncoded] = [
      registers(shop, MODULE, 50_000),
      registers(shop, CELL, 1_000),
      registers(shop, undefined),
    ] as [string, string, string];
    const { item: car, nonce } = shop.signer.item('car');
    const { item: rack, nonce: second } = shop.signer.item('rack');
    trade.given(
      shop,
      {
        type: 'register',
        item: car,
        data: { kind: 'vehicle', category: 'electricCar', nonce, tags: numbered(nonce) },
      },
      { type: 'register', item: rack, data: { kind: 'part', category: 'rack', nonce: second, tags: [] } },
    );
    const fits = (item: string, into: string): string => {
      trade.given(shop, { type: 'inspect', item, data: { result: 'fit' } });
      return trade.does(shop, { type: 'fit', item, data: { into } });
    };
    for (const [item, into] of [
      [cell, battery],
      [cell, car],
      [module, car],
      [module, cell],
      [battery, rack],
      [battery, module],
    ] as const)
      expect(fits(item, into)).toBe('HL-2166');
    expect(fits(uncoded, car)).toBe('HL-2161');
    expect(fits(cell, module)).toBe('accepted');
    expect(fits(module, battery)).toBe('accepted');
    expect(fits(battery, car)).toBe('accepted');
    // It goes where the car goes.
    hands(car, shop, dealer);
    expect(trade.does(shop, { type: 'remove', item: cell, data: { from: module } })).toBe('HL-2020');
  });
});
