import { itemOf, parseEventId, type EventKind } from '@huilian/core';
import { itemEventView } from '../views/items.js';
import { batchView } from '../views/lanes.js';
import { positionOf, readPosition } from '../views/position.js';
import type { ViewDraft } from './draft.js';
import type { ProjectedBatch } from './transaction.js';

const sequenceDigits = 10;

type Place = NonNullable<ReturnType<typeof parseEventId>>;

function batchKey({ keyId, sequence }: Place): string {
  return `${keyId}/${String(sequence).padStart(sequenceDigits, '0')}`;
}

/** Where an event stands, once the document of its batch was loaded; undefined when there is no such batch. */
function positionIn(draft: ViewDraft, place: Place): string | undefined {
  const first = readPosition(draft.get(batchView, batchKey(place))?.position ?? '');
  return first && positionOf({ ...first, index: first.index + place.index });
}

/** Reads what recorded events are, by their ids, so that {@link namedEvent} can answer. Few events name others. */
export async function loadNamedEvents(draft: ViewDraft, ids: readonly string[]): Promise<void> {
  const places = ids.flatMap((id) => parseEventId(id) ?? []);
  await draft.load(batchView, places.map(batchKey));
  await draft.load(
    itemEventView,
    places.flatMap((place) => positionIn(draft, place) ?? []),
  );
}

/** What a recorded event is; undefined when there is none of this id. */
export function namedEvent(draft: ViewDraft, id: string): EventKind | undefined {
  const place = parseEventId(id);
  const position = place && positionIn(draft, place);
  const recorded = position === undefined ? undefined : draft.get(itemEventView, position);
  const batch = place && draft.get(batchView, batchKey(place));
  return recorded && batch && { type: recorded.type, item: recorded.item, time: batch.row.time };
}

/** The same of an event that stands in one of these batches, which are not put yet. */
export function eventAmong(batches: readonly ProjectedBatch[], id: string): EventKind | undefined {
  const place = parseEventId(id);
  const within = place && batches.find((each) => each.id === batchKey(place));
  const event = place && within?.events[place.index]?.event;
  return event && { type: event.type, item: itemOf(event), time: within.row.time };
}
