import { beforeEach, describe, expect, it } from 'vitest';
import type { EventOf } from '../model/events.js';
import { findingsIn, Trade, type Party, type Plain } from '../testing/index.js';
import type { Finding } from './finding.js';
import { FINDINGS, FINDING_KINDS } from './kinds.js';
import { metresBetween } from './places.js';

const HOUR = 3_600;
const shanghai = [31_230_000, 121_470_000];
const beijing = [39_900_000, 116_400_000];

let trade: Trade;
let plant: Party;
let otherPlant: Party;
let shop: Party;
let remanufacturer: Party;
let police: Party;

beforeEach(() => {
  trade = new Trade();
  plant = trade.party('plant', ['dismantler']);
  otherPlant = trade.party('other plant', ['dismantler']);
  shop = trade.party('shop', ['repairShop'], { mspId: 'AftermarketMSP' });
  remanufacturer = trade.party('factory', ['remanufacturer'], { mspId: 'AftermarketMSP' });
  police = trade.party('police', ['police'], { mspId: 'OversightMSP' });
  trade.table('massTolerance', 1, { permille: 50 });
});

/** The findings so far, each as `kind of what party did`. */
function told(): string[] {
  return findingsIn(trade.world).map(({ kind, type, verdict }) => `${kind} ${type} ${verdict}`);
}

function only(): Finding {
  const [first, ...others] = findingsIn(trade.world);
  expect(others).toEqual([]);
  expect(first).toBeDefined();
  const names: readonly string[] = FINDINGS[first!.kind].evidence;
  for (const name of Object.keys(first!.evidence)) expect(names).toContain(name);
  return first!;
}

const serial = (value: string) => [{ scheme: 'serial' as const, value }];

function car(by: Party, name: string, tag = name): string {
  const { item, nonce } = by.signer.item(name);
  trade.given(by, {
    type: 'register',
    item,
    data: { kind: 'vehicle', category: 'sedan', nonce, tags: serial(tag) },
  });
  return item;
}

function part(by: Party, name: string, category: string, tag = name): string {
  const { item, nonce } = by.signer.item(name);
  trade.given(by, {
    type: 'register',
    item,
    data: { kind: 'part', category, nonce, tags: serial(tag), massGrams: 9_000 },
  });
  return item;
}

/** A part that comes out of a depolluted vehicle. */
function out(by: Party, vehicle: string, category: string, tag: string): string {
  const { item, nonce } = by.signer.item(`${category} ${tag}`);
  const output = { item, nonce, kind: 'part' as const, category, massGrams: 90_000, tags: serial(tag) };
  trade.given(by, { type: 'dismantle', item: vehicle, data: { outputs: [output] } });
  return item;
}

describe('a destroyed thing that turns up again', () => {
  it('is found when somebody registers its VIN as a new one', () => {
    const first = part(plant, 'starter', 'starter', 'S-1');
    const smelter = trade.party('smelter', ['smelter']);
    trade.given(plant, { type: 'handover', item: first, data: { to: smelter.creditCode } });
    trade.given(smelter, { type: 'accept', item: first, data: { from: plant.creditCode } });
    trade.given(smelter, { type: 'dispose', item: first, data: { method: 'smelted' } });
    expect(told()).toEqual([]);
    const again = part(shop, 'starter again', 'starter', 'S-1');
    expect(only()).toMatchObject({
      kind: 'resurrection',
      party: shop.creditCode,
      items: [again, first],
      evidence: { tags: ['serial/S-1'], former: [first] },
      status: 'open',
    });
  });

  it('is found when another party acts on it, and is a mistake of whoever destroyed it', () => {
    const smelter = trade.party('smelter', ['smelter']);
    const { item, nonce } = smelter.signer.item('iron');
    trade.given(smelter, {
      type: 'register',
      item,
      data: { kind: 'lot', category: 'iron', nonce, tags: [] },
    });
    trade.given(smelter, { type: 'dispose', item, data: { method: 'smelted' } });
    expect(trade.does(smelter, { type: 'dispose', item, data: { method: 'smelted' } })).toBe('HL-2011');
    expect(told()).toEqual([]);
    expect(trade.does(plant, { type: 'handover', item, data: { to: shop.creditCode } })).toBe('HL-2011');
    expect(only()).toMatchObject({ kind: 'resurrection', evidence: { code: 'HL-2011' } });
  });
});

