import type { Found, SeenEvent } from './finding.js';

/** A vehicle that stands still because it may be stolen, or because its numbers were altered. */
export function ofHolds({ event, verdict }: SeenEvent): readonly Found[] {
  if (event.type !== 'hold' || verdict !== 'accepted') return [];
  const { reason } = event.data;
  if (reason === 'underInvestigation') return [];
  return [{ kind: reason, items: [event.item], evidence: { reason } }];
}
