import { ledgerError } from './errors.js';
import type { CommitOutcome } from './ledger-connection.js';
import { pause } from './pause.js';

/** An endorsed transaction on its way. */
export interface Sendable {
  readonly transactionId: string;
  /** Sends the same transaction, each turn through the next peer. */
  send(turn: number): Promise<void>;
  status(): Promise<CommitOutcome>;
}

/** How often a transaction of unknown outcome is sent again before the caller is told so. */
const resendings = 4;
const pauseMilliseconds = 250;

/**
 * Sends a transaction until its outcome is known. A sent transaction can be lost by a dying orderer, and one whose sending
 * failed can be committed; sending the same one again is harmless, because its id is committed once, so both end here.
 *
 * @throws LedgerError `unknownOutcome` when it is still not known, `notPermitted`.
 */
export async function settle(transaction: Sendable): Promise<CommitOutcome> {
  let last: unknown;
  for (let turn = 0; turn <= resendings; turn += 1) {
    try {
      await transaction.send(turn);
      return await transaction.status();
    } catch (error) {
      last = error;
      if (ledgerError(error, 'submit').kind === 'notPermitted') throw error;
      await pause(pauseMilliseconds * (turn + 1));
    }
  }
  try {
    return await transaction.status();
  } catch {
    throw ledgerError(last, 'submit', transaction.transactionId);
  }
}
