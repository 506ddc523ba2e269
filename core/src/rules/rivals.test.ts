import { beforeEach, describe, expect, it } from 'vitest';
import { Trade, type Party } from '../testing/trade.js';

const VIN = { scheme: 'vin', value: 'LSVAM4186C2123456' } as const;
const AFTERMARKET = { mspId: 'AftermarketMSP' };

let trade: Trade;
let plant: Party;
let shop: Party;
let police: Party;

beforeEach(() => {
  trade = new Trade();
  plant = trade.party('plant', ['dismantler']);
  shop = trade.party('shop', ['repairShop'], AFTERMARKET);
  police = trade.party('police', ['police'], { mspId: 'OversightMSP' });
});

function car(by: Party, name: string, ...more: string[]): string {
  const { item, nonce } = by.signer.item(name);
  const tags = [VIN, ...more.map((value) => ({ scheme: 'serial' as const, value }))];
  trade.given(by, { type: 'register', item, data: { kind: 'vehicle', category: 'sedan', nonce, tags } });
  return item;
}
const holds = (item: string): string =>
  trade.does(police, { type: 'hold', item, data: { reason: 'suspectedStolen' } });
const releases = (item: string): string => trade.does(police, { type: 'release', item, data: {} });
const surrenders = (by: Party, item: string): string => trade.does(by, { type: 'surrender', item, data: {} });

describe('a car that is registered twice and turns out to be stolen', () => {
  it('stands still under both registrations, whichever of them the police name', () => {
    for (const named of [0, 1]) {
      trade = new Trade();
      plant = trade.party('plant', ['dismantler']);
      shop = trade.party('shop', ['repairShop'], AFTERMARKET);
      police = trade.party('police', ['police'], { mspId: 'OversightMSP' });
      const both = [car(shop, 'car'), car(plant, 'again')] as const;
      expect(holds(both[named] ?? '')).toBe('accepted');
      expect(surrenders(shop, both[0])).toBe('HL-2100');
      expect(surrenders(plant, both[1])).toBe('HL-2100');
      expect(releases(both[1 - named] ?? '')).toBe('accepted');
      expect(surrenders(shop, both[0])).toBe('accepted');
      expect(surrenders(plant, both[1])).toBe('accepted');
    }
  });

  it('stands still under a third one, too, though the first of them is no more', () => {
    const smelter = trade.party('yard', ['dismantler', 'shredder']);
    const first = trade.depolluted(smelter, 'old');
    const second = car(plant, 'second');
    expect(first).not.toBe(second);
    expect(holds(second)).toBe('accepted');
    const third = car(shop, 'third');
    expect(trade.item(third).hold).toBe('suspectedStolen');
    expect(releases(third)).toBe('accepted');
    expect(trade.item(second).hold).toBeUndefined();
  });

  it('stays held when another one that it claims a tag with is released, and keeps the reason of the police', () => {
    const serial = (value: string) => ({ scheme: 'serial' as const, value });
    const bears = (by: Party, name: string, ...tags: (typeof VIN | ReturnType<typeof serial>)[]): string => {
      const { item, nonce } = by.signer.item(name);
      const data = { kind: 'vehicle' as const, category: 'sedan', nonce, tags };
      trade.given(by, { type: 'register', item, data });
      return item;
    };
    const a = bears(plant, 'a', VIN);
    const b = bears(shop, 'b', VIN, serial('S-1'));
    const c = bears(shop, 'c', serial('S-1'));
    expect(holds(a)).toBe('accepted');
    trade.given(shop, { type: 'hold', item: c, data: { reason: 'underInvestigation' } });
    expect([a, b, c].map((each) => trade.item(each).hold)).toEqual([
      'suspectedStolen',
      'suspectedStolen',
      'underInvestigation',
    ]);
    expect(releases(c)).toBe('accepted');
    expect([a, b, c].map((each) => trade.item(each).hold)).toEqual([
      'suspectedStolen',
      'suspectedStolen',
      undefined,
    ]);
    expect(releases(a)).toBe('accepted');
    expect(trade.item(b).hold).toBeUndefined();
  });

  it('is free under all of three registrations when one of them is released', () => {
    const all = [car(shop, 'one'), car(plant, 'two'), car(shop, 'three')] as const;
    expect(holds(all[0])).toBe('accepted');
    expect(releases(all[1])).toBe('accepted');
    expect(all.map((each) => trade.item(each).hold)).toEqual([undefined, undefined, undefined]);
  });

  it('is held in the transaction in which it was registered anew', () => {
    const first = car(shop, 'car', 'S-1');
    const { item, nonce } = plant.signer.item('again');
    const again = trade.event({
      type: 'register',
      item,
      data: { kind: 'vehicle', category: 'sedan', nonce, tags: [VIN] },
    });
    const hold = trade.event({ type: 'hold', item: first, data: { reason: 'suspectedStolen' } });
    const { batches } = trade.world.record(plant.signer.batch([again]), police.signer.batch([hold]));
    expect(batches.map(({ verdicts }) => verdicts)).toEqual([['accepted'], ['accepted']]);
    expect(trade.item(item).hold).toBe('suspectedStolen');
  });

  it('does not hold a part that bears the same number', () => {
    const first = car(shop, 'car');
    const { item, nonce } = plant.signer.item('plate');
    const data = { kind: 'part' as const, category: 'plate', nonce, tags: [VIN] };
    trade.given(plant, { type: 'register', item, data });
    expect(holds(first)).toBe('accepted');
    expect(trade.item(item).hold).toBeUndefined();
  });
});
