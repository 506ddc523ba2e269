import { randomBytes } from 'node:crypto';
import type { EventRecord } from '../ports.js';
import { messageType, testType } from './message-types.js';

/** What is posted, and the id under which a receiver notices that it comes again. */
export interface Message {
  /** `webhook-id`: without a dot, because the signed text separates by dots. */
  readonly id: string;
  readonly body: string;
}

/** Bytes; the specification advises to stay under 20 kB. An event has at most 4 KiB, so only a forged one is longer. */
const longestBody = 20_000;

/**
 * The message of an event. The same event has the same id at every gateway of a ledger, at every attempt and in every resend.
 *
 * @param ledger SHA-256 of the genesis block's header, hex: receivers may hear of several ledgers.
 */
export function eventMessage(record: EventRecord, ledger: string): Message {
  const id = `evt_${ledger.slice(0, 12)}_${record.position.replaceAll('.', '_')}`;
  const body = textOf(messageType(record), record.time, record);
  if (Buffer.byteLength(body) <= longestBody) return { id, body };
  const { type, version, time } = record.event;
  const short = { ...record, event: { type, version, time }, shortened: true };
  return { id, body: textOf(messageType(record), record.time, short) };
}

/** A message that says nothing but that it arrived. @param now seconds since 1970 */
export function testMessage(webhook: string, now: number): Message {
  return {
    id: `test_${randomBytes(12).toString('base64url')}`,
    body: textOf(testType, now, { webhook }),
  };
}

/** @param time seconds since 1970 */
function textOf(type: string, time: number, data: unknown): string {
  return JSON.stringify({ type, timestamp: new Date(time * 1000).toISOString(), data });
}
