import type { Cover } from '../model/terms.js';

/** A claim as the amounts are shared: what its cover pays at most, in fen; nothing where it has no limit. */
export interface Coverage {
  readonly cover: Exclude<Cover, 'recourse'>;
  readonly limitFen?: number;
}

/** The compulsory cover of the other car pays first, then its third-party liability, then the car's own damage cover. */
const ORDER: readonly Coverage['cover'][] = ['compulsory', 'thirdPartyLiability', 'ownDamage'];

/**
 * How insurers share one damage, in fen: each up to its limit, in the order of the covers, and nothing twice. What is left when
 * all limits are reached is paid by nobody.
 *
 * @returns one number for each claim, in the order given
 */
export function lossShares(damageFen: number, claims: readonly Coverage[]): number[] {
  const shares = claims.map(() => 0);
  let left = damageFen;
  const places = claims.map((_, place) => place).sort((a, b) => rank(claims[a]) - rank(claims[b]) || a - b);
  for (const place of places) {
    const share = Math.min(left, claims[place]?.limitFen ?? left);
    shares[place] = share;
    left -= share;
  }
  return shares;
}

function rank(claim: Coverage | undefined): number {
  return claim === undefined ? ORDER.length : ORDER.indexOf(claim.cover);
}
