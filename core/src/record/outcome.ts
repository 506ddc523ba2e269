import { sha256Of } from '../bytes/digest.js';
import { toHex } from '../bytes/encode.js';
import { merkleRoot } from '../bytes/merkle.js';
import type { BatchRow } from '../model/rows.js';
import type { Verdict } from '../rules/apply.js';

const HASH_BYTES = 32;
/** The input of a leaf's hash, filled anew each time: 0x00, leaf hash of the event, verdict. */
const input = Buffer.alloc(1 + HASH_BYTES + 'accepted'.length);

/** Leaf hash of one (event, verdict) pair: leaf hash of the event, then the verdict in ASCII. */
export function outcomeLeaf(event: Uint8Array, verdict: Verdict): Uint8Array {
  input.set(event, 1);
  const length = input.write(verdict, 1 + HASH_BYTES, 'latin1');
  return sha256Of(input.subarray(0, 1 + HASH_BYTES + length));
}

/** Root over the (event, verdict) pairs of a batch, hex. @param leaves leaf hashes of the events */
export function outcomeRootOf(leaves: readonly Uint8Array[], verdicts: readonly Verdict[]): string {
  return toHex(merkleRoot(leaves.map((leaf, index) => outcomeLeaf(leaf, verdicts[index] ?? 'accepted'))));
}

/** Verdict of each event of a recorded batch, in order. */
export function verdictsOf(row: Pick<BatchRow, 'count' | 'refused'>): Verdict[] {
  const verdicts: Verdict[] = Array.from({ length: row.count }, () => 'accepted');
  for (const [index, code] of row.refused) verdicts[index] = code as Verdict;
  return verdicts;
}

/** The other way round: the refused events of a list of verdicts, with their codes. */
export function refusedOf(verdicts: readonly Verdict[]): [index: number, code: Verdict][] {
  return verdicts.flatMap((verdict, index): [number, Verdict][] =>
    verdict === 'accepted' ? [] : [[index, verdict]],
  );
}
