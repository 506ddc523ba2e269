import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { beside, rolesOf, verdictOn } from './attempts.testing.js';
import { lifecycle, type Step } from './index.js';
import { nextSteps } from './next.js';
import { facts, holder, police, rowOf, stranger } from './things.testing.js';

/** Refusals that the item's own row gives, whatever is offered with the step; HL-2110 is one of a table. */
const OF_THE_ITEM = [
  ...['HL-2004', 'HL-2010', 'HL-2011', 'HL-2020', 'HL-2021', 'HL-2022', 'HL-2025', 'HL-2026', 'HL-2027'],
  ...['HL-2030', 'HL-2051', 'HL-2060', 'HL-2100', 'HL-2102', 'HL-2108', 'HL-2109', 'HL-2111'],
  ...['HL-2113', 'HL-2117', 'HL-2118', 'HL-2119', 'HL-2120', 'HL-2121', 'HL-2122', 'HL-2125', 'HL-2128'],
  'HL-2317',
  ...['HL-2130', 'HL-2133', 'HL-2140', 'HL-2155', 'HL-2157', 'HL-2158', 'HL-2159', 'HL-2162', 'HL-2165'],
  ...['HL-2167', 'HL-2169', 'HL-2176', 'HL-2178', 'HL-2180', 'HL-2182', 'HL-2185', 'HL-2187', 'HL-2188'],
  ...['HL-2189', 'HL-2203', 'HL-2219', 'HL-2225', 'HL-2227', 'HL-2230', 'HL-2238'],
];

/** Of a change of hands these say that it is the wrong party. */
const OF_THE_PARTY = ['HL-2111', 'HL-2117', 'HL-2167'];
const isOfTheItem = ({ event }: Step, verdict: string): boolean =>
  OF_THE_ITEM.includes(verdict) &&
  !((event === 'handover' || event === 'accept') && OF_THE_PARTY.includes(verdict));

describe('of things as they may stand', () => {
  it('what is offered next is not refused for the thing itself, and what is not offered is refused', () => {
    fc.assert(
      fc.property(facts, (given) => {
        const row = rowOf(given);
        for (const who of [holder, stranger, police]) {
          const around = row.fittedInto === undefined ? [] : [beside(row)];
          const offered = nextSteps(row, around, { creditCode: who.creditCode, roles: rolesOf(who) });
          const mine = offered.filter((each) => each.mine).map(({ step }) => step);
          for (const step of lifecycle.filter(
            ({ kinds, from }) => kinds.includes(row.kind) && from.length > 0,
          )) {
            const verdict = verdictOn(step, row, who);
            if (mine.includes(step))
              expect(isOfTheItem(step, verdict), `${step.event}: ${verdict}`).toBe(false);
            else expect(verdict, step.event).not.toBe('accepted');
          }
        }
      }),
      { numRuns: 400 },
    );
  });
});
