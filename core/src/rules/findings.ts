import { parseEventId } from '../ids/event-id.js';
import { rowKey } from '../model/row-keys.js';
import { requireOversight, type AdministrationRule } from './participants.js';
import { require } from './refusal.js';

/** The id of the event that gave a finding. */
export function eventOfFinding(finding: string): string {
  return finding.slice(finding.indexOf('.') + 1);
}

/**
 * Oversight says what a finding is. Findings are derived from the record and no rows of the world state, so what can be checked
 * is that the event exists that the finding names; a later decision stands in place of an earlier one.
 *
 * @throws Refusal HL-3033, HL-2260
 */
export const decideFinding: AdministrationRule<'finding.decide'> = (draft, event, moment) => {
  requireOversight(moment);
  const place = parseEventId(eventOfFinding(event.data.finding));
  const batch = place && draft.get(rowKey.batch(place.keyId, place.sequence));
  require(place && batch && place.index < batch.count, 'HL-2260');
};
