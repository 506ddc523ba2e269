import { describe, expect, it } from 'vitest';
import { EVENT_TYPES } from '../model/events.js';
import { DERIVED, TIME_LIMITS, trialTerms } from './time-limits.js';
import { readTerms, termsTable } from './terms.js';

describe('the time limits', () => {
  it('name events that can be recorded, but for those that no life cycle has yet', () => {
    const known: readonly string[] = [...EVENT_TYPES, ...DERIVED];
    const named = TIME_LIMITS.flatMap(({ startedBy, stoppedBy, stoppedBefore = [] }) => [
      ...startedBy,
      ...stoppedBy,
      ...stoppedBefore,
    ]);
    const missing = new Set(named.filter((type) => !known.includes(type)));
    // Those that are recorded by now may leave the list.
    const declared = [
      'changeRegistration',
      'merge',
      'receiveCore',
      'sellRemanufactured',
      'split',
      'transform',
    ];
    expect([...missing].filter((type) => !declared.includes(type))).toEqual([]);
  });

  it('have a name each, words in both languages, and terms that a rule table can hold', () => {
    const names = TIME_LIMITS.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    for (const { title, source } of TIME_LIMITS) {
      for (const { zh } of [title, source]) expect(zh).toMatch(/[\u4e00-\u9fff]/);
      for (const { en } of [title, source]) expect(en).toMatch(/^[ -~]+$/);
    }
    expect(readTerms(termsTable(trialTerms()))).toEqual(trialTerms());
  });

  it('fit into one event that proposes them', () => {
    expect(JSON.stringify(termsTable(trialTerms())).length).toBeLessThan(3_500);
  });
});
