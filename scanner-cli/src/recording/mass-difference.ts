import type { Phrase } from '../language.js';

/** An event of an item's history, as far as masses are concerned. */
export interface Weighed {
  readonly verdict: string;
  readonly event: { readonly type: string; readonly data?: { readonly massGrams?: number } };
}

/** What giver and receiver weighed, in words; undefined when they agree or one of them did not weigh. */
export function massDifference(given: number | undefined, taken: number | undefined): Phrase | undefined {
  if (given === undefined || taken === undefined || given === taken) return undefined;
  const difference = `${taken > given ? '+' : '−'}${Math.abs(taken - given)} g`;
  return {
    zh: `接收质量与移交质量相差 ${difference}（移交 ${given} g，接收 ${taken} g）`,
    en: `the mass accepted differs from the mass handed over by ${difference} (handed over ${given} g, accepted ${taken} g)`,
  };
}

/**
 * Differences of mass in a history, by the place of the event that completed the handover. Handover and acceptance come in
 * either order; of several acceptances at once nobody can say here which one counted, so nothing is said of them.
 */
export function massDifferences(events: readonly Weighed[]): ReadonlyMap<number, Phrase> {
  const found = new Map<number, Phrase>();
  let open: Weighed['event'] | undefined;
  for (const [place, { event, verdict }] of events.entries()) {
    if (verdict !== 'accepted') continue;
    if (event.type === 'withdraw' || event.type === 'refuse') open = undefined;
    if (event.type !== 'handover' && event.type !== 'accept') continue;
    if (open === undefined || open.type === event.type) {
      open = open === undefined ? event : undefined;
      continue;
    }
    const [handover, accept] = event.type === 'accept' ? [open, event] : [event, open];
    const difference = massDifference(handover.data?.massGrams, accept.data?.massGrams);
    if (difference) found.set(place, difference);
    open = undefined;
  }
  return found;
}
