import { EVENT_TYPES, itemOf, mentionsOf } from '@huilian/core';
import type { EventRecord } from '../ports.js';

/** The type of the message that an owner asks for to try his receiver. */
export const testType = 'webhook.test';

/**
 * The type of an event's message: `event.accepted.` or `event.refused.` and the type of the event. The verdict comes first, so
 * that nobody takes a refused handover for one.
 */
export function messageType({ verdict, event }: Pick<EventRecord, 'verdict' | 'event'>): string {
  return `event.${verdict === 'accepted' ? 'accepted' : 'refused'}.${event.type}`;
}

/** Every type that an event's message may have now. */
const known: readonly string[] = ['accepted', 'refused'].flatMap((verdict) =>
  EVENT_TYPES.map((type) => `event.${verdict}.${type}`),
);

/** True when a filter names a type or the beginning of some, in whole words: `event.accepted`, `event.refused.key`. */
export function isTypeFilter(text: string): boolean {
  return known.some((type) => begins(type, text));
}

/** Whether an event passes the filters of a webhook; a filter without entries passes everything. */
export function isWanted(
  record: EventRecord,
  { eventTypes, items }: { readonly eventTypes: readonly string[]; readonly items: readonly string[] },
): boolean {
  const type = messageType(record);
  if (eventTypes.length > 0 && !eventTypes.some((filter) => begins(type, filter))) return false;
  if (items.length === 0) return true;
  const concerned = [itemOf(record.event), ...mentionsOf(record.event)];
  return concerned.some((item) => item !== undefined && items.includes(item));
}

function begins(type: string, filter: string): boolean {
  return type === filter || type.startsWith(`${filter}.`);
}
