import { canonicalText } from '@huilian/core';
import type { Inbox } from './inbox.js';
import type { Ledger, SignedEvent } from './ledger.js';
import type { StoredMessage } from './stored-message.js';

/**
 * After a kill between plan and signature: were the planned events signed? The lane tells. They are the very next events behind the
 * batch that was last when they were planned, because nobody else signs with the key; where somebody did, it is told and nothing is
 * recorded twice.
 */
export function recoverPlans(inbox: Inbox, ledger: Ledger): void {
  const planned = inbox.list(0, Number.MAX_SAFE_INTEGER, 'planned');
  const after = planned[0]?.plan?.after;
  if (after === undefined) return;
  if (ledger.lastSigned() === after) {
    inbox.unplan(planned.map(({ number }) => number));
    return;
  }
  const signed = ledger.signedAfter(after);
  const count = planned.reduce((sum, { plan }) => sum + (plan?.events.length ?? 0), 0);
  if (signed && signed.length >= count && areTheSame(planned, signed)) {
    let at = 0;
    inbox.signed(
      planned.map((stored) => {
        const length = stored.plan?.events.length ?? 0;
        const ids = signed.slice(at, at + length).map(({ id }) => id);
        at += length;
        return { stored, ids };
      }),
    );
    return;
  }
  for (const { number } of planned) inbox.fail(number, 'HL-9222');
}

function areTheSame(planned: readonly StoredMessage[], signed: readonly SignedEvent[]): boolean {
  const events = planned.flatMap(({ plan }) => plan?.events ?? []);
  return events.every((event, at) => {
    const found = signed[at]?.event;
    return found === undefined || canonicalText(found) === canonicalText(event);
  });
}
