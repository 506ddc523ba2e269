import { describe, expect, it } from 'vitest';
import { isWellFormedTable, KNOWN_TABLES } from './known-tables.js';
import { Trade } from '../testing/trade.js';

/** A table of each name, and what it may not hold. */
const SAMPLES = {
  massTolerance: [
    { permille: 50 },
    { percent: 5 },
    { permille: 1_001 },
    { permille: '50' },
    { permille: -1 },
  ],
  manifestTolerance: [{ permille: 0 }, {}, { permille: 50, note: 'x' }],
  secondLifeCapacity: [{ permille: 600 }, { permille: [600] }],
  manifestNumber: [{ digits: 14 }, { digits: 41 }, { digits: '14' }],
  correctionTerm: [{ alone: 7, together: 30 }, { alone: 7 }, { alone: 7, together: -1 }],
  certificateAfter: [{ after: 'receipt' }, { after: 'never' }, {}, { after: 'receipt', days: 7 }],
  hazardousCategories: [
    { circuitBoards: '900-045-49', crtGlass: ['900-044-49', '900-052-31'] },
    { circuitBoards: 'HW49' },
    { circuitBoards: [] },
    { circuitBoards: 90004549 },
  ],
  statePilot: [{ sharePermille: 100, capEngine: 200_000 }, { capEngine: 1 }, { sharePermille: 100, cap: 1 }],
  coreDeposit: [
    { returnDays: 60, gradeA: 1_000, gradeUnfit: 0, missingTurbo: 100 },
    { returnDays: 60 },
    { returnDays: 60, gradeA: 1_000, gradeD: 1 },
  ],
  requiredParts: [{ laptop: ['mainboard'] }, { laptop: 'mainboard' }, { laptop: [] }, { laptop: [1] }],
  lineSteps: [{ refrigerator: ['drain', 'shred'] }, { refrigerator: ['drain it'] }],
  supervisedCategories: [
    { categories: ['schoolBus'], fromGrams: 3_500_000 },
    { categories: 'schoolBus' },
    { list: [] },
    { categories: [], fromGrams: 0 },
    { fromGrams: 3_500_000 },
  ],
  neverRemanufactured: [{ categories: ['airbag'] }, { categories: [1] }, { airbag: 1 }],
  timeLimits: [{}, { limit: [1] }],
  stations: [{ NJ1: [32_060_000, 118_780_000] }, { NJ1: [1] }],
  hazardousStorageLimits: [
    { warnPermille: 900, wasteOil: 5_000_000, crtGlass: [1_000, '91320100MA1K00000A', 9_000] },
    { warnPermille: 1_001 },
    { warnPermille: 0 },
    { wasteOil: -1 },
    { wasteOil: '900-214-08' },
    { wasteOil: 1, WasteOil: 2 },
    { wasteOil: [] },
    { wasteOil: [1, '91320100MA1K00000A'] },
    { wasteOil: [1, 'plant', 2] },
    { wasteOil: [1, '91320100MA1K00000A', 2, '91320100MA1K00000A', 3] },
  ],
  findingLimits: [{ truckKmPerHour: 120 }, { unknown: 1 }],
} as const;

describe('a table that rules read', () => {
  it.each(Object.entries(SAMPLES))('%s is proposed in its form', (name, [good, ...bad]) => {
    expect(isWellFormedTable(name, good)).toBe(true);
    for (const each of bad) expect(isWellFormedTable(name, each), JSON.stringify(each)).toBe(false);
  });

  it('is one of these, or of holidays', () => {
    expect([...KNOWN_TABLES].sort()).toEqual(Object.keys(SAMPLES).sort());
    expect(isWellFormedTable('constructor', {}), 'of other names nothing is known').toBe(true);
  });

  it('is refused when its number is missing', () => {
    const trade = new Trade();
    const data = { name: 'massTolerance', province: 'CN', version: 1, from: 0, table: { percent: 1 } };
    expect(trade.does(trade.oversight, { type: 'rule.propose', data })).toBe('HL-2261');
  });
});
