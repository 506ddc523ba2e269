import { beforeEach, describe, expect, it } from 'vitest';
import { agrees, correctable, corrects, recorded } from '../testing/corrections.js';
import { findingsIn } from '../testing/findings.js';
import type { Party } from '../testing/trade.js';
import { Yard } from '../testing/yard.js';
import { numbered } from '../testing/numbered.js';

describe('a part of a held car', () => {
  it('does not change hands by a correction either', () => {
    const yard = new Yard();
    const { trade, plant, maker } = yard;
    correctable(trade);
    const { engine, car } = yard.engine('car');
    expect(yard.gives(plant, engine, maker)).toBe('accepted');
    const data = { from: plant.creditCode };
    const accepted = recorded(trade, maker, { type: 'accept', item: engine, data });
    const police = trade.party('police', ['police'], { mspId: 'OversightMSP' });
    trade.given(police, { type: 'hold', item: car, data: { reason: 'suspectedStolen' } });
    expect(corrects(trade, maker, engine, accepted)).toBe('HL-2115');
    expect(agrees(trade, plant, engine, accepted)).toBe('HL-2115');
    expect(trade.item(engine).custodian).toBe(maker.creditCode);
  });
});

describe('a hold of a car', () => {
  let yard: Yard;
  let police: Party;
  beforeEach(() => {
    yard = new Yard();
    yard.trade.table('massTolerance', 1, { permille: 20 });
    police = yard.trade.party('police', ['police'], { mspId: 'OversightMSP' });
  });
  const holds = (item: string): void =>
    yard.trade.given(police, { type: 'hold', item, data: { reason: 'suspectedStolen' } });
  const releases = (item: string): void => yard.trade.given(police, { type: 'release', item, data: {} });
  function newPart(by: Party, name: string, category: string): string {
    const { item, nonce } = by.signer.item(name);
    const data = { kind: 'part' as const, category, nonce, tags: [], class: 'newPart' as const };
    yard.trade.given(
      by,
      { type: 'register', item, data },
      { type: 'inspect', item, data: { result: 'fit' } },
    );
    return item;
  }
  /** A door of a scrapped car, marked as reused, with the shop. */
  function door(): { item: string; car: string } {
    const { trade, plant, shop } = yard;
    const car = trade.depolluted(plant, 'car');
    const output = {
      ...plant.signer.item('door'),
      kind: 'part' as const,
      category: 'door',
      massGrams: 9_000,
    };
    const { item } = output;
    trade.given(
      plant,
      { type: 'dismantle', item: car, data: { outputs: [output] } },
      { type: 'inspect', item, data: { result: 'fit' } },
      { type: 'markReused', item, data: { mark: 'R-1' } },
    );
    expect(yard.gives(plant, item, shop)).toBe('accepted');
    expect(yard.takes(shop, item, plant)).toBe('accepted');
    return { item, car };
  }

  it('reaches a part that was in another car meanwhile, and says which car it is', () => {
    const { trade, plant, shop } = yard;
    const { item, car } = door();
    const other = shop.signer.item('another car');
    const sedan = {
      kind: 'vehicle' as const,
      category: 'sedan',
      nonce: other.nonce,
      tags: numbered(other.nonce),
    };
    trade.given(
      shop,
      { type: 'register', item: other.item, data: sedan },
      { type: 'fit', item, data: { into: other.item } },
      { type: 'remove', item, data: { from: other.item } },
    );
    holds(car);
    expect(yard.gives(shop, item, plant)).toBe('HL-2115');
    const [found] = findingsIn(trade.world).filter(({ kind }) => kind === 'heldItem');
    expect(found).toMatchObject({ evidence: { origin: car, reason: 'suspectedStolen' } });
    releases(car);
    expect(yard.gives(shop, item, plant)).toBe('accepted');
  });

  it('makes neither second-hand parts nor cores of what came out of it, and grades none', () => {
    const { trade, plant, maker } = yard;
    const { engine, car } = yard.engine('car');
    const lamp = { ...plant.signer.item('lamp'), kind: 'part' as const, category: 'lamp', massGrams: 2_000 };
    trade.given(
      plant,
      { type: 'dismantle', item: car, data: { outputs: [lamp] } },
      { type: 'inspect', item: lamp.item, data: { result: 'fit' } },
    );
    yard.gives(plant, engine, maker);
    yard.takes(maker, engine, plant);
    const marks = (): string =>
      trade.does(plant, { type: 'markReused', item: lamp.item, data: { mark: 'R-2' } });
    const designates = (): string => trade.does(maker, { type: 'designateCore', item: engine, data: {} });
    const grades = (): string => trade.does(maker, { type: 'grade', item: engine, data: { grade: 'A' } });
    holds(car);
    expect([marks(), designates()]).toEqual(['HL-2115', 'HL-2115']);
    releases(car);
    expect([marks(), designates()]).toEqual(['accepted', 'accepted']);
    holds(car);
    expect(grades()).toBe('HL-2115');
    releases(car);
    expect(grades()).toBe('accepted');
  });

  it('reaches what was made of its engine', () => {
    const { trade, plant, maker, shop } = yard;
    const { engine, car } = yard.engine('car');
    expect(yard.gives(plant, engine, maker)).toBe('accepted');
    expect(yard.takes(maker, engine, plant)).toBe('accepted');
    const product = {
      ...maker.signer.item('product'),
      kind: 'part' as const,
      category: 'engine',
      massGrams: 119_000,
    };
    trade.given(
      maker,
      { type: 'designateCore', item: engine, data: {} },
      { type: 'grade', item: engine, data: { grade: 'A' } },
      { type: 'remanufacture', item: engine, data: { product, mark: 'Z-1' } },
    );
    holds(car);
    trade.table('coreDeposit', 1, { returnDays: 30, gradeA: 1_000 });
    const sale = {
      seller: maker.creditCode,
      sale: 'S-1',
      line: 1,
      price: 'e'.repeat(64),
      coreDepositVersion: 1,
    };
    const sells = (): string =>
      trade.does(maker, { type: 'sellRemanufactured', item: product.item, data: sale });
    expect(sells()).toBe('HL-2115');
    expect(yard.gives(maker, product.item, shop)).toBe('HL-2115');
    releases(car);
    expect(sells()).toBe('accepted');
    expect(yard.gives(maker, product.item, shop)).toBe('accepted');
  });

  it('reaches parts of its parts', () => {
    const { trade, plant, shop } = yard;
    const car = trade.depolluted(plant, 'car');
    const part = (name: string, massGrams: number) => ({
      ...plant.signer.item(name),
      kind: 'part' as const,
      category: name,
      massGrams,
    });
    const [alternator, coil] = [part('alternator', 6_000), part('coil', 6_000)];
    trade.given(
      plant,
      { type: 'dismantle', item: car, data: { outputs: [alternator] } },
      { type: 'inspect', item: alternator.item, data: { result: 'fit' } },
      {
        type: 'dismantle',
        item: alternator.item,
        data: { outputs: [coil], lossGrams: 0, toleranceVersion: 1 },
      },
    );
    holds(car);
    expect(yard.gives(plant, coil.item, shop)).toBe('HL-2115');
  });

  it('reaches what comes out of one of its parts in the same batch', () => {
    const { trade, plant, shop } = yard;
    const { item, car } = door();
    const handle = newPart(shop, 'handle', 'doorHandle');
    trade.given(shop, { type: 'fit', item: handle, data: { into: item } });
    holds(car);
    const events = [
      trade.event({ type: 'remove', item: handle, data: { from: item } }),
      trade.event({ type: 'handover', item: handle, data: { to: plant.creditCode } }),
    ];
    expect(trade.world.verdicts(shop.signer, ...events)).toEqual(['accepted', 'HL-2115']);
  });
});
