import { beforeEach, describe, expect, it } from 'vitest';
import type { ApplianceFacts, ApplianceType } from '../index.js';
import { Trade, type Party } from '../testing/trade.js';

let trade: Trade;
let plant: Party;
let collector: Party;

beforeEach(() => {
  trade = new Trade();
  trade.table('requiredParts', 1, {});
  plant = trade.party('plant', ['processor']);
  collector = trade.party('collector', ['collector']);
});

function unit(name: string, type: ApplianceType): string {
  const { item, nonce } = plant.signer.item(name);
  const category = type.startsWith('split') ? 'airConditioner' : 'computer';
  const data = { kind: 'device' as const, category, nonce, tags: [] };
  trade.given(
    plant,
    { type: 'register', item, data },
    { type: 'receiveUnit', item, data: { massGrams: 9_000, type, identity: 'label', partsVersion: 1 } },
  );
  return item;
}
const binds = (item: string, partner: string): string =>
  trade.does(plant, { type: 'bindSet', item, data: { partner } });
const unbinds = (item: string, partner: string, who = plant): string =>
  trade.does(who, { type: 'unbindSet', item, data: { partner } });
const facts = (item: string): ApplianceFacts | undefined => trade.item(item).appliance;

describe('a set that was bound by mistake', () => {
  it('is unbound from either side, and both units are free for another one', () => {
    const [host, wrong, right] = [
      unit('host', 'desktopHost'),
      unit('monitor 1', 'desktopMonitor'),
      unit('monitor 2', 'desktopMonitor'),
    ];
    expect(unbinds(host, wrong)).toBe('HL-2133');
    expect(binds(host, wrong)).toBe('accepted');
    expect(unbinds(host, right)).toBe('HL-2133');
    expect(unbinds(host, host)).toBe('HL-2127');
    expect(unbinds(wrong, host)).toBe('accepted');
    expect([facts(host)?.partner, facts(wrong)?.partner]).toEqual([undefined, undefined]);
    expect(binds(host, right)).toBe('accepted');
  });

  it('is unbound by who holds both, as long as neither went down the line', () => {
    const [host, monitor] = [unit('host', 'desktopHost'), unit('monitor', 'desktopMonitor')];
    binds(host, monitor);
    expect(unbinds(host, monitor, collector)).toBe('HL-2020');
    trade.given(plant, { type: 'handover', item: monitor, data: { to: collector.creditCode } });
    expect(unbinds(host, monitor)).toBe('HL-2021');
    trade.given(collector, { type: 'accept', item: monitor, data: { from: plant.creditCode } });
    expect(unbinds(host, monitor)).toBe('HL-2020');
  });
});

describe('an air conditioner with several indoor units', () => {
  it('is one set: each indoor unit knows the outdoor one, and that one all of them', () => {
    const outdoor = unit('outdoor', 'splitOutdoor');
    const [hall, bedroom, study] = ['hall', 'bedroom', 'study'].map((name) => unit(name, 'splitIndoor')) as [
      string,
      string,
      string,
    ];
    expect([binds(hall, outdoor), binds(outdoor, bedroom), binds(study, outdoor)]).toEqual(
      Array(3).fill('accepted'),
    );
    expect(facts(outdoor)).toMatchObject({ partner: hall, morePartners: [bedroom, study] });
    for (const indoor of [hall, bedroom, study]) expect(facts(indoor)?.partner).toBe(outdoor);
    expect(binds(hall, outdoor)).toBe('HL-2128');
  });

  it('has one outdoor unit, and sixteen indoor units at most', () => {
    const [one, two] = [unit('outdoor 1', 'splitOutdoor'), unit('outdoor 2', 'splitOutdoor')];
    const indoor = Array.from({ length: 17 }, (_, i) => unit(`indoor ${i}`, 'splitIndoor'));
    const [first = '', ...others] = indoor;
    expect(binds(first, one)).toBe('accepted');
    expect(binds(first, two)).toBe('HL-2128');
    expect(others.map((each) => binds(each, one))).toEqual([...Array(15).fill('accepted'), 'HL-2128']);
  });

  it('loses one of them and keeps the others', () => {
    const outdoor = unit('outdoor', 'splitOutdoor');
    const [hall, study] = [unit('hall', 'splitIndoor'), unit('study', 'splitIndoor')];
    binds(hall, outdoor);
    binds(study, outdoor);
    expect(unbinds(outdoor, hall)).toBe('accepted');
    expect(facts(outdoor)?.partner).toBe(study);
    expect(facts(outdoor)?.morePartners).toBeUndefined();
    expect(facts(hall)?.partner).toBeUndefined();
    expect(unbinds(study, outdoor)).toBe('accepted');
    expect(facts(outdoor)?.partner).toBeUndefined();
  });
});
