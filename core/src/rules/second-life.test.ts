import { describe, expect, it } from 'vitest';
import { rowKey } from '../model/row-keys.js';
import { numbered } from '../testing/numbered.js';
import {
  battery,
  coded,
  dealer,
  hands,
  MODULE,
  PACK,
  recycler,
  registers,
  repurposes,
  shop,
  takesIn,
  testedAt,
  trade,
  user,
} from './batteries.testing.js';

describe('second life', () => {
  it('needs a new test when the battery was used again since', () => {
    const both = trade.party('both', ['secondLifeUser', 'repairShop'], { mspId: 'AftermarketMSP' });
    testedAt(both, 900);
    const { item: car, nonce } = both.signer.item('car');
    trade.given(
      both,
      {
        type: 'register',
        item: car,
        data: { kind: 'vehicle', category: 'electricCar', nonce, tags: numbered(nonce) },
      },
      { type: 'inspect', item: battery, data: { result: 'fit' } },
      { type: 'fit', item: battery, data: { into: car } },
      { type: 'remove', item: battery, data: { from: car } },
    );
    expect(trade.item(battery)).toMatchObject({ state: 'removed', massGrams: 400_000 });
    expect(trade.item(battery).battery).toBeUndefined();
    expect(hands(battery, both, dealer)).toBe('accepted');
  });

  it('needs a test that was passed', () => {
    hands(battery, shop, user);
    expect(takesIn(user)).toBe('accepted');
    expect(repurposes(user)).toBe('HL-2010');
  });

  it('is for a licensed second-life user: others pass a fit battery on, to nobody else', () => {
    testedAt(recycler, 800);
    expect(repurposes(recycler)).toBe('HL-2030');
    expect(hands(battery, recycler, dealer)).toBe('HL-2168');
    const unlicensed = trade.party('unlicensed', ['secondLifeUser'], { licence: false });
    expect(hands(battery, recycler, unlicensed)).toBe('HL-2168');
    expect(hands(battery, recycler, user)).toBe('accepted');
    expect(repurposes(user)).toBe('accepted');
  });

  it('makes one product of a battery, once, under a code of its own', () => {
    testedAt(user, 700);
    expect(repurposes(user, { tags: [] })).toBe('HL-2161');
    expect(repurposes(user, { kind: 'lot' })).toBe('HL-2161');
    expect(repurposes(user, { tags: coded(PACK) })).toBe('HL-2170');
    registers(shop, MODULE);
    expect(repurposes(user, { tags: coded(MODULE) })).toBe('HL-2170');
    expect(repurposes(user)).toBe('accepted');
    expect(repurposes(user, user.signer.item('another'))).toBe('HL-2011');
    // The old code is retired and still found.
    expect(trade.world.row(rowKey.tag({ scheme: 'battery', value: PACK }))).toEqual({
      item: battery,
      retired: true,
    });
  });

  it('makes no mass: product and loss are the old battery and what was built in', () => {
    testedAt(user, 700);
    expect(repurposes(user, { massGrams: 405_000 })).toBe('HL-2050');
    expect(repurposes(user, { massGrams: 390_000 }, { lossGrams: 1_000 })).toBe('HL-2050');
    expect(repurposes(user, { massGrams: 450_000 }, { addedGrams: 60_000, lossGrams: 10_000 })).toBe(
      'accepted',
    );
  });
});
