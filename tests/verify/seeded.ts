import { createHash } from 'node:crypto';

/** A repeatable source of numbers below a bound, from a seed. */
export function seeded(seed: string): (bound: number) => number {
  let counter = 0;
  return (bound) => {
    counter += 1;
    const digest = createHash('sha256')
      .update(`${seed} ${String(counter)}`)
      .digest();
    return Number(digest.readBigUInt64BE(0) % BigInt(bound));
  };
}
