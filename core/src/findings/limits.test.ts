import { describe, expect, it } from 'vitest';
import type { EventOf } from '../model/events.js';
import { corrects, recorded } from '../testing/corrections.js';
import { findingsIn, type Party, type Plain } from '../testing/index.js';
import { car, only, out, part, plant, serial, shop, told, trade } from './findings.testing.js';

const HOUR = 3_600;

describe('more than a licence allows in a year', () => {
  /** A party with a licence for two units a year. */
  function small(kind: 'dismantler' | 'processor'): Party {
    const party = trade.party('small', [kind], { licence: false });
    const { creditCode } = party;
    const licence = {
      number: 'SMALL',
      kind,
      categories: [],
      annualCapacity: 2,
      validFrom: 0,
      validTo: 2_000_000_000,
      authority: 'test',
    };
    trade.given(trade.recycling, { type: 'licence.grant', data: { creditCode, licence } });
    trade.given(trade.oversight, { type: 'licence.countersign', data: { creditCode, number: 'SMALL' } });
    return party;
  }

  it('is accepted and found once, and counted anew from the first of January at UTC+8', () => {
    const yard = small('dismantler');
    trade.scrapped(yard, 'one');
    trade.scrapped(yard, 'two');
    expect(told()).toEqual([]);
    const third = trade.scrapped(yard, 'three');
    trade.scrapped(yard, 'four');
    expect(only()).toMatchObject({
      kind: 'capacityExceeded',
      party: yard.creditCode,
      items: [third],
      evidence: { year: 2025, capacity: 2, count: 3 },
    });
    // From noon of 1 July 2025 to the first second of 2026.
    trade.world.time += 183 * 24 * HOUR + 12 * HOUR;
    for (const name of ['five', 'six']) trade.scrapped(yard, name);
    expect(told()).toHaveLength(1);
    trade.scrapped(yard, 'seven');
    expect(findingsIn(trade.world)[1]).toMatchObject({ evidence: { year: 2026, count: 3 } });
  });

  it('is not reached by an intake that was taken back, and counts in the year in which that was', () => {
    const yard = small('dismantler');
    trade.table('correctionTerm', 1, { alone: 365, together: 365 });
    const surrendered = (name: string): string => {
      const item = car(yard, name);
      trade.given(yard, { type: 'surrender', item, data: {} });
      return item;
    };
    const received = (item: string): string =>
      recorded(trade, yard, { type: 'receive', item, data: { massGrams: 1_000_000 } });
    const [one, two, three] = ['one', 'two', 'three'].map(surrendered) as [string, string, string];
    const wrong = received(one);
    expect(corrects(trade, yard, one, wrong)).toBe('accepted');
    received(one);
    const last = received(two);
    expect(told()).toEqual([]);
    received(three);
    expect(told()).toEqual(['capacityExceeded receive accepted']);
    // Taken back in the next year: the former one has room again, and what comes in this year is the first.
    trade.world.time += 184 * 24 * HOUR;
    expect(corrects(trade, yard, two, last)).toBe('accepted');
    received(two);
    trade.scrapped(yard, 'four');
    expect(told()).toHaveLength(1);
    trade.scrapped(yard, 'five');
    expect(findingsIn(trade.world)[1]).toMatchObject({ evidence: { year: 2026, count: 3 } });
  });

  it('is not reached by a unit that is weighed in twice, but by one that another plant weighs in', () => {
    trade.table('requiredParts', 1, { refrigerator: ['compressor'] });
    const works = small('processor');
    const outlet = trade.party('outlet', ['collector']);
    const receives = (item: string) => ({
      type: 'receiveUnit' as const,
      item,
      data: { type: 'fridge' as const, massGrams: 40_000, identity: 'label' as const, partsVersion: 1 },
    });
    const fridge = (by: Party, name: string): string => {
      const { item, nonce } = by.signer.item(name);
      const data = { kind: 'device' as const, category: 'refrigerator', nonce, tags: serial(name) };
      trade.given(by, { type: 'register', item, data }, receives(item));
      return item;
    };
    const first = fridge(works, 'one');
    trade.given(works, receives(first), receives(first));
    trade.given(works, receives(first));
    fridge(works, 'two');
    expect(told()).toEqual([]);
    const third = fridge(outlet, 'three');
    trade.given(outlet, { type: 'handover', item: third, data: { to: works.creditCode } });
    trade.given(works, { type: 'accept', item: third, data: { from: outlet.creditCode } });
    trade.given(works, receives(third));
    expect(only()).toMatchObject({ items: [third], evidence: { capacity: 2, count: 3 } });
  });
});

