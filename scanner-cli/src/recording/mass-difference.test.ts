import { describe, expect, it } from 'vitest';
import { massDifferences, type Weighed } from './mass-difference.js';

const step = (type: string, massGrams?: number, verdict = 'accepted'): Weighed => ({
  verdict,
  event: { type, data: massGrams === undefined ? {} : { massGrams } },
});
const places = (...events: Weighed[]): number[] => [...massDifferences(events).keys()];

describe('what the receiver weighs', () => {
  it('is compared with what was handed over, whichever was recorded first', () => {
    expect(places(step('register', 900), step('handover', 1000), step('accept', 980))).toEqual([2]);
    expect(places(step('accept', 980), step('handover', 1000))).toEqual([1]);
    expect(massDifferences([step('handover', 1000), step('accept', 980)]).get(1)?.en).toContain('−20 g');
  });

  it('is no finding when both agree, one did not weigh, or the event was refused', () => {
    expect(places(step('handover', 1000), step('accept', 1000))).toEqual([]);
    expect(places(step('handover'), step('accept', 980))).toEqual([]);
    expect(places(step('handover', 1000), step('accept', 980, 'HL-2026'), step('accept', 1000))).toEqual([]);
  });

  it('is not compared with a handover that was withdrawn or refused, or when it is not clear which counted', () => {
    expect(
      places(step('handover', 1000), step('withdraw'), step('handover', 980), step('accept', 980)),
    ).toEqual([]);
    expect(
      places(step('handover', 1000), step('refuse'), step('handover', 980), step('accept', 980)),
    ).toEqual([]);
    expect(places(step('accept', 1), step('accept', 2), step('handover', 2))).toEqual([]);
  });
});