describe('a number that two things bear', () => {
  it('is contested, and each of the two is named', () => {
    const first = car(plant, 'car', 'VIN-1');
    const second = car(otherPlant, 'other car', 'VIN-1');
    expect(only()).toMatchObject({
      kind: 'contestedTag',
      items: [second, first],
      evidence: { rivals: [first] },
    });
  });

  it('is an altered engine number where it is that of another engine', () => {
    part(plant, 'engine', 'engine', 'E-1');
    part(shop, 'engine of another car', 'engine', 'E-1');
    expect(told()).toEqual(['alteredIdentity register accepted']);
  });

  it('is one assembly in two vehicles where two cars give it up', () => {
    const [one, two] = [trade.depolluted(plant, 'one'), trade.depolluted(otherPlant, 'two')];
    const engine = out(plant, one, 'engine', 'E-1');
    const twin = out(otherPlant, two, 'engine', 'E-1');
    const { kind, items, evidence } = only();
    expect({ kind, items }).toEqual({ kind: 'assemblyTwice', items: [twin, engine, two, one] });
    expect(evidence['vehicles']).toEqual([two, one]);
  });

  it('is a core returned twice where the first is a core already', () => {
    const first = part(shop, 'transmission', 'transmission', 'T-1');
    trade.given(shop, { type: 'designateCore', item: first, data: {} });
    part(plant, 'transmission again', 'transmission', 'T-1');
    expect(told()).toEqual(['coreTwice register accepted']);
  });

  it('is none where one item names its tag twice', () => {
    const { item, nonce } = plant.signer.item('twice');
    const tags = [...serial('S-2'), ...serial('S-2')];
    trade.given(plant, { type: 'register', item, data: { kind: 'part', category: 'door', nonce, tags } });
    expect(told()).toEqual([]);
  });
});

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
    const engine = part(shop, 'engine', 'engine');
    trade.given(shop, { type: 'inspect', item: engine, data: { result: 'fit' } });
    trade.given(shop, { type: 'markReused', item: engine, data: { mark: 'M-1' } });
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

describe('a decision about a finding', () => {
  const contested = () => {
    car(plant, 'car', 'VIN-1');
    car(otherPlant, 'other car', 'VIN-1');
    return only().id;
  };

  it('is signed by Oversight, with a reason, and shown with it', () => {
    const finding = contested();
    const data = { finding, outcome: 'mistake' as const, reason: 'labelRead' };
    expect(trade.does(trade.recycling, { type: 'finding.decide', data })).toBe('HL-3033');
    expect(trade.does(plant, { type: 'finding.decide', data })).toBe('HL-2090');
    expect(only()).toMatchObject({ status: 'open' });
    trade.given(trade.oversight, { type: 'finding.decide', data });
    expect(only().earlier).toBeUndefined();
    expect(only()).toMatchObject({
      status: 'decided',
      decision: { outcome: 'mistake', reason: 'labelRead', by: 'OversightMSP' },
    });
  });

  it('may be revised, and names an event that is on record', () => {
    const finding = contested();
    const decide = (outcome: 'mistake' | 'irregular', id = finding) =>
      trade.does(trade.oversight, { type: 'finding.decide', data: { finding: id, outcome, reason: 'x' } });
    expect([decide('mistake'), decide('irregular')]).toEqual(['accepted', 'accepted']);
    expect(only()).toMatchObject({ decision: { outcome: 'irregular' }, earlier: [{ outcome: 'mistake' }] });
    expect(decide('mistake')).toBe('accepted');
    expect(only().earlier?.map(({ outcome }) => outcome)).toEqual(['mistake', 'irregular']);
    expect(decide('mistake', finding.replace(/\.0$/, '.9'))).toBe('HL-2260');
  });
});

describe('the tables that findings and clocks are read from', () => {
  it.each([
    ['stations', { SH1: [1, 2, 3] }],
    ['stations', { SH1: [91_000_000, 0] }],
    ['findingLimits', { truckMilesPerHour: 70 }],
    ['findingLimits', { truckKmPerHour: -1 }],
    ['timeLimits', { certificate: [20180101, 0, 7, 'days', 2, 'unconfirmed'] }],
    ['holidays2026', { off: [20260104], on: [] }],
  ])('are refused when malformed: %s %j', (name, table) => {
    const data = { name, province: 'CN', version: 1, from: 0, table };
    expect(trade.does(trade.oversight, { type: 'rule.propose', data })).toBe('HL-2261');
  });
});

it('Every kind of finding has words in both languages and says what is kept with it', () => {
  for (const kind of FINDING_KINDS) {
    const { title, source, evidence } = FINDINGS[kind];
    for (const { zh } of [title, source]) expect(zh).toMatch(/[\u4e00-\u9fff]/);
    for (const { en } of [title, source]) expect(en).toMatch(/^[ -~]+$/);
    expect(evidence.length).toBeGreaterThan(0);
  }
});
