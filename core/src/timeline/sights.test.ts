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
    ['retailer', 'grade', 'step'],
    ['auditor', 'handover', 'all'],
    ['regulator', 'grade', 'all'],
    ['police', 'hold', 'all'],
  ] as const)('%s sees of %s: %s', (role, type, sight) => {
    expect(sightOf([role], topicOf(type))).toBe(sight);
  });

  // What sections 1 to 3 of the domain say of each, by hand.
  it.each([
    // A claim, an assessment, an approved list of parts: between insurers whole, for the shop what it may fit.
    ['insurer', 'claimLines', 'all'],
    ['insurer', 'payLines', 'all'],
    ['repairShop', 'approveLines', 'all'],
    ['repairShop', 'claimLines', 'step'],
    ['repairShop', 'payLines', 'step'],
    ['dismantler', 'approveLines', 'none'],
    ['remanufacturer', 'payLines', 'step'],
    ['vehicleOwner', 'approveLines', 'what'],
    ['partsDealer', 'claimLines', 'none'],
    ['finance', 'payLines', 'none'],
    ['auctionHouse', 'sellSalvage', 'what'],
    // Intake, certificate and what came out of the car.
    ['insurer', 'issueCertificate', 'what'],
    ['insurer', 'receive', 'what'],
    ['vehicleOwner', 'issueCertificate', 'what'],
    ['vehicleOwner', 'shred', 'step'],
    ['shredder', 'leaveHulk', 'what'],
    ['carrier', 'dismantle', 'none'],
    ['finance', 'dismantle', 'all'],
    ['police', 'cancelRegistration', 'all'],
    ['dismantler', 'witness', 'all'],
    // A stolen car stands still, and who carries it learns that.
    ['carrier', 'hold', 'step'],
    ['usedCarDealer', 'hold', 'what'],
    ['retailer', 'hold', 'none'],
    // The owner decides about the old part; who sells remanufactured parts sees the way of the core.
    ['vehicleOwner', 'designateCore', 'what'],
    ['partsDealer', 'sellRemanufactured', 'what'],
    ['repairShop', 'claimEntitlement', 'what'],
    ['retailer', 'receiveCore', 'step'],
    ['smelter', 'grade', 'none'],
    // A battery on its way into a second life and back.
    ['secondLifeUser', 'testBattery', 'all'],
    ['secondLifeUser', 'repurpose', 'all'],
    ['smelter', 'repurpose', 'what'],
    ['dismantler', 'reportTrace', 'what'],
    ['repairShop', 'testBattery', 'what'],
    ['insurer', 'recycle', 'step'],
    ['collector', 'collectBattery', 'step'],
    // An appliance: the processor's work whole, the finance office's ground for paying.
    ['processor', 'receiveUnit', 'all'],
    ['processor', 'closeUnit', 'all'],
    ['finance', 'closeUnit', 'all'],
    ['collector', 'receiveUnit', 'what'],
    ['retailer', 'eraseData', 'what'],
    ['insurer', 'receiveUnit', 'none'],
    ['smelter', 'lineStep', 'step'],
    // Material and manifests.
    ['hazardousWasteHandler', 'split', 'what'],
    ['hazardousWasteHandler', 'openManifest', 'step'],
    ['processor', 'acceptManifest', 'what'],
    // A mistake is known to whoever saw the step; what an attempt was is for Oversight.
    ['collector', 'correct', 'what'],
    ['carrier', 'correct', 'step'],
    ['finance', 'agreeCorrection', 'what'],
    ['dismantler', 'classifyRefusal', 'none'],
    ['auditor', 'classifyRefusal', 'all'],
  ] as const)('to a %s the step %s is shown: %s', (role, type, sight) => {
    expect(sightOf([role], topicOf(type))).toBe(sight);
  });

  it('tells nobody who sees a step less than that it was declared wrong', () => {
    for (const role of ROLES) expect(timelineSights[role].correction, role).not.toBe('none');
  });

  it('is the most that one of several roles sees', () => {
    expect(sightOf(['carrier', 'dismantler'], 'material')).toBe('all');
    expect(sightOf([], 'identity')).toBe('none');
  });

  it('leaves steps that are not placed yet to Oversight', () => {
    expect(topicOf('aStepToCome')).toBe('other');
    for (const topic of ['other', 'oversight'] as const)
      expect(ROLES.filter((role) => timelineSights[role][topic] !== 'none').sort()).toEqual([
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
    expect(
      withheld({
        seller: '91330100MA27ABCD01',
        sale: 'S-1',
        price: 'f'.repeat(64),
        weighing: { grossGrams: 9, tareGrams: 4, netGrams: 5 },
        residueGrams: 3,
        source: { kind: 'household', slip: 'S-1' },
        event: `${'A'.repeat(43)}.1.0`,
        reason: 'wrongItem',
      }),
    ).toEqual({ sale: 'S-1', reason: 'wrongItem' });
    expect(withheld({ from, outputs: [{ item: from, category: 'door', massGrams: 3, nonce: 'n' }] })).toEqual(
      {
        from,
        outputs: [{ item: from, category: 'door' }],
      },
    );
  });
});
