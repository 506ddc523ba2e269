import { canonicalText } from '../bytes/canonical.js';
import type { RecordedBatch } from './judge.js';
import { refusedOf } from './outcome.js';

/**
 * What `record` answers, as canonical text: `{"batches":[{"keyId","sequence","digest","status","count","refused","notices"?}]}`.
 * It stands in the block, so an accepted event takes no room in it; `verdictsOf` tells all verdicts again.
 */
export function recordAnswer(batches: readonly RecordedBatch[]): string {
  return canonicalText({
    batches: batches.map(({ verdicts, keyId, sequence, digest, status, notices }) => ({
      count: verdicts.length,
      digest,
      keyId,
      notices,
      refused: refusedOf(verdicts),
      sequence,
      status,
    })),
  });
}
