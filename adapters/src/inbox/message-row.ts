import type { Details, ErrorCode } from '@huilian/core';
import type { Message } from '../messages/message.js';
import type { EventOutcome } from './ledger.js';
import type { MessageState, Plan, StoredMessage } from './stored-message.js';

/** A message as it lies in the file. */
export interface MessageRow {
  readonly number: number;
  readonly id: string;
  readonly digest: string;
  readonly content: string;
  readonly state: MessageState;
  readonly received: number;
  readonly attempts: number;
  readonly reason: string | null;
  readonly plan: string | null;
  readonly outcomes: string | null;
}

export function readStoredMessage(row: MessageRow): StoredMessage {
  const { number, digest, content, state, received, attempts, reason, plan, outcomes } = row;
  const why = reason === null ? {} : (JSON.parse(reason) as { code: ErrorCode; details: Details });
  return {
    number,
    digest,
    message: JSON.parse(content) as Message,
    state,
    receivedAt: received,
    attempts,
    ...why,
    ...(plan === null ? {} : { plan: JSON.parse(plan) as Plan }),
    outcomes: outcomes === null ? [] : (JSON.parse(outcomes) as EventOutcome[]),
  };
}
