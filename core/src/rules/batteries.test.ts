import { describe, expect, it } from 'vitest';
import type { Party } from '../testing/trade.js';
import {
  battery,
  collector,
  dealer,
  hands,
  inner,
  MODULE,
  output,
  recycler,
  recycles,
  repurposes,
  shop,
  takesApart,
  takesIn,
  testedAt,
  tests,
  trade,
  user,
} from './batteries.testing.js';

describe('a battery on paper', () => {
  const slip = { document: 'd'.repeat(64), household: 'SLIP-1' };
  const gives = (by: Party, item: string): string =>
    trade.does(by, { type: 'acceptOnBehalf', item, data: slip });
  const comesBack = (to: Party, item: string): string =>
    trade.does(to, { type: 'receiveOnPaper', item, data: slip });

  it('goes to nobody as long as only who is licensed takes it in', () => {
    expect(gives(shop, battery)).toBe('HL-2187');
    expect(comesBack(shop, battery)).toBe('HL-2186');
    testedAt(user, 800);
    expect(gives(user, battery)).toBe('HL-2187');
  });

  it('goes as a second-life product to who uses it, and comes back to be collected', () => {
    testedAt(user, 800);
    expect(repurposes(user)).toBe('accepted');
    const product = user.signer.item('product').item;
    expect(gives(user, product)).toBe('accepted');
    expect(trade.item(product)).toMatchObject({ custodian: 'household:SLIP-1', state: 'secondLife' });
    expect(comesBack(user, product)).toBe('accepted');
    expect(trade.does(user, { type: 'collectBattery', item: product, data: {} })).toBe('accepted');
    expect(gives(user, product)).toBe('HL-2187');
  });
});

describe('a battery out of use', () => {
  it('is collected, taken in, tested, made into a second-life product, which comes back and is recycled', () => {
    hands(battery, shop, collector);
    expect(trade.does(collector, { type: 'collectBattery', item: battery, data: { slip: 'S-1' } })).toBe(
      'accepted',
    );
    expect(trade.item(battery).state).toBe('collected');
    hands(battery, collector, user);
    expect(tests(user, 800)).toBe('HL-2010');
    expect(takesIn(user)).toBe('accepted');
    expect(tests(user, 800)).toBe('accepted');
    expect(trade.item(battery)).toMatchObject({
      state: 'tested',
      battery: { capacityPermille: 800, result: 'secondLife' },
    });
    expect(repurposes(user)).toBe('accepted');
    const product = user.signer.item('product').item;
    expect(trade.item(battery).state).toBe('repurposed');
    expect(trade.item(product)).toMatchObject({
      state: 'secondLife',
      parent: battery,
      battery: { capacityPermille: 800 },
    });
    const site = trade.party('site', ['retailer'], { mspId: 'AftermarketMSP' });
    expect(hands(product, user, site)).toBe('accepted');
    expect(hands(product, site, collector)).toBe('accepted');
    expect(trade.does(collector, { type: 'collectBattery', item: product, data: {} })).toBe('accepted');
    expect(hands(product, collector, recycler)).toBe('accepted');
    expect(takesIn(recycler, product)).toBe('accepted');
    expect(recycles(recycler, product, [output(recycler, 'black mass', 395_000)], 4_000)).toBe('accepted');
    expect(trade.item(product).state).toBe('recycled');
    expect(trade.item(recycler.signer.item('black mass').item)).toMatchObject({ parent: product });
    const report = { type: 'reportTrace', item: product, data: { number: 'T-1' } } as const;
    expect(trade.does(recycler, report)).toBe('accepted');
    expect(trade.does(dealer, report)).toBe('HL-2030');
  });

  it('is taken in, tested and recycled by who has a licence alone', () => {
    const unlicensed = trade.party('unlicensed', ['secondLifeUser'], { licence: false });
    hands(battery, shop, unlicensed);
    expect(takesIn(unlicensed)).toBe('HL-2031');
    expect(hands(battery, unlicensed, dealer)).toBe('accepted');
    expect(takesIn(dealer)).toBe('HL-2030');
    expect(hands(battery, dealer, user)).toBe('accepted');
    takesIn(user);
    expect(recycles(user, battery, [output(user, 'black mass', 400_000)])).toBe('HL-2030');
  });

  it('weighs at intake what is on record, within the tolerance of the table', () => {
    hands(battery, shop, user);
    expect(takesIn(user, battery, 404_001)).toBe('HL-2050');
    expect(takesIn(user, battery, 395_999)).toBe('HL-2050');
    expect(takesIn(user, battery, 404_000)).toBe('accepted');
    expect(trade.item(battery).massGrams).toBe(404_000);
  });

  it('is neither shredded nor dumped: it is recycled', () => {
    hands(battery, shop, recycler);
    expect(trade.does(recycler, { type: 'dispose', item: battery, data: { method: 'smelted' } })).toBe(
      'HL-2004',
    );
  });
});

describe('a battery that failed its test', () => {
  it('for want of capacity or for a defect goes to a licensed recycler and to nobody else', () => {
    testedAt(user, 599);
    expect(trade.item(battery).battery).toMatchObject({ result: 'recycle' });
    expect(repurposes(user)).toBe('HL-2167');
    expect(hands(battery, user, dealer)).toBe('HL-2167');
    expect(hands(battery, user, collector)).toBe('HL-2167');
    expect(hands(battery, user, collector, { keepOwnership: true })).toBe('HL-2107');
    const away = { keepOwnership: true, consignee: dealer.creditCode };
    expect(hands(battery, user, collector, away)).toBe('HL-2167');
    const unlicensed = trade.party('unlicensed', ['smelter'], { licence: false });
    expect(hands(battery, user, unlicensed)).toBe('HL-2167');
    expect(hands(battery, user, collector, { ...away, consignee: recycler.creditCode })).toBe('accepted');
    expect(hands(battery, collector, recycler)).toBe('accepted');
    expect(trade.item(battery)).toMatchObject({ owner: recycler.creditCode });
  });

  it('is not tested until it passes, not fitted, and taken apart only by who recycles it', () => {
    testedAt(user, 900);
    expect(tests(user, 900, { defect: 'leaking' })).toBe('accepted');
    expect(tests(user, 900)).toBe('HL-2167');
    trade.given(user, { type: 'inspect', item: battery, data: { result: 'fit' } });
    const pack = user.signer.item('pack').item;
    expect(trade.does(user, { type: 'fit', item: battery, data: { into: pack } })).toBe('HL-2167');
    expect(takesApart(user, battery, [inner(user, MODULE, 400_000)])).toBe('HL-2167');
    expect(hands(battery, user, recycler)).toBe('accepted');
    expect(takesApart(recycler, battery, [inner(recycler, MODULE, 400_000)])).toBe('accepted');
  });

  it('was not tested by a table that is not in force', () => {
    hands(battery, shop, user);
    takesIn(user);
    expect(tests(user, 900, { tableVersion: 2 })).toBe('HL-2070');
  });
});
