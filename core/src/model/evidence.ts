import type { LedgerEvent } from './events.js';
import type { EvidenceGrade } from './terms.js';

/**
 * How an accepted step of custody is proved: A by its parties' own keys, B where a service key signed for one of them, C by paper.
 * Undefined for events that are no step of custody. Of the first of two intents it is that signature's, of the second the weaker one.
 *
 * @param notice what the ledger told about the event
 */
export function evidenceOf(event: LedgerEvent, notice: string | undefined): EvidenceGrade | undefined {
  switch (event.type) {
    case 'handover':
    case 'accept':
      return notice === 'HL-2197' ? 'B' : 'A';
    case 'acceptOnBehalf':
    case 'receiveOnPaper':
      return 'C';
    case 'register':
      return event.data.source === undefined ? undefined : 'C';
    default:
      return undefined;
  }
}
