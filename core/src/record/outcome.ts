import { toHex, utf8 } from '../bytes/encode.js';
import { leafHash, merkleRoot } from '../bytes/merkle.js';
import type { BatchRow } from '../model/rows.js';
import type { Verdict } from '../rules/apply.js';

/** Leaf hash of a verdict: SHA-256(0x00 ‖ verdict in ASCII). Its event is the leaf at the same place under the batch's root. */
export function outcomeLeaf(verdict: Verdict): Uint8Array {
  return leafHash(utf8(verdict));
}

/**
 * Root over the verdicts of a batch in the order of its events, hex. It follows from what a batch's row says of refused events,
 * so that it is made for a receipt alone and stands in no row.
 */
export function outcomeRoot(verdicts: readonly Verdict[]): string {
  return toHex(merkleRoot(verdicts.map(outcomeLeaf)));
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
