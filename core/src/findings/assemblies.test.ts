import { describe, expect, it } from 'vitest';
import type { EventOf } from '../model/events.js';
import { findingsIn, type Party } from '../testing/index.js';
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

  it('brought to another one than the consignee, or handed out on paper, are an illegal sale too', () => {
    const carrier = trade.party('carrier', ['carrier']);
    const engine = out(plant, trade.depolluted(plant, 'car'), 'engine', 'E-1');
    trade.given(plant, { type: 'inspect', item: engine, data: { result: 'fit' } });
    const goes = (by: Party, data: EventOf<'handover'>['data']): string =>
      trade.does(by, { type: 'handover', item: engine, data });
    const carried = { to: carrier.creditCode, keepOwnership: true };
    expect(goes(plant, carried), 'a consignee was forgotten').toBe('HL-2107');
    expect(told()).toEqual([]);
    const slip = { document: 'd'.repeat(64), household: 'S-1' };
    expect(trade.does(plant, { type: 'acceptOnBehalf', item: engine, data: slip })).toBe('HL-2187');
    expect(only()).toMatchObject({ evidence: { code: 'HL-2187', to: 'household:S-1' } });
    expect(goes(plant, { ...carried, consignee: remanufacturer.creditCode })).toBe('accepted');
    trade.given(carrier, { type: 'accept', item: engine, data: { from: plant.creditCode } });
    expect(goes(carrier, { to: shop.creditCode })).toBe('HL-2107');
    expect(told()).toEqual(['unlicensedParty acceptOnBehalf HL-2187', 'unlicensedParty handover HL-2107']);
  });
});

describe('a vehicle that was given up', () => {
  it('offered to a party that may not own it, or to one that has no business with it, is an illegal sale', () => {
    const vehicle = trade.scrapped(plant, 'car');
    const goes = (more: object): string =>
      trade.does(plant, { type: 'handover', item: vehicle, data: { to: shop.creditCode, ...more } });
    expect(goes({})).toBe('HL-2117');
    expect(only()).toMatchObject({ kind: 'unlicensedParty', evidence: { to: shop.creditCode } });
    expect(goes({ keepOwnership: true })).toBe('HL-2284');
    expect(told()).toHaveLength(2);
  });
});
