import { isReport } from '@huilian/core';
import { parseEvent } from '../event-record.js';
import { claimantsIn, lossIdOf } from '../loss-readers.js';
import { writeCursor } from '../store/cursor.js';
import type { Store } from '../store/store.js';
import { lossView } from '../views/insurance.js';
import { itemEventView, itemView } from '../views/items.js';
import { positionIn, positionOf } from '../views/position.js';
import type { DocumentOf } from '../views/declare.js';
import type { FoldedEvent } from './fold.js';
import { wholeEvents, type WholeEvent } from './whole-events.js';

const pageLength = 500;

type Stored = DocumentOf<typeof itemEventView>;

/**
 * The next events that a store has after a position, with the parties that their items have by now, and of a step of a loss those who
 * claim under it by now; none when there are no more. Not those of a block that is being stored: without transactions its events are
 * there before the rest of it, and who is told of one could not ask what it did.
 */
export async function storedEvents(store: Store, position: string): Promise<readonly FoldedEvent[]> {
  // Asked before the documents are read: all of its block is there then.
  const last = (await store.checkpoint())?.number ?? -1;
  const end = positionOf({ block: last + 1, transaction: 0, index: 0 });
  for (let after = writeCursor({ order: position, key: position }); ;) {
    const found = await store.find(itemEventView, 'all', { where: {}, after, limit: pageLength });
    const documents = found.documents.filter(({ id }) => id < end);
    const page = { documents, next: documents.length < found.documents.length ? undefined : found.next };
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
  const whole = await wholeEvents(store, events);
  const named = whole.map(namedBy);
  const losses = await store.getMany(lossView, [...new Set(named.flatMap((id) => id ?? []))]);
  return whole.map((document, i) => {
    const parties = (items.get(document.position) ?? []).flatMap((id) => found.get(id)?.parties ?? []);
    const claimants = claimantsIn(losses.get(named[i] ?? '')?.row);
    return { document, parties: [...new Set([...parties, ...claimants, document.signer])] };
  });
}

/** Of an accepted step of a loss, the key of that. Only such events are taken apart for it. */
function namedBy(document: WholeEvent): string | undefined {
  const isOfLoss = document.verdict === 'accepted' && isReport(document.type);
  return isOfLoss ? lossIdOf(parseEvent(document)) : undefined;
}
