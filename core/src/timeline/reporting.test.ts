import { describe, expect, it } from 'vitest';
import { lifecycle } from '../rules/lifecycle/index.js';
import { timelinePage } from '../pages/timeline.js';
import { followedBy, isReport, REPORTING } from './reporting.js';

describe('a step that makes nobody a party', () => {
  it('is a hold or a report to the platform, and no step of work, custody or insurance', () => {
    expect(REPORTING.map(([type]) => type)).toEqual(['hold', 'reportTrace']);
    for (const type of ['register', 'accept', 'assess', 'claimLines', 'witness', 'fit'])
      expect(isReport(type), type).toBe(false);
    expect(isReport('toString')).toBe(false);
  });

  it('is one that the tables give to who need not hold the item', () => {
    for (const [type] of REPORTING)
      for (const step of lifecycle.filter(({ event }) => event === type)) expect(step.who).toBe('anyone');
  });

  it('lets who held a car back follow the hold to its end, and who reported a battery nothing', () => {
    expect([...followedBy(['hold', 'inspect'])].sort()).toEqual(['hold', 'release']);
    expect(followedBy(['reportTrace']).size).toBe(0);
  });

  it('is said in the page of who sees what, in both languages', () => {
    expect(timelinePage('en')).toContain('| hold `hold` | hold `hold`, release `release` |');
    expect(timelinePage('en')).toContain('`reportTrace` | nothing further |');
    expect(timelinePage('zh-CN')).toContain('`reportTrace` | 无其他 |');
  });
});
