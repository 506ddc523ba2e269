import { describe, expect, it } from 'vitest';
import { lotHeld } from '../testing/lots.js';
import { carrier, plant, trade, yard } from './yard.testing.js';
import { numbered } from '../testing/numbered.js';

describe('a category in other letters than a table lists it', () => {
  it('is bound as the table says', () => {
    trade.table('neverRemanufactured', 1, { categories: ['airbag'] });
    const bag = yard.part(plant, 'bag', 'AirBag');
    expect(trade.does(plant, { type: 'designateCore', item: bag, data: {} })).toBe('HL-2110');
    trade.table('hazardousCategories', 1, { circuitBoards: '900-045-49' });
    const boards = lotHeld(trade, plant, 'boards', 'CircuitBoards', 10_000);
    expect(yard.gives(plant, boards, carrier)).toBe('HL-2149');
    trade.table('supervisedCategories', 1, { categories: ['schoolBus'] });
    const [bus, van] = ['SchoolBus', 'ElectricBus'].map((category) => {
      const { item, nonce } = plant.signer.item(category);
      trade.given(
        plant,
        { type: 'register', item, data: { kind: 'vehicle', category, nonce, tags: numbered(nonce) } },
        { type: 'surrender', item, data: {} },
      );
      return item;
    });
    trade.given(plant, { type: 'receive', item: bus ?? '', data: { massGrams: 9_000_000 } });
    expect(trade.item(bus ?? '').supervision).toBe('due');
    const takesIn = { type: 'receive' as const, item: van ?? '', data: { massGrams: 9_000_000 } };
    expect(trade.does(plant, takesIn)).toBe('HL-2160');
  });
});
