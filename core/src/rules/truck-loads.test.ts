import { describe, expect, it } from 'vitest';
import { lotOf, weighed } from '../testing/lots.js';
import { copper, exact, plant, tolerant, trade } from './lots.testing.js';

describe('a truck load', () => {
  const weighsIn = (netGrams = 10_000, change: object = {}): { item: string; verdict: unknown } => {
    const { item, nonce } = plant.signer.item('truck');
    const data = {
      nonce,
      tags: [],
      ticket: 'WB-2025-0001',
      ticketHash: 'a'.repeat(64),
      weighing: weighed(trade, netGrams),
      mix: [{ category: 'television', pieces: 2 }],
      estimatedPieces: 3,
      ...change,
    };
    return { item, verdict: trade.does(plant, { type: 'intakeBatch', item, data }) };
  };
  const unit = (name: string, massGrams: number) => ({
    ...plant.signer.item(name),
    kind: 'device' as const,
    category: 'television',
    massGrams,
    tags: [{ scheme: 'serial' as const, value: name.toUpperCase() }],
  });

  it('is weighed in, sorted in several steps into labelled units and cages, and closed with its residue', () => {
    tolerant();
    const { item, verdict } = weighsIn();
    expect(verdict).toBe('accepted');
    expect(trade.item(item)).toMatchObject({ kind: 'lot', category: 'mixedIntake', massGrams: 10_000 });
    const sorts = (...outputs: object[]): unknown =>
      trade.does(plant, { type: 'sort', item, data: { outputs: outputs as never, toleranceVersion: 2 } });
    expect(sorts(unit('tv1', 4_000), unit('tv2', 3_000))).toBe('accepted');
    expect(sorts(lotOf(plant, 'cage', 'cable', 2_000))).toBe('accepted');
    expect(trade.item(item)).toMatchObject({ state: 'sorting', takenGrams: 9_000 });
    expect(trade.item(plant.signer.item('tv1').item)).toMatchObject({ kind: 'device', parent: item });
    const closes = (residueGrams: number): unknown =>
      trade.does(plant, { type: 'closeSorting', item, data: { residueGrams, toleranceVersion: 2 } });
    expect(closes(0)).toBe('HL-2050');
    expect(closes(800)).toBe('accepted');
    expect(sorts(unit('tv3', 100))).toBe('HL-2011');
  });

  it('gives no more than it weighed', () => {
    tolerant();
    const { item } = weighsIn();
    const sorts = (massGrams: number): unknown =>
      trade.does(plant, {
        type: 'sort',
        item,
        data: { outputs: [unit(`u${massGrams}`, massGrams)], toleranceVersion: 2 },
      });
    expect(sorts(10_501)).toBe('HL-2050');
    expect(sorts(10_400)).toBe('accepted');
    expect(sorts(200)).toBe('HL-2050');
  });

  it('comes in by weight and not by a plain registration, and by a ticket that adds up', () => {
    const { item, nonce } = plant.signer.item('plain');
    const data = { kind: 'lot' as const, category: 'mixedIntake', nonce, tags: [], massGrams: 1_000 };
    expect(trade.does(plant, { type: 'register', item, data })).toBe('HL-2140');
    const { netGrams: _net, ...rest } = weighed(trade, 1_000);
    expect(weighsIn(1, { weighing: { ...rest, netGrams: 999 } }).verdict).toBe('HL-2141');
    expect(weighsIn(1, { weighing: { ...weighed(trade, 1), calibratedUntil: 0 } }).verdict).toBe('HL-2142');
    const shop = trade.party('shop', ['repairShop']);
    const own = shop.signer.item('truck');
    const at = { nonce: own.nonce, tags: [], ticket: 'T', ticketHash: 'a'.repeat(64), mix: [] };
    const load = { ...at, weighing: weighed(trade, 1_000), estimatedPieces: 1 };
    expect(trade.does(shop, { type: 'intakeBatch', item: own.item, data: load })).toBe('HL-2030');
  });

  it('is sorted and not split, merged or sampled; and material is not sorted', () => {
    const { item } = weighsIn(1_000);
    const outputs = [lotOf(plant, 'a', 'mixedIntake', 1_000)];
    expect(trade.does(plant, { type: 'split', item, data: { outputs, ...exact } })).toBe('HL-2140');
    const sample = { output: lotOf(plant, 's', 'mixedIntake', 1), number: 'P-1' };
    expect(trade.does(plant, { type: 'sample', item, data: sample })).toBe('HL-2140');
    const pallet = copper('pallet', 1_000);
    const units = [unit('tv', 1_000)];
    expect(
      trade.does(plant, { type: 'sort', item: pallet, data: { outputs: units, toleranceVersion: 1 } }),
    ).toBe('HL-2140');
  });
});
