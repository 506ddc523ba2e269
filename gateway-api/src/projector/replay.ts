import { writeCursor } from '../store/cursor.js';
import type { Store } from '../store/store.js';
import { itemEventView, itemView } from '../views/items.js';
import { positionIn } from '../views/position.js';
import type { DocumentOf } from '../views/declare.js';
import type { FoldedEvent } from './fold.js';
import { wholeEvents } from './whole-events.js';

const pageLength = 500;

type Stored = DocumentOf<typeof itemEventView>;

/**
 * The next events that a store has after a position, with the parties that their items have by now; none when there are
 * no more.
 */
export async function storedEvents(store: Store, position: string): Promise<readonly FoldedEvent[]> {
  for (let after = writeCursor({ order: position, key: position }); ;) {
    const page = await store.find(itemEventView, 'all', { where: {}, after, limit: pageLength });
    const events = page.documents.filter((document) => document.mention === undefined);
    // The mentions of the last event may stand on the next page: it comes with them.
    if (page.next !== undefined && events.length > 1) events.pop();
    if (events.length > 0) return withParties(store, events, page.documents);
    if (page.next === undefined) return [];
    after = page.next;
  }
}

/** Mentions stand right behind their event and name the other items that it concerns. */
async function withParties(
  store: Store,
  events: readonly Stored[],
  all: readonly Stored[],
): Promise<FoldedEvent[]> {
  const items = new Map<string, string[]>();
  for (const { id, item } of all) {
    const position = positionIn(id);
    if (item !== undefined) items.set(position, [...(items.get(position) ?? []), item]);
  }
  const found = await store.getMany(itemView, [...new Set([...items.values()].flat())]);
  return (await wholeEvents(store, events)).map((document) => {
    const parties = (items.get(document.position) ?? []).flatMap((id) => found.get(id)?.parties ?? []);
    return { document, parties: [...new Set([...parties, document.signer])] };
  });
}
