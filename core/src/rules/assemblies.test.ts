import { describe, expect, it } from 'vitest';
import { rowKey } from '../model/row-keys.js';
import { numbered } from '../testing/numbered.js';
import {
  arrives,
  carrier,
  engines,
  goes,
  output,
  plant,
  shop,
  shredder,
  smelter,
  taken,
  takesOut,
  trade,
  trader,
} from './assemblies.testing.js';

describe('an assembly of a scrapped vehicle', () => {
  it('that is fit goes to a remanufacturer licensed for it', () => {
    const engine = taken('engine', 'fit');
    expect(goes(engine, plant, engines)).toBe('accepted');
    arrives(engine, plant, engines);
    expect(trade.item(engine)).toMatchObject({ owner: engines.creditCode, class: 'usedPart' });
  });

  it('does not go to a remanufacturer whose licence lacks it', () => {
    expect(goes(taken('transmission', 'fit'), plant, engines)).toBe('HL-2105');
  });

  it('that is unfit goes to a smelter or a shredder, and what was not inspected goes nowhere', () => {
    expect(goes(taken('frame', 'unfit', 212_000), plant, smelter)).toBe('accepted');
    expect(goes(taken('steeringGear', 'unfit'), plant, shredder)).toBe('accepted');
    const transmission = taken('transmission');
    expect(goes(transmission, plant, engines)).toBe('HL-2106');
    expect(goes(transmission, plant, smelter)).toBe('HL-2106');
  });

  it('that is fit is not smelted, and one that is unfit is not remanufactured', () => {
    expect(goes(taken('engine', 'fit'), plant, smelter)).toBe('HL-2106');
    expect(goes(taken('frontAxle', 'unfit'), plant, engines)).toBe('HL-2104');
  });

  it('goes neither to a repair shop nor to a trader as their own', () => {
    const axle = taken('frontAxle', 'fit');
    expect(goes(axle, plant, shop)).toBe('HL-2104');
    expect(goes(axle, plant, trader)).toBe('HL-2104');
    expect(goes(axle, plant, shop, { keepOwnership: true })).toBe('HL-2104');
  });

  it('is carried to a lawful consignee, who alone may have it', () => {
    const engine = taken('engine', 'fit');
    expect(goes(engine, plant, carrier)).toBe('HL-2104');
    expect(goes(engine, plant, carrier, { keepOwnership: true })).toBe('HL-2107');
    const toShop = { keepOwnership: true, consignee: shop.creditCode };
    expect(goes(engine, plant, carrier, toShop)).toBe('HL-2104');
    const toWorks = { keepOwnership: true, consignee: engines.creditCode };
    expect(goes(engine, plant, carrier, toWorks)).toBe('accepted');
    arrives(engine, plant, carrier);
    expect(trade.item(engine)).toMatchObject({ owner: plant.creditCode, consignee: engines.creditCode });
    expect(goes(engine, carrier, smelter)).toBe('HL-2107');
    expect(goes(engine, carrier, shop)).toBe('HL-2107');
    expect(goes(engine, carrier, engines)).toBe('accepted');
    arrives(engine, carrier, engines);
    expect(trade.item(engine)).toMatchObject({ owner: engines.creditCode, custodian: engines.creditCode });
    expect(trade.item(engine).consignee).toBeUndefined();
  });

  it('comes out no more often than the vehicle’s record says', () => {
    taken('engine');
    expect(takesOut(output('another engine', 'engine'))).toBe('HL-2103');
    expect(takesOut(output('front', 'frontAxle'), output('rear', 'rearAxle'))).toBe('accepted');
    expect(takesOut(output('a third axle', 'rearAxle'))).toBe('HL-2103');
  });

  it('is not marked as reused', () => {
    const engine = taken('engine', 'fit');
    expect(trade.does(plant, { type: 'markReused', item: engine, data: { mark: 'R-1' } })).toBe('HL-2108');
  });
});

describe('a core', () => {
  function graded(grade: 'A' | 'unfit'): string {
    const engine = taken('engine', 'fit');
    goes(engine, plant, engines);
    arrives(engine, plant, engines);
    trade.given(
      engines,
      { type: 'designateCore', item: engine, data: {} },
      { type: 'grade', item: engine, data: { grade } },
    );
    return engine;
  }
  const remade = (core: string, name = 'product'): string =>
    trade.does(engines, {
      type: 'remanufacture',
      item: core,
      data: {
        product: {
          ...engines.signer.item(name),
          kind: 'part',
          category: 'engine',
          massGrams: 9_900,
          tags: [{ scheme: 'serial', value: name }],
        },
        mark: 'ZZZ-1',
      },
    });

  it('that fails grading goes to a shredder and not to a shop, and is not remanufactured', () => {
    const core = graded('unfit');
    expect(goes(core, engines, shop)).toBe('HL-2111');
    expect(remade(core)).toBe('HL-2111');
    expect(goes(core, engines, shredder)).toBe('accepted');
  });

  it('becomes one product, once, which names it and may be fitted into any vehicle', () => {
    const core = graded('A');
    expect(remade(core)).toBe('accepted');
    expect(remade(core, 'second')).toBe('HL-2011');
    const product = engines.signer.item('product').item;
    expect(trade.item(product)).toMatchObject({
      class: 'remanufacturedPart',
      core,
      state: 'inspected',
      inspection: 'fit',
    });
    expect(trade.world.row(rowKey.item(core))).toMatchObject({ state: 'remanufactured' });
    trade.given(engines, { type: 'handover', item: product, data: { to: shop.creditCode } });
    arrives(product, engines, shop);
    const other = shop.signer.item('another car');
    trade.given(shop, {
      type: 'register',
      item: other.item,
      data: { kind: 'vehicle', category: 'sedan', nonce: other.nonce, tags: numbered(other.nonce) },
    });
    expect(trade.does(shop, { type: 'fit', item: product, data: { into: other.item } })).toBe('accepted');
  });
});
