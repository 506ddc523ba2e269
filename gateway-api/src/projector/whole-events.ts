import type { Store } from '../store/store.js';
import type { DocumentOf } from '../views/declare.js';
import { batchEventsView, type itemEventView } from '../views/items.js';
import { firstPositionOf, positionIn } from '../views/position.js';

type Event = DocumentOf<typeof itemEventView>;
type Shared = Omit<DocumentOf<typeof batchEventsView>, 'id'>;

/** An event, or a mention of one, with what it shares with its batch. */
export type WholeEvent = Event & Shared & { readonly position: string };

/** Of an event that belongs to no batch, which no fold puts: whoever compares read models must still see it. */
const unknown: Shared = { keyId: '', sequence: 0, signer: '', transaction: '', time: 0 };

/** Puts an event together. Member by member: to spread an object takes many times as long. */
export function wholeEvent(event: Event, shared: Shared = unknown): WholeEvent {
  const { id, item, mention, bytes, type, verdict, notice, index } = event;
  const { keyId, sequence, signer, transaction, time } = shared;
  return {
    id,
    position: positionIn(id),
    item,
    mention,
    bytes,
    type,
    verdict,
    notice,
    index,
    keyId,
    sequence,
    signer,
    transaction,
    time,
  };
}

/** Puts events together, in the same order. */
export async function wholeEvents(store: Store, events: readonly Event[]): Promise<WholeEvent[]> {
  const batches = events.map(({ id, index }) => firstPositionOf(positionIn(id), index));
  const found = await store.getMany(batchEventsView, [...new Set(batches)]);
  return events.map((event, i) => wholeEvent(event, found.get(batches[i] ?? '')));
}
