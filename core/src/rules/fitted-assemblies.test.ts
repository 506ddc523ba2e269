import { describe, expect, it } from 'vitest';
import type { Party } from '../testing/trade.js';
import { numbered } from '../testing/numbered.js';
import { engines, goes, inspects, shop, trade, trader } from './assemblies.testing.js';

describe('an assembly of a registered car', () => {
  function removed(): { engine: string; vehicle: string } {
    const [vehicle, engine] = [shop.signer.item('registered car'), shop.signer.item('its engine')];
    trade.given(
      shop,
      {
        type: 'register',
        item: vehicle.item,
        data: { kind: 'vehicle', category: 'sedan', nonce: vehicle.nonce, tags: numbered(vehicle.nonce) },
      },
      {
        type: 'register',
        item: engine.item,
        data: { kind: 'part', category: 'engine', class: 'newPart', nonce: engine.nonce, tags: [] },
      },
      { type: 'inspect', item: engine.item, data: { result: 'fit' } },
      { type: 'fit', item: engine.item, data: { into: vehicle.item } },
      { type: 'remove', item: engine.item, data: { from: vehicle.item } },
      { type: 'inspect', item: engine.item, data: { result: 'fit' } },
    );
    return { engine: engine.item, vehicle: vehicle.item };
  }

  it('is repaired and refitted into that car', () => {
    const { engine, vehicle } = removed();
    expect(trade.item(engine)).toMatchObject({ class: 'usedPart', removedFrom: vehicle });
    expect(trade.does(shop, { type: 'fit', item: engine, data: { into: vehicle } })).toBe('accepted');
  });

  it('is not fitted into another car, nor marked as a second-hand part for one', () => {
    const { engine } = removed();
    const { item, nonce } = shop.signer.item('another car');
    trade.given(shop, {
      type: 'register',
      item,
      data: { kind: 'vehicle', category: 'sedan', nonce, tags: numbered(nonce) },
    });
    expect(trade.does(shop, { type: 'fit', item: engine, data: { into: item } })).toBe('HL-2116');
    expect(trade.does(shop, { type: 'markReused', item: engine, data: { mark: 'R-2' } })).toBe('HL-2310');
    expect(trade.does(shop, { type: 'fit', item: engine, data: { into: item } })).toBe('HL-2116');
  });

  it('nor does one of unknown origin that a trader brings', () => {
    const { item, nonce } = trader.signer.item('an engine');
    const data = { kind: 'part' as const, category: 'engine', nonce, tags: [], massGrams: 140_000 };
    trade.given(trader, { type: 'register', item, data });
    expect(goes(item, trader, shop)).toBe('accepted');
    trade.given(shop, { type: 'accept', item, data: { from: trader.creditCode } });
    trade.given(shop, { type: 'inspect', item, data: { result: 'fit' } });
    expect(trade.does(shop, { type: 'markReused', item, data: { mark: 'R-3' } })).toBe('HL-2310');
  });

  it('is sold as a core to whom it may concern', () => {
    const { engine } = removed();
    expect(trade.does(shop, { type: 'designateCore', item: engine, data: {} })).toBe('accepted');
    expect(goes(engine, shop, trader)).toBe('accepted');
  });
});

