import { becameOf, eventCheck } from '../rules/undo.js';
import { itemLeft } from './created.js';
import type { Found, SeenEvent, Surroundings } from './finding.js';

/** Steps of several lots at once: each of them may have taken it. */
const OF_SEVERAL: readonly string[] = ['merge', 'transform'];

/**
 * Where what a wrong event did stands, the correction names its type, by which a later step may settle the question, and the ledger does
 * not know better. The record does: here it is said that the event is of another type, or one of another item.
 */
export function ofCorrections({ event, verdict }: SeenEvent, around: Surroundings): readonly Found[] {
  if (verdict !== 'accepted' || (event.type !== 'correct' && event.type !== 'agreeCorrection')) return [];
  const { event: wrong, eventType: named } = event.data;
  const facts = itemLeft(around, event.item)?.correction;
  if (named === undefined || becameOf(facts, eventCheck(wrong)) !== 'questioned') return [];
  const recorded = around.recorded(wrong);
  if (recorded === undefined) return [];
  const { type, item } = recorded;
  const isOther = item !== event.item && !OF_SEVERAL.includes(type);
  if (type === named && !isOther) return [];
  const others = item === undefined || item === event.item ? [] : [item];
  return [
    { kind: 'correctionMisnamed', items: [event.item, ...others], evidence: { event: wrong, named, type } },
  ];
}

/** Ids of the recorded events that corrections name: what they are is asked for. */
export function eventsToSee({ event, verdict }: SeenEvent): readonly string[] {
  if (verdict !== 'accepted' || (event.type !== 'correct' && event.type !== 'agreeCorrection')) return [];
  return [event.data.event];
}
