import type { ErrorCode, ItemEvent } from '@huilian/core';
import type { Message } from '../messages/message.js';
import type { EventOutcome } from './ledger.js';

/**
 * - `received`: acknowledged, not looked at yet;
 * - `waiting`: names an item that the ledger does not have yet, or no gateway could tell;
 * - `planned`: its events are made and about to be signed;
 * - `signed`: its events are signed and on their way;
 * - `settled`: the ledger judged all of its events, or there was nothing to record;
 * - `failed`: put aside; the same message sent again tries again.
 */
export const MESSAGE_STATES = ['received', 'waiting', 'planned', 'signed', 'settled', 'failed'] as const;
export type MessageState = (typeof MESSAGE_STATES)[number];

/** A message as the inbox keeps it. */
export interface StoredMessage {
  /** Order of arrival. */
  readonly number: number;
  /** SHA-256 of the bytes that came, hex. */
  readonly digest: string;
  readonly message: Message;
  readonly state: MessageState;
  /** Milliseconds since 1970. */
  readonly receivedAt: number;
  readonly attempts: number;
  /** Why it waits or failed. */
  readonly code?: ErrorCode;
  readonly details?: Readonly<Record<string, string | number>>;
  readonly plan?: Plan;
  readonly outcomes: readonly EventOutcome[];
}

/** Events that a message became. */
export interface Plan {
  readonly events: readonly ItemEvent[];
  /** Number of the last batch of the lane before they were signed. */
  readonly after: number;
  /** Their ids, once they are signed. */
  readonly ids?: readonly string[];
}
