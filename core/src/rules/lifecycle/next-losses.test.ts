import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rowKey } from '../../model/row-keys.js';
import type { LossRow } from '../../model/rows.js';
import { rolesOf, verdictOn } from './attempts.testing.js';
import { lifecycle } from './index.js';
import { CLAIM, lossFacts, lossRow } from './next-losses.testing.js';
import { nextSteps } from './next.js';
import { facts, holder, id, police, rowOf, stranger } from './things.testing.js';

/** Refusals that the losses of the vehicle give, whatever is offered with the step. */
const OF_THE_LOSS = [
  ...['HL-2200', 'HL-2203', 'HL-2204', 'HL-2205', 'HL-2206', 'HL-2209', 'HL-2210', 'HL-2212'],
  ...['HL-2213', 'HL-2218'],
];
const OF_LOSS = ['assess', 'declareTotalLoss', 'claimLines', 'approveLines', 'payLines'];
const steps = lifecycle.filter(({ event, kinds }) => kinds.includes('vehicle') && OF_LOSS.includes(event));

/** Data that fit the loss: what is left to refuse is the loss. */
function dataFor(event: string, loss: LossRow | undefined, creditCode: string): object {
  const claim = loss?.claims.find((each) => each.claim === CLAIM);
  const own = claim?.insurer === creditCode ? claim : undefined;
  const named = { loss: 'L-1', claim: CLAIM };
  const amount = 'f'.repeat(64);
  switch (event) {
    case 'claimLines':
      return {
        ...named,
        cover: own?.cover ?? 'ownDamage',
        lines: [],
        ...(own?.against && { against: own.against }),
      };
    case 'approveLines':
      return { ...named, lines: [{ line: 9, version: 1, amount }] };
    case 'payLines':
      return { ...named, lines: [{ line: 1, version: 1 }], amount, ...(claim && { insurer: claim.insurer }) };
    case 'declareTotalLoss':
      return { loss: 'L-1', totalLoss: 'constructive' };
    default:
      return { loss: 'L-1' };
  }
}

describe('of a vehicle and its losses as they may stand', () => {
  it('what is offered next is not refused for a loss, and what is not offered is refused', () => {
    fc.assert(
      fc.property(
        facts.filter(({ placed }) => placed.kind === 'vehicle'),
        fc.option(lossFacts, { nil: undefined }),
        (given, ofLoss) => {
          const row = rowOf(given);
          const parties = [holder, stranger, police];
          const code = (at: number): string => (parties[at % 3] ?? holder).creditCode;
          const loss = ofLoss && lossRow(ofLoss, code);
          const losses = new Map<string, LossRow>(loss ? [['L-1', loss]] : []);
          const rows = [[rowKey.loss(id, 'L-1'), loss] as const];
          for (const who of parties) {
            const looker = { creditCode: who.creditCode, roles: rolesOf(who) };
            const offered = nextSteps(row, [], looker, losses);
            const mine = offered.filter((each) => each.mine).map(({ step }) => step);
            for (const step of steps) {
              const data = dataFor(step.event, loss, who.creditCode);
              const verdict = verdictOn(step, row, who, { rows, data });
              if (mine.includes(step)) expect(OF_THE_LOSS, step.event).not.toContain(verdict);
              else expect(verdict, step.event).not.toBe('accepted');
            }
          }
        },
      ),
      { numRuns: 300 },
    );
  });
});
