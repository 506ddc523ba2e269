import { describe, expect, it } from 'vitest';
import type { ItemEventType, LedgerEvent } from '../model/events.js';
import { lifecycle } from '../rules/lifecycle/index.js';
import { timelinePage } from '../pages/timeline.js';
import { followedBy, isReport, REPORTING, reportersBy } from './reporting.js';

const OF_LOSS = ['reportDamage', 'assess', 'declareTotalLoss', 'claimLines', 'approveLines', 'payLines'];

/** Steps that need no holder and make a party all the same, and why. */
const PARTIES_BY_MORE: readonly ItemEventType[] = [
  // What is brought into the ledger is its signer's own.
  ...(['register', 'intakeBatch', 'openManifest'] as const),
  // Both hands of the change, or Oversight.
  'settleDifference',
  // Who sold the part.
  'claimEntitlement',
  // Oversight, which reads all.
  ...(['release', 'witness', 'cancelRegistration', 'changeRegistration'] as const),
];

const typed = (type: string, data: object = {}): LedgerEvent => ({ type, data }) as unknown as LedgerEvent;

describe('a step that makes nobody a party', () => {
  it('is a hold, a report to the platform, or a step of a loss, and none of work or custody', () => {
    expect(REPORTING.flatMap(({ steps }) => steps)).toEqual(['hold', 'reportTrace', ...OF_LOSS]);
    for (const type of ['register', 'accept', 'sellSalvage', 'returnToUse', 'witness', 'fit'])
      expect(isReport(type), type).toBe(false);
    expect(isReport('toString')).toBe(false);
  });

  it('is each that the tables give to who need not hold the item, but for those that take more', () => {
    const anyones = lifecycle.filter(({ who }) => who === 'anyone').map(({ event }) => event);
    expect([...new Set(anyones)].filter((type) => !PARTIES_BY_MORE.includes(type)).sort()).toEqual(
      ['hold', 'reportTrace', ...OF_LOSS].sort(),
    );
    for (const type of REPORTING.flatMap(({ steps }) => steps))
      for (const step of lifecycle.filter(({ event }) => event === type)) expect(step.who).toBe('anyone');
  });

  it('lets who held a car back follow the hold to its end, and who reported a battery nothing', () => {
    expect([...followedBy(['hold', 'inspect'])].sort()).toEqual(['hold', 'release']);
    expect(followedBy(['reportTrace']).size).toBe(0);
    expect(followedBy(['claimLines']).size).toBe(0);
  });

  it('is read on by who signed it, and of recourse by the insurer that is to pay', () => {
    expect(reportersBy(typed('assess'), 'X')).toEqual(['X']);
    expect(reportersBy(typed('claimLines'), 'X')).toEqual(['X']);
    expect(reportersBy(typed('claimLines', { against: 'Y' }), 'X')).toEqual(['X', 'Y']);
    expect(reportersBy(typed('inspect'), 'X')).toEqual([]);
  });

  it('is said in the page of who sees what, in both languages', () => {
    expect(timelinePage('en')).toContain('| hold `hold` | hold `hold`, release `release` |');
    expect(timelinePage('en')).toContain('`reportTrace` | nothing further |');
    expect(timelinePage('en')).toContain('pay damage lines `payLines` | of the same loss: report damage');
    expect(timelinePage('zh-CN')).toContain('`reportTrace` | 无其他 |');
    expect(timelinePage('zh-CN')).toContain('`payLines` | 同一赔案的');
  });
});
