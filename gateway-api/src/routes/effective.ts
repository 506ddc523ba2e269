import type { EventRecord } from '../ports.js';

const ABOUT_EVENTS: readonly string[] = ['correct', 'agreeCorrection', 'classifyRefusal'];

/**
 * Whether an event is part of an item's effective history: accepted, not about another event, and not declared wrong, unless
 * what it did still stands.
 */
export function effective({ event, verdict, correction }: EventRecord): boolean {
  if (verdict !== 'accepted' || ABOUT_EVENTS.includes(event.type)) return false;
  return (
    correction === undefined || (correction.effect !== 'takenBack' && correction.replacedBy === undefined)
  );
}
