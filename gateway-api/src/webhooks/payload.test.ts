import { describe, expect, it } from 'vitest';
import type { EventRecord } from '../ports.js';
import { isTypeFilter, isWanted, messageType } from './message-types.js';
import { eventMessage, testMessage } from './payload.js';

const ledger = '0123456789abcdef'.repeat(4);
const record = {
  id: 'key.1.0',
  position: '12.0.3',
  block: 12,
  transaction: 't',
  time: 1_790_000_000,
  keyId: 'key',
  sequence: 1,
  index: 0,
  signer: 'plant',
  event: { type: 'fit', version: 1, time: 1_790_000_000, item: 'part', data: { into: 'car' } },
  verdict: 'accepted',
} as unknown as EventRecord;

describe('the message of an event', () => {
  it('has type, time and the event as the interface shows it', () => {
    expect(JSON.parse(eventMessage(record, ledger).body)).toEqual({
      type: 'event.accepted.fit',
      timestamp: '2026-09-21T14:13:20.000Z',
      data: record,
    });
  });

  it('has an id that names ledger and position, without a dot', () => {
    expect(eventMessage(record, ledger).id).toBe('evt_0123456789ab_12_0_3');
    expect(testMessage('wh_a', 1).id).toMatch(/^test_[A-Za-z0-9_-]{16}$/);
  });

  it('of an event that somebody forged to be long says so, and stays short', () => {
    const event = { ...record.event, data: { into: 'x'.repeat(30_000) } };
    const { body } = eventMessage({ ...record, event } as unknown as EventRecord, ledger);
    expect(Buffer.byteLength(body)).toBeLessThan(20_000);
    expect(JSON.parse(body)).toMatchObject({ data: { position: '12.0.3', shortened: true } });
  });

  it('of a refused event is of another type', () => {
    expect(messageType({ ...record, verdict: 'HL-2020' })).toBe('event.refused.fit');
  });
});

describe('a filter', () => {
  const wants = (eventTypes: string[], items: string[] = []): boolean =>
    isWanted(record, { eventTypes, items });

  it('by type passes whole words from the beginning', () => {
    for (const types of [[], ['event'], ['event.accepted'], ['event.refused', 'event.accepted.fit']])
      expect(wants(types), types.join()).toBe(true);
    for (const types of [['event.refused'], ['event.accepted.f'], ['event.accepted.remove']])
      expect(wants(types), types.join()).toBe(false);
  });

  it('by item passes what concerns it, also what is only mentioned', () => {
    for (const item of ['part', 'car']) expect(wants([], [item, 'other'])).toBe(true);
    expect(wants([], ['other'])).toBe(false);
  });

  it('names types that there are', () => {
    for (const text of ['event', 'event.accepted.key', 'event.refused.key.register'])
      expect(isTypeFilter(text), text).toBe(true);
    for (const text of ['', 'event.', 'events', 'event.accepted.hand', 'webhook.test', '*'])
      expect(isTypeFilter(text), text).toBe(false);
  });
});
