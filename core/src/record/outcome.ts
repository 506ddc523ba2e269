import { utf8 } from '../bytes/encode.js';
import { leafHash } from '../bytes/merkle.js';
import type { BatchRow } from '../model/rows.js';
import type { Verdict } from '../rules/apply.js';

/** Leaf hash of one (event, verdict) pair: leaf hash of the event, then the verdict in ASCII. */
export function outcomeLeaf(event: Uint8Array, verdict: Verdict): Uint8Array {
  return leafHash(Buffer.concat([event, utf8(verdict)]));
}

/** Verdict of each event of a recorded batch, in order. */
export function verdictsOf(row: Pick<BatchRow, 'count' | 'refused'>): Verdict[] {
  const verdicts: Verdict[] = Array.from({ length: row.count }, () => 'accepted');
  for (const [index, code] of row.refused) verdicts[index] = code as Verdict;
  return verdicts;
}
