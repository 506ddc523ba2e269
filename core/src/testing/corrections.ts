import { eventIdOf } from '../ids/event-id.js';
import type { EventOf, LedgerEvent } from '../model/events.js';
import type { Verdict } from '../rules/apply.js';
import type { Party, Plain, Trade } from './trade.js';

type Wrong = EventOf<'correct'>['data'];

/** The table of a trade that is corrected: seven days alone, thirty together. */
export function correctable(trade: Trade): void {
  trade.table('correctionTerm', 1, { alone: 7, together: 30 });
}

/** Records an event that must be accepted. @returns its id */
export function recorded(trade: Trade, who: Party, plain: Plain<LedgerEvent>): string {
  trade.given(who, plain);
  return lastEventOf(who);
}

/** Id of the last event of a party. @param index its place in the batch; 0 where it was recorded alone */
export function lastEventOf({ signer: { keyId, sequence } }: Party, index = 0): string {
  return eventIdOf({ keyId, sequence, index });
}

/** An event of an item is declared wrong. */
export function corrects(
  trade: Trade,
  who: Party,
  item: string,
  event: string,
  more: Partial<Wrong> = {},
): Verdict {
  const data = { event, termVersion: 1, reason: 'wrongItem' as const, ...more };
  return trade.does(who, { type: 'correct', item, data });
}

/** The other hand agrees. */
export function agrees(
  trade: Trade,
  who: Party,
  item: string,
  event: string,
  more: Partial<EventOf<'agreeCorrection'>['data']> = {},
): Verdict {
  const data = { event, termVersion: 1, ...more };
  return trade.does(who, { type: 'agreeCorrection', item, data });
}
