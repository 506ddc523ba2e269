/** A number of fen as a fraction: `numerator / denominator`, both whole and not negative. */
export interface Share {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

/**
 * Whole fen that add up to the whole fen of the sum: each share is rounded down, and what is left goes to those with the
 * largest remainders, the first among equals (largest-remainder rule).
 *
 * @returns one number for each share, in order
 */
export function wholeFen(shares: readonly Share[]): number[] {
  const common = shares.reduce((product, { denominator }) => lcm(product, denominator), 1n);
  const parts = shares.map(({ numerator, denominator }) => numerator * (common / denominator));
  const total = parts.reduce((sum, part) => sum + part, 0n) / common;
  const floors = parts.map((part) => part / common);
  const left = Number(total - floors.reduce((sum, floor) => sum + floor, 0n));
  const byRemainder = parts
    .map((part, place) => ({ place, remainder: part % common }))
    .sort((a, b) => (a.remainder === b.remainder ? a.place - b.place : a.remainder > b.remainder ? -1 : 1));
  const lucky = new Set(byRemainder.slice(0, left).map(({ place }) => place));
  return floors.map((floor, place) => Number(floor) + (lucky.has(place) ? 1 : 0));
}

function lcm(a: bigint, b: bigint): bigint {
  let [x, y] = [a, b];
  while (y !== 0n) [x, y] = [y, x % y];
  return (a / x) * b;
}
