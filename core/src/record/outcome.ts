import { sha256Binary } from '../bytes/digest.js';
import { toHex } from '../bytes/encode.js';
import { merkleRoot } from '../bytes/merkle.js';
import type { BatchRow } from '../model/rows.js';
import type { Verdict } from '../rules/apply.js';

const HASH_BYTES = 32;
/** The input of the leaf's hash of an accepted event, into which each event's is filled: 0x00, leaf hash of the event, verdict. */
const accepted = outcomeInput(new Uint8Array(HASH_BYTES), 'accepted');

/** Leaf hash of one (event, verdict) pair: leaf hash of the event, then the verdict in ASCII. */
export function outcomeLeaf(event: Uint8Array, verdict: Verdict): Uint8Array {
  return Buffer.from(leafText(event, verdict), 'latin1');
}

function leafText(event: Uint8Array, verdict: Verdict): string {
  if (verdict !== 'accepted') return sha256Binary(outcomeInput(event, verdict));
  accepted.set(event, 1);
  return sha256Binary(accepted);
}

function outcomeInput(event: Uint8Array, verdict: Verdict): Buffer {
  return Buffer.concat([Buffer.alloc(1), event, Buffer.from(verdict, 'latin1')]);
}

/** Root over the (event, verdict) pairs of a batch, hex. @param leaves leaf hashes of the events */
export function outcomeRootOf(leaves: readonly Uint8Array[], verdicts: readonly Verdict[]): string {
  return toHex(merkleRoot(leaves.map((leaf, index) => leafText(leaf, verdicts[index] ?? 'accepted'))));
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
