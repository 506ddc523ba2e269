import { parseEventId } from '../ids/event-id.js';
import { rowKey } from '../model/row-keys.js';
import type { Draft } from './draft.js';

/** What the ledger knows of an event by its id. */
export interface RecordedEvent {
  readonly verdict: 'accepted' | 'refused';
  readonly keyId: string;
  /** Ledger time at which it was recorded, seconds since 1970. */
  readonly time: number;
}

/** An event that stands in a recorded batch, or undefined. The batch of the event that is judged is not recorded yet. */
export function recordedEvent(draft: Draft, id: string): RecordedEvent | undefined {
  const place = parseEventId(id);
  const row = place && draft.get(rowKey.batch(place.keyId, place.sequence));
  if (!place || !row || place.index >= row.count) return undefined;
  const refused = row.refused.some(([index]) => index === place.index);
  return { verdict: refused ? 'refused' : 'accepted', keyId: place.keyId, time: row.time };
}