describe('an assembly that was fitted on the ledger and comes out of a scrapped vehicle', () => {
  /** A car whose engine was fitted by a workshop, and which its dismantler has taken in. */
  function scrappedWithEngine(supervised = false): { engine: string; vehicle: string; both: Party } {
    const both = trade.party('workshop and plant', ['repairShop', 'dismantler']);
    const vehicle = both.signer.item('its car');
    const engine = trade.bought(both, 'its engine', 'engine', 142_000);
    trade.given(
      both,
      {
        type: 'register',
        item: vehicle.item,
        data: { kind: 'vehicle', category: 'sedan', nonce: vehicle.nonce, tags: numbered(vehicle.nonce) },
      },
      { type: 'inspect', item: engine, data: { result: 'fit' } },
      { type: 'fit', item: engine, data: { into: vehicle.item } },
      { type: 'surrender', item: vehicle.item, data: {} },
      { type: 'receive', item: vehicle.item, data: { massGrams: 1_000_000, supervised } },
      { type: 'issueCertificate', item: vehicle.item, data: { number: 'C-9' } },
    );
    return { engine, vehicle: vehicle.item, both };
  }
  function drains(both: Party, item: string): void {
    const oil = { ...both.signer.item('oil'), kind: 'lot' as const, category: 'wasteOil', massGrams: 1_000 };
    trade.given(both, { type: 'depollute', item, data: { outputs: [oil] } });
  }
  const removes = (both: Party, item: string, from: string): string =>
    trade.does(both, { type: 'remove', item, data: { from } });

  it('is as bound as one that was always in it', () => {
    const { engine, vehicle, both } = scrappedWithEngine();
    expect(removes(both, engine, vehicle)).toBe('HL-2101');
    drains(both, vehicle);
    expect(removes(both, engine, vehicle)).toBe('accepted');
    inspects(both, engine, 'fit');
    expect(trade.does(both, { type: 'markReused', item: engine, data: { mark: 'R-9' } })).toBe('HL-2108');
    expect(goes(engine, both, trader)).toBe('HL-2104');
    expect(goes(engine, both, engines)).toBe('HL-2313');
    const label = { scheme: 'serial' as const, value: 'E-9' };
    trade.given(both, { type: 'codePart', item: engine, data: { label, model: 'EA211' } });
    expect(goes(engine, both, engines)).toBe('accepted');
  });

  it('is one of those on the vehicle’s record, and weighs what it weighs', () => {
    const { engine, vehicle, both } = scrappedWithEngine();
    drains(both, vehicle);
    const second = {
      ...both.signer.item('second'),
      kind: 'part' as const,
      category: 'engine',
      massGrams: 90_000,
    };
    expect(removes(both, engine, vehicle)).toBe('accepted');
    expect(trade.item(vehicle)).toMatchObject({ assemblies: { engine: 0 }, takenGrams: 143_000 });
    expect(trade.does(both, { type: 'dismantle', item: vehicle, data: { outputs: [second] } })).toBe(
      'HL-2103',
    );
  });

  it('does not come out when as many as on record came out before', () => {
    const { engine, vehicle, both } = scrappedWithEngine();
    drains(both, vehicle);
    const first = {
      ...both.signer.item('first'),
      kind: 'part' as const,
      category: 'engine',
      massGrams: 90_000,
    };
    trade.given(both, { type: 'dismantle', item: vehicle, data: { outputs: [first] } });
    expect(removes(both, engine, vehicle)).toBe('HL-2103');
  });

  it('does not come out before the supervisor has signed', () => {
    const { engine, vehicle, both } = scrappedWithEngine(true);
    drains(both, vehicle);
    expect(removes(both, engine, vehicle)).toBe('HL-2102');
  });

  it('is not fitted into another car by who registers it as a new one', () => {
    const both = trade.party('workshop and plant', ['repairShop', 'dismantler']);
    const [engine, other] = [both.signer.item('its engine'), both.signer.item('another car')];
    const part = { kind: 'part' as const, category: 'engine', class: 'newPart' as const, tags: [] };
    const tags = numbered(other.nonce);
    trade.given(
      both,
      { type: 'register', item: engine.item, data: { ...part, nonce: engine.nonce } },
      { type: 'inspect', item: engine.item, data: { result: 'fit' } },
      {
        type: 'register',
        item: other.item,
        data: { kind: 'vehicle', category: 'sedan', nonce: other.nonce, tags },
      },
    );
    expect(trade.does(both, { type: 'fit', item: engine.item, data: { into: other.item } })).toBe('HL-2108');
  });
});
