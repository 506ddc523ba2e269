import { describe, expect, it } from 'vitest';
import type { EventOf } from '../model/events.js';
import { findingsIn, type Plain } from '../testing/index.js';
import { only, out, part, plant, shop, told, trade } from './findings.testing.js';

const HOUR = 3_600;

describe('more than a licence allows in a year', () => {
  it('is accepted and found once, and counted anew from the first of January at UTC+8', () => {
    const licence = {
      number: 'SMALL',
      kind: 'dismantler' as const,
      categories: [],
      annualCapacity: 2,
      validFrom: 0,
      validTo: 2_000_000_000,
      authority: 'test',
    };
    const small = trade.party('small plant', ['dismantler'], { licence: false });
    const { creditCode } = small;
    trade.given(trade.recycling, { type: 'licence.grant', data: { creditCode, licence } });
    trade.given(trade.oversight, { type: 'licence.countersign', data: { creditCode, number: 'SMALL' } });
    trade.scrapped(small, 'one');
    trade.scrapped(small, 'two');
    expect(told()).toEqual([]);
    const third = trade.scrapped(small, 'three');
    trade.scrapped(small, 'four');
    expect(only()).toMatchObject({
      kind: 'capacityExceeded',
      party: creditCode,
      items: [third],
      evidence: { year: 2025, capacity: 2, count: 3 },
    });
    // From noon of 1 July 2025 to the first second of 2026.
    trade.world.time += 183 * 24 * HOUR + 12 * HOUR;
    for (const name of ['five', 'six']) trade.scrapped(small, name);
    expect(told()).toHaveLength(1);
    trade.scrapped(small, 'seven');
    expect(findingsIn(trade.world)[1]).toMatchObject({ evidence: { year: 2026, count: 3 } });
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
