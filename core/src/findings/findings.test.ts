import { describe, expect, it } from 'vitest';
import { FINDINGS, FINDING_KINDS } from './kinds.js';
import { car, only, otherPlant, plant, trade } from './findings.testing.js';

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
