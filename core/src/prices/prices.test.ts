import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CoreGrade } from '../model/terms.js';
import { amountCommitment, priceCommitment, type OpenedPrice } from './commitments.js';
import { wholeFen } from './largest-remainder.js';
import { lossShares } from './loss-shares.js';
import {
  correctedDifference,
  oldForRemanAmount,
  oldForRemanAmounts,
  type Entitlement,
} from './old-for-reman.js';

const salt = 'AAAAAAAAAAAAAAAAAAAAAA';
const pilot = { sharePermille: 100, capEngine: 200_000, capTransmission: 100_000 };
const deposit = { returnDays: 60, gradeA: 1000, gradeB: 600, gradeC: 0, missingTurbo: 150 };

function opened(priceYuan: number, coreYuan: number, depositYuan = 0): OpenedPrice {
  return { priceFen: priceYuan * 100, corePriceFen: coreYuan * 100, depositFen: depositYuan * 100, salt };
}
const ofPilot = (category: string, prices: OpenedPrice): Entitlement => ({
  scheme: 'statePilot',
  category,
  graded: { grade: 'A' },
  opened: prices,
});
const ofDeposit = (grade: CoreGrade, missing?: string[]): Entitlement => ({
  scheme: 'coreDeposit',
  category: 'engine',
  graded: { grade, missing },
  opened: opened(25_000, 3_000, 1_500),
});

describe('example C', () => {
  it('pays 650 for a transmission at 8 000 with a core price of 1 500', () => {
    expect(oldForRemanAmount(ofPilot('transmission', opened(8_000, 1_500)), pilot)).toBe(65_000);
  });

  it('pays 2 000, the cap, for an engine at 25 000 with a core price of 3 000', () => {
    expect(oldForRemanAmount(ofPilot('engine', opened(25_000, 3_000)), pilot)).toBe(200_000);
    expect(oldForRemanAmount(ofPilot('engine', opened(23_000, 3_000)), pilot)).toBe(200_000);
    expect(oldForRemanAmount(ofPilot('engine', opened(22_999, 3_000)), pilot)).toBe(199_990);
  });

  it('refunds 10 800 for six A, two B and one C at a deposit of 1 500', () => {
    const grades = ['A', 'A', 'A', 'A', 'A', 'A', 'B', 'B', 'C'] as const;
    const refunds = oldForRemanAmounts(
      grades.map((grade) => ofDeposit(grade)),
      deposit,
    );
    expect(refunds).toEqual([150_000, 150_000, 150_000, 150_000, 150_000, 150_000, 90_000, 90_000, 0]);
    expect(refunds.reduce((sum, each) => sum + each, 0)).toBe(1_080_000);
  });

  it('a correction from B to A pays the difference of 600, one from A to C takes 1 500 back', () => {
    expect(correctedDifference(ofDeposit('A'), { grade: 'B' }, deposit)).toBe(60_000);
    expect(correctedDifference(ofDeposit('C'), { grade: 'A' }, deposit)).toBe(-150_000);
  });
});

describe('what is due for a core', () => {
  it('is less by what is missing, and never below nothing', () => {
    expect(oldForRemanAmount(ofDeposit('A', ['turbo']), deposit)).toBe(127_500);
    expect(oldForRemanAmount(ofDeposit('C', ['turbo']), deposit)).toBe(0);
    expect(oldForRemanAmount(ofPilot('engine', opened(1_000, 3_000)), pilot)).toBe(0);
  });

  it('is not computed from a table that lacks the value', () => {
    const refused = expect.objectContaining({ code: 'HL-2070' }) as Error;
    expect(() => oldForRemanAmount(ofDeposit('unfit'), deposit)).toThrow(refused);
    expect(() => oldForRemanAmount(ofDeposit('A', ['pump']), deposit)).toThrow(refused);
    expect(() => oldForRemanAmount(ofPilot('door', opened(1, 0)), pilot)).toThrow(refused);
  });
});

describe('whole fen', () => {
  it('go to the largest remainders, the first among equals', () => {
    const third = { numerator: 100n, denominator: 3n };
    expect(wholeFen([third, third, third])).toEqual([34, 33, 33]);
    const halves = [1n, 3n].map((numerator) => ({ numerator, denominator: 2n }));
    expect(wholeFen(halves)).toEqual([1, 1]);
    expect(wholeFen([])).toEqual([]);
  });

  it('add up to the whole fen of the sum, and none is off by one fen or more', () => {
    const share = fc.record({ numerator: fc.bigInt(0n, 10n ** 12n), denominator: fc.bigInt(1n, 1000n) });
    fc.assert(
      fc.property(fc.array(share, { maxLength: 20 }), (shares) => {
        const fen = wholeFen(shares);
        const denominator = shares.reduce((product, each) => product * each.denominator, 1n);
        const sum = shares.reduce((all, each) => all + (each.numerator * denominator) / each.denominator, 0n);
        expect(fen.reduce((all, each) => all + BigInt(each), 0n)).toBe(sum / denominator);
        for (const [i, { numerator, denominator: of }] of shares.entries()) {
          const least = numerator / of;
          expect([least, least + 1n]).toContain(BigInt(fen[i] ?? -1));
        }
      }),
    );
  });
});

describe('a loss that several insurers pay', () => {
  it('is shared without paying more than the damage or than a limit', () => {
    const claim = fc.record({
      cover: fc.constantFrom('compulsory' as const, 'ownDamage' as const, 'thirdPartyLiability' as const),
      limitFen: fc.nat(1_000_000),
    });
    fc.assert(
      fc.property(fc.nat(2_000_000), fc.array(claim, { maxLength: 5 }), (damage, claims) => {
        const shares = lossShares(damage, claims);
        const limits = claims.reduce((sum, { limitFen }) => sum + limitFen, 0);
        expect(shares.reduce((sum, each) => sum + each, 0)).toBe(Math.min(damage, limits));
        for (const [i, share] of shares.entries())
          expect(share).toBeLessThanOrEqual(claims[i]?.limitFen ?? 0);
      }),
    );
  });
});

describe('a commitment', () => {
  it('fits its own prices and salt alone', () => {
    const prices = opened(25_000, 3_000, 1_500);
    expect(priceCommitment(prices)).toMatch(/^[0-9a-f]{64}$/);
    for (const other of [
      { ...prices, priceFen: 1 },
      { ...prices, corePriceFen: 1 },
      { ...prices, depositFen: 1 },
      { ...prices, salt: 'BAAAAAAAAAAAAAAAAAAAAA' },
    ])
      expect(priceCommitment(other)).not.toBe(priceCommitment(prices));
    expect(amountCommitment({ amountFen: 1, salt })).not.toBe(amountCommitment({ amountFen: 2, salt }));
  });
});
