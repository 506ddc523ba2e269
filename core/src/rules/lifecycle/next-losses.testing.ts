import fc from 'fast-check';
import { MAX_CLAIMS, type LossClaim, type LossLine, type LossRow } from '../../model/loss.js';

const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });
const flag = maybe(fc.constant(true as const));

/** A loss: perhaps a claim of somebody's, perhaps a line, perhaps claims of so many others that nobody has room for one more. */
export const lossFacts = fc.record({
  claim: maybe(fc.record({ insurer: fc.nat(1), recourse: fc.boolean() })),
  others: fc.constantFrom(0, 0, 1, MAX_CLAIMS - 1),
  line: maybe(fc.record({ part: flag, fitted: flag, paid: flag })),
  totalLoss: flag,
});
type LossFacts = typeof lossFacts extends fc.Arbitrary<infer T> ? T : never;

/** The number of the claim that is not one of the others. */
export const CLAIM = 'X-1';

/** @param code of a party by a number */
export function lossRow(
  { claim, others, line, totalLoss }: LossFacts,
  code: (at: number) => string,
): LossRow {
  const claims: LossClaim[] = [];
  if (claim !== undefined) {
    const own = { claim: CLAIM, insurer: code(claim.insurer) };
    claims.push(
      claim.recourse
        ? { ...own, cover: 'recourse', against: code(claim.insurer + 1) }
        : { ...own, cover: 'ownDamage' },
    );
  }
  for (let at = 0; at < others; at += 1)
    claims.push({ claim: `Z-${at}`, insurer: '91330100MA27ABCE9B', cover: 'compulsory' });
  return {
    day: 20260301,
    reportedBy: code(0),
    claims,
    lines: line === undefined ? [] : [lineRow(line, claim !== undefined, code(0))],
    totalLoss: totalLoss && 'constructive',
  };
}

function lineRow(
  { part, fitted, paid }: NonNullable<LossFacts['line']>,
  isClaimed: boolean,
  by: string,
): LossLine {
  return {
    line: 1,
    version: 1,
    by,
    part: part && { category: 'door', quantity: 1, classes: ['newPart'] },
    fitted: fitted && ['hl1door'],
    covers: isClaimed ? [{ claim: 0, paid }] : [],
  };
}
