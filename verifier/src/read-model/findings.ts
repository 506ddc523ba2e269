import type { HeldRow } from '../compare-rows.js';
import type { Document } from './source.js';

/** Findings that somebody holds, as {@link ExpectedRows} names them. */
export async function* heldFindings(
  findings: AsyncIterable<Document> | Iterable<Document>,
): AsyncGenerator<HeldRow, void, void> {
  for await (const finding of findings) yield { key: `finding/${String(finding['id'])}`, row: finding };
}
