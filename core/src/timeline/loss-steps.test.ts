import { describe, expect, it } from 'vitest';
import type { LedgerEvent } from '../model/events.js';
import { isReport, LOSS_STEPS } from './reporting.js';
import { lossesToldOf, lossNamedBy } from './loss-steps.js';

const CAR = 'hl1car';
const DOOR = 'hl1door';
const LAMP = 'hl1lamp';

type Step = readonly [type: string, data?: object, item?: string, verdict?: string];

/** Which of these steps, by their places, are about a loss, and about which. */
function told(...steps: readonly Step[]): Record<string, string> {
  const records = steps.map(([type, data = {}, item = CAR, verdict = 'accepted'], at) => ({
    id: `${at} ${type}`,
    event: { type, item, data } as unknown as LedgerEvent,
    verdict,
  }));
  return Object.fromEntries(lossesToldOf(CAR, records));
}

const L1 = { loss: 'L1' };
const L2 = { loss: 'L2' };

describe('what is about a loss of a car', () => {
  it('are its damage, assessment, claims, lines and payments, by the number that each names', () => {
    expect(
      told(
        ['register'],
        ['reportDamage', L1],
        ['assess', L1],
        ['claimLines', L1],
        ['approveLines', L1],
        ['inspect'],
        ['returnToUse'],
        ['reportDamage', L2],
        // Paid after the next one was reported.
        ['payLines', L1],
        ['declareTotalLoss', L2],
      ),
    ).toEqual({
      '1 reportDamage': 'L1',
      '2 assess': 'L1',
      '3 claimLines': 'L1',
      '4 approveLines': 'L1',
      '6 returnToUse': 'L1',
      '7 reportDamage': 'L2',
      '8 payLines': 'L1',
      '9 declareTotalLoss': 'L2',
    });
  });

  it('is the sale of the salvage of the loss that the car bears then', () => {
    expect(
      told(['reportDamage', L1], ['returnToUse'], ['reportDamage', L2], ['handover'], ['sellSalvage']),
    ).toMatchObject({ '4 sellSalvage': 'L2' });
    expect(told(['sellSalvage'])).toEqual({});
  });

  it('is what is fitted under a line and taken out again, and no other fitting', () => {
    const onLine = { into: CAR, repair: { ...L1, line: 1, version: 1 } };
    expect(
      told(
        ['reportDamage', L1],
        ['fit', onLine, DOOR],
        ['fit', { into: CAR }, LAMP],
        ['remove', { from: CAR }, LAMP],
        ['remove', { from: CAR }, DOOR],
        ['fit', { into: CAR }, DOOR],
        ['remove', { from: CAR }, DOOR],
      ),
    ).toEqual({ '0 reportDamage': 'L1', '1 fit': 'L1', '4 remove': 'L1' });
  });

  it('is a fitting into an assembly of the car, and none of another car', () => {
    const repair = { ...L1, line: 1, version: 1 };
    expect(told(['fit', { into: 'hl1engine', repair: { ...repair, vehicle: CAR } }, LAMP])).toEqual({
      '0 fit': 'L1',
    });
    expect(told(['fit', { into: 'hl1other', repair }, LAMP], ['reportDamage', L1, 'hl1other'])).toEqual({});
  });

  it('is nothing that was refused', () => {
    expect(told(['reportDamage', L1, CAR, 'HL-2201'], ['sellSalvage'])).toEqual({});
  });

  it('is named by each step that makes nobody a party but follows a loss, and shown by no type beside the list', () => {
    for (const type of LOSS_STEPS.filter(isReport))
      expect(lossNamedBy({ type, item: CAR, data: L1 } as unknown as LedgerEvent), type).toEqual({
        vehicle: CAR,
        ...L1,
      });
    for (const type of ['hold', 'inspect', 'fit', 'handover'])
      expect(lossNamedBy({ type, item: CAR, data: { ...L1, into: CAR } } as unknown as LedgerEvent)).toBe(
        undefined,
      );
  });
});
