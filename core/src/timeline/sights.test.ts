import { describe, expect, it } from 'vitest';
import { itemEventData } from '../model/events.js';
import { ROLES } from '../model/terms.js';
import { sightOf, timelineSights, withheld } from './sights.js';
import { topicOf, TOPICS } from './topics.js';

describe('who sees what of a timeline', () => {
  it('is said for each role and topic', () => {
    expect(Object.keys(timelineSights).sort()).toEqual([...ROLES].sort());
    for (const role of ROLES)
      expect(Object.keys(timelineSights[role]).sort(), role).toEqual([...TOPICS].sort());
  });

  it.each([
    ['insurer', 'declareTotalLoss', 'all'],
    ['insurer', 'fit', 'what'],
    ['insurer', 'dismantle', 'step'],
    ['repairShop', 'fit', 'all'],
    ['repairShop', 'declareTotalLoss', 'step'],
    ['repairShop', 'dismantle', 'none'],
    ['remanufacturer', 'grade', 'all'],
    ['dismantler', 'shred', 'all'],
    ['carrier', 'reportDamage', 'none'],
    ['retailer', 'grade', 'none'],
    ['auditor', 'handover', 'all'],
    ['regulator', 'grade', 'all'],
    ['police', 'hold', 'all'],
  ] as const)('%s sees of %s: %s', (role, type, sight) => {
    expect(sightOf([role], topicOf(type))).toBe(sight);
  });

  it('is the most that one of several roles sees', () => {
    expect(sightOf(['carrier', 'dismantler'], 'material')).toBe('all');
    expect(sightOf([], 'identity')).toBe('none');
  });

  it('leaves steps that are not placed yet to Oversight', () => {
    expect(topicOf('aStepToCome')).toBe('other');
    expect(ROLES.filter((role) => timelineSights[role].other !== 'none').sort()).toEqual([
      'auditor',
      'police',
      'regulator',
    ]);
  });

  it('places every step that is there', () => {
    const unplaced = Object.keys(itemEventData).filter((type) => topicOf(type) === 'other');
    expect(unplaced).toEqual([]);
  });

  it('leaves masses, evidence and other parties out, and keeps items', () => {
    const from = 'hl1qqqqqqqqqqqqqqqqqqqqqqqqqqqq';
    expect(withheld({ massGrams: 1, from: '91330100MA27ABCD01', evidence: ['x'], into: from })).toEqual({
      into: from,
    });
    expect(withheld({ from, outputs: [{ item: from, category: 'door', massGrams: 3, nonce: 'n' }] })).toEqual(
      {
        from,
        outputs: [{ item: from, category: 'door' }],
      },
    );
  });
});
