import { describe, expect, it } from 'vitest';
import { car, only, otherPlant, out, part, plant, serial, shop, told, trade } from './findings.testing.js';

describe('a destroyed thing that turns up again', () => {
  it('is found when somebody registers its VIN as a new one', () => {
    const first = part(plant, 'starter', 'starter', 'S-1');
    const smelter = trade.party('smelter', ['smelter']);
    trade.given(plant, { type: 'handover', item: first, data: { to: smelter.creditCode } });
    trade.given(smelter, { type: 'accept', item: first, data: { from: plant.creditCode } });
    trade.given(smelter, { type: 'dispose', item: first, data: { method: 'smelted' } });
    expect(told()).toEqual([]);
    const again = part(shop, 'starter again', 'starter', 'S-1');
    expect(only()).toMatchObject({
      kind: 'resurrection',
      party: shop.creditCode,
      items: [again, first],
      evidence: { tags: ['serial/S-1'], former: [first] },
      status: 'open',
    });
  });

  it('is found when another party acts on it, and is a mistake of whoever destroyed it', () => {
    const smelter = trade.party('smelter', ['smelter']);
    const { item, nonce } = smelter.signer.item('iron');
    trade.given(smelter, {
      type: 'register',
      item,
      data: { kind: 'lot', category: 'iron', nonce, tags: [] },
    });
    trade.given(smelter, { type: 'dispose', item, data: { method: 'smelted' } });
    expect(trade.does(smelter, { type: 'dispose', item, data: { method: 'smelted' } })).toBe('HL-2011');
    expect(told()).toEqual([]);
    expect(trade.does(plant, { type: 'handover', item, data: { to: shop.creditCode } })).toBe('HL-2011');
    expect(only()).toMatchObject({ kind: 'resurrection', evidence: { code: 'HL-2011' } });
  });
});

describe('a number that two things bear', () => {
  it('is contested, and each of the two is named', () => {
    const first = car(plant, 'car', 'VIN-1');
    const second = car(otherPlant, 'other car', 'VIN-1');
    expect(only()).toMatchObject({
      kind: 'contestedTag',
      items: [second, first],
      evidence: { rivals: [first] },
    });
  });

  it('is an altered engine number where it is that of another engine', () => {
    part(plant, 'engine', 'engine', 'E-1');
    part(shop, 'engine of another car', 'engine', 'E-1');
    expect(told()).toEqual(['alteredIdentity register accepted']);
  });

  it('is one assembly in two vehicles where two cars give it up', () => {
    const [one, two] = [trade.depolluted(plant, 'one'), trade.depolluted(otherPlant, 'two')];
    const engine = out(plant, one, 'engine', 'E-1');
    const twin = out(otherPlant, two, 'engine', 'E-1');
    const { kind, items, evidence } = only();
    expect({ kind, items }).toEqual({ kind: 'assemblyTwice', items: [twin, engine, two, one] });
    expect(evidence['vehicles']).toEqual([two, one]);
  });

  it('is a core returned twice where the first is a core already', () => {
    const first = part(shop, 'transmission', 'transmission', 'T-1');
    trade.given(shop, { type: 'designateCore', item: first, data: {} });
    part(plant, 'transmission again', 'transmission', 'T-1');
    expect(told()).toEqual(['coreTwice register accepted']);
  });

  it('is none where one item names its tag twice', () => {
    const { item, nonce } = plant.signer.item('twice');
    const tags = [...serial('S-2'), ...serial('S-2')];
    trade.given(plant, { type: 'register', item, data: { kind: 'part', category: 'door', nonce, tags } });
    expect(told()).toEqual([]);
  });
});

describe('a unit that was sold second-hand', () => {
  it('comes back as waste years later, and nothing that was destroyed has turned up again', () => {
    trade.table('requiredParts', 1, { laptop: ['mainboard'] });
    const collector = trade.party('collector', ['collector']);
    const registers = (name: string): string => {
      const { item, nonce } = collector.signer.item(name);
      const data = { kind: 'device' as const, category: 'computer', nonce, tags: serial('LAP-1') };
      trade.given(collector, { type: 'register', item, data });
      return item;
    };
    const item = registers('laptop');
    const received = { massGrams: 2_000, identity: 'label' as const, partsVersion: 1 };
    trade.given(
      collector,
      { type: 'receiveUnit', item, data: { ...received, type: 'laptop' } },
      { type: 'triage', item, data: { route: 'reuse' } },
      { type: 'eraseData', item, data: { method: 'overwritten' } },
      { type: 'testUnit', item, data: { result: 'passed' } },
      { type: 'refurbish', item, data: { mark: 'U-1' } },
      { type: 'sellRefurbished', item, data: { buyer: { kind: 'household', slip: 'S-1' } } },
    );
    registers('the same laptop');
    expect(told()).toEqual([]);
    registers('a second one with its number');
    expect(told()).toEqual(['contestedTag register accepted']);
  });
});