describe('what the tables bound', () => {
  it('is back-filled when a batch was recorded long after it happened: one finding of all of it', () => {
    const item = part(plant, 'door', 'door');
    const late = (result: 'fit' | 'unfit') =>
      ({
        version: 1,
        type: 'inspect',
        item,
        time: trade.world.time - 4 * 24 * HOUR,
        data: { result },
      }) as EventOf<'inspect'>;
    trade.world.verdicts(plant.signer, late('fit'));
    expect(told()).toEqual([]);
    trade.table('findingLimits', 1, { backfillSeconds: 3 * 24 * HOUR });
    trade.world.verdicts(plant.signer, late('unfit'), late('fit'));
    expect(only()).toMatchObject({
      kind: 'backfilled',
      items: [item],
      evidence: { events: 2, seconds: 4 * 24 * HOUR },
    });
  });

  it('is what the table of the signer’s province says, where it has one', () => {
    const item = part(plant, 'door', 'door');
    const late = {
      ...trade.event({ type: 'inspect', item, data: { result: 'fit' } }),
      time: trade.world.time - 2 * HOUR,
    };
    trade.table('findingLimits', 1, { backfillSeconds: 3 * HOUR });
    trade.table('findingLimits', 1, { backfillSeconds: HOUR }, 0, '330000');
    trade.world.verdicts(plant.signer, late);
    expect(told()).toEqual([]);
    // The enterprises of these tests are in Shanghai.
    trade.table('findingLimits', 1, { backfillSeconds: HOUR }, 0, '310000');
    trade.world.verdicts(plant.signer, late);
    expect(only()).toMatchObject({ kind: 'backfilled', evidence: { seconds: 2 * HOUR } });
  });

  it('is mass that appears when more is accepted than was handed over, whichever came first', () => {
    trade.table('findingLimits', 1, { acceptedAbovePermille: 50 });
    const [one, two, three] = [
      part(plant, 'one', 'door'),
      part(plant, 'two', 'door'),
      part(plant, 'three', 'door'),
    ];
    const give = (item: string): Plain<EventOf<'handover'>> => ({
      type: 'handover',
      item,
      data: { to: shop.creditCode, massGrams: 9_000 },
    });
    const take = (item: string, massGrams: number): Plain<EventOf<'accept'>> => ({
      type: 'accept',
      item,
      data: { from: plant.creditCode, massGrams },
    });
    trade.given(plant, give(one), give(two));
    trade.given(shop, take(one, 9_450), take(three, 9_451));
    expect(told()).toEqual([]);
    trade.given(shop, take(two, 9_451));
    expect(only()).toMatchObject({
      kind: 'massAppears',
      items: [two],
      evidence: { inGrams: 9_000, outGrams: 9_451 },
    });
    trade.given(plant, give(three));
    expect(told()).toEqual(['massAppears accept accepted', 'massAppears handover accepted']);
  });

  it('is mass that appears when more comes out than went in, and not when some is missing', () => {
    const vehicle = trade.depolluted(plant, 'car');
    const weigh = (massGrams: number) =>
      trade.does(plant, {
        type: 'leaveHulk',
        item: vehicle,
        data: { massGrams, lossGrams: 0, toleranceVersion: 1 },
      });
    out(plant, vehicle, 'door', 'D-1');
    expect(weigh(100_000)).toBe('HL-2050');
    expect(told()).toEqual([]);
    expect(weigh(1_900_000)).toBe('HL-2050');
    expect(only()).toMatchObject({
      kind: 'massAppears',
      evidence: { inGrams: 905_000, outGrams: 1_900_000 },
    });
  });
});

describe('a unit that is weighed in again', () => {
  it('and weighs far more than before has gained mass', () => {
    trade.table('findingLimits', 1, { acceptedAbovePermille: 50 });
    trade.table('requiredParts', 1, {});
    const processor = trade.party('processor', ['processor']);
    const { item, nonce } = processor.signer.item('printer');
    const data = { kind: 'device' as const, category: 'printer', nonce, tags: [], massGrams: 1_000 };
    const weighs = (massGrams: number): void =>
      trade.given(processor, {
        type: 'receiveUnit',
        item,
        data: { massGrams, identity: 'label', partsVersion: 1 },
      });
    trade.given(processor, { type: 'register', item, data });
    // What was said when it was registered is no weighing.
    weighs(8_000);
    weighs(8_400);
    expect(told()).toEqual([]);
    weighs(80_000);
    expect(only()).toMatchObject({
      kind: 'massAppears',
      items: [item],
      evidence: { inGrams: 8_400, outGrams: 80_000 },
    });
  });
});
