import { describe, expect, it } from 'vitest';
import { findingsIn } from '../testing/index.js';
import {
  car,
  only,
  otherPlant,
  out,
  plant,
  police,
  remanufacturer,
  shop,
  told,
  trade,
} from './findings.testing.js';

describe('assemblies', () => {
  it('of which more come out than the vehicle has are a finding beside the refusal', () => {
    const vehicle = trade.depolluted(plant, 'car', { assemblies: { engine: 1 } });
    out(plant, vehicle, 'engine', 'E-1');
    const { item, nonce } = plant.signer.item('second engine');
    const output = { item, nonce, kind: 'part' as const, category: 'engine', massGrams: 90_000 };
    expect(trade.does(plant, { type: 'dismantle', item: vehicle, data: { outputs: [output] } })).toBe(
      'HL-2103',
    );
    expect(only()).toMatchObject({
      kind: 'tooManyAssemblies',
      evidence: { code: 'HL-2103', assemblies: ['engine'] },
    });
  });

  it('fitted into one car are found when somebody fits them into another', () => {
    const engine = trade.bought(shop, 'engine', 'engine', 90_000);
    trade.given(shop, { type: 'inspect', item: engine, data: { result: 'fit' } });
    const [one, two] = [car(shop, 'one'), car(shop, 'two')];
    trade.given(shop, { type: 'fit', item: engine, data: { into: one } });
    expect(told()).toEqual([]);
    expect(trade.does(shop, { type: 'fit', item: engine, data: { into: two } })).not.toBe('accepted');
    expect(only()).toMatchObject({ kind: 'assemblyTwice', evidence: { vehicles: [one, two] } });
  });

  it('offered to a party that may not own them are an illegal sale', () => {
    const vehicle = trade.depolluted(plant, 'car');
    const engine = out(plant, vehicle, 'engine', 'E-1');
    trade.given(plant, { type: 'inspect', item: engine, data: { result: 'fit' } });
    expect(trade.does(plant, { type: 'handover', item: engine, data: { to: shop.creditCode } })).toBe(
      'HL-2104',
    );
    expect(only()).toMatchObject({
      kind: 'unlicensedParty',
      party: plant.creditCode,
      items: [engine],
      evidence: { code: 'HL-2104', category: 'engine', to: shop.creditCode },
    });
    trade.given(plant, { type: 'handover', item: engine, data: { to: remanufacturer.creditCode } });
    expect(told()).toHaveLength(1);
  });
});

describe('a vehicle that is held', () => {
  it('is told of when it is suspected of being stolen, and when its numbers were altered', () => {
    const [one, two, three] = [car(plant, 'one'), car(plant, 'two'), car(plant, 'three')];
    trade.given(plant, { type: 'hold', item: one, data: { reason: 'suspectedStolen' } });
    trade.given(plant, { type: 'hold', item: two, data: { reason: 'alteredIdentity' } });
    trade.given(police, { type: 'hold', item: three, data: { reason: 'underInvestigation' } });
    expect(told()).toEqual(['suspectedStolen hold accepted', 'alteredIdentity hold accepted']);
  });

  it('is told of again when somebody goes on with it, or with what came out of it', () => {
    const vehicle = trade.depolluted(plant, 'car');
    const door = out(plant, vehicle, 'door', 'D-1');
    trade.given(police, { type: 'hold', item: vehicle, data: { reason: 'suspectedStolen' } });
    expect(trade.does(plant, { type: 'handover', item: vehicle, data: { to: otherPlant.creditCode } })).toBe(
      'HL-2100',
    );
    expect(trade.does(plant, { type: 'handover', item: door, data: { to: shop.creditCode } })).toBe(
      'HL-2115',
    );
    const [, first, second] = findingsIn(trade.world);
    expect(first).toMatchObject({
      kind: 'heldItem',
      evidence: { code: 'HL-2100', reason: 'suspectedStolen' },
    });
    expect(second).toMatchObject({
      kind: 'heldItem',
      evidence: { reason: 'suspectedStolen', origin: vehicle },
    });
  });
});
