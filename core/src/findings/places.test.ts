import { beforeEach, describe, expect, it } from 'vitest';
import type { Party } from '../testing/index.js';
import { metresBetween } from './places.js';
import { only, part, plant, shop, told, trade } from './findings.testing.js';

const HOUR = 3_600;
const shanghai = [31_230_000, 121_470_000];
const beijing = [39_900_000, 116_400_000];

describe('a tag at two places', () => {
  const read = (by: Party, item: string, station: string, time: number) =>
    trade.world.verdict(by.signer, {
      version: 1,
      type: 'inspect',
      item,
      time,
      station,
      data: { result: 'fit' },
    });

  beforeEach(() => {
    const from = { province: 'CN', version: 1, from: 0 };
    trade.given(trade.oversight, {
      type: 'rule.propose',
      data: { ...from, name: 'stations', table: { SH1: shanghai, BJ1: beijing } },
    });
    trade.given(trade.secondOversight, {
      type: 'rule.approve',
      data: { name: 'stations', province: 'CN', version: 1 },
    });
    trade.table('findingLimits', 1, { truckKmPerHour: 120, clockSlackSeconds: 300 });
  });

  it('is about 1 067 km from Shanghai to Beijing', () => {
    const [here, there] = [shanghai, beijing].map(([latitude, longitude]) => ({
      latitude: latitude!,
      longitude: longitude!,
    }));
    expect(Math.round(metresBetween(here!, there!) / 10_000)).toBe(107);
    expect(metresBetween(here!, here!)).toBe(0);
  });

  it('is found when no truck could have driven so fast, also when the second reading is refused', () => {
    const item = part(plant, 'door', 'door');
    const { time } = trade.world;
    expect(read(plant, item, 'SH1', time - 5 * HOUR)).toBe('accepted');
    expect(read(shop, item, 'BJ1', time)).toBe('HL-2020');
    const { kind, party, evidence } = only();
    expect({ kind, party }).toEqual({ kind: 'twoPlaces', party: shop.creditCode });
    expect(evidence).toMatchObject({ stations: ['SH1', 'BJ1'], seconds: 5 * HOUR });
  });

  it('is none when there was time to drive, nor at a station that no table knows', () => {
    const item = part(plant, 'door', 'door');
    const { time } = trade.world;
    expect(read(plant, item, 'SH1', time - 9 * HOUR)).toBe('accepted');
    expect(read(plant, item, 'BJ1', time)).toBe('accepted');
    expect(read(plant, item, 'XX1', time)).toBe('accepted');
    expect(told()).toEqual([]);
  });
});
