import type { HeldRow } from '../compare-rows.js';
import type { Document } from './source.js';

/** Documents that somebody holds, such as findings, as {@link ExpectedRows} names them: what they are, a slash and their id. */
export async function* heldDocuments(
  what: string,
  documents: AsyncIterable<Document> | Iterable<Document>,
): AsyncGenerator<HeldRow, void, void> {
  for await (const document of documents) yield { key: `${what}/${String(document['id'])}`, row: document };
}
