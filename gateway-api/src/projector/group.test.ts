import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalText, packGroup, type SignedBatch } from '@huilian/core';
import { readGroup } from './group.js';

function batchOf(...events: readonly unknown[]): SignedBatch {
  const header = { keyId: 'k', sequence: 1 };
  return { header, signature: 's', seed: 'd', events } as unknown as SignedBatch;
}

describe('The batches of an argument', () => {
  const name = fc
    .oneof(fc.nat().map(String), fc.string({ unit: 'grapheme' }))
    .filter((n) => n !== '__proto__');
  const value = fc.oneof(fc.string({ unit: 'grapheme' }), fc.maxSafeInteger(), fc.dictionary(name, fc.nat()));

  it('give each event in its canonical text, whatever its members are called', () => {
    fc.assert(
      fc.property(fc.dictionary(name, value), (data) => {
        const event = { type: 'inspect', version: 1, item: 'i', time: 0, data };
        const [read] = readGroup(packGroup([batchOf(event)]), []);
        expect(read?.eventText(0)).toBe(canonicalText(event));
        expect(read?.header).toBe(canonicalText(batchOf().header));
      }),
    );
  });

  it.each([
    ['lacks its item', { type: 'inspect', data: {} }],
    ['hands over to nobody', { type: 'handover', item: 'i', data: {} }],
    ['lacks its data', { type: 'accept', item: 'i' }],
    ['is of a type that nobody knows', { type: 'vanish', item: 'i', data: {} }],
    ['has no outputs', { type: 'dismantle', version: 1, item: 'i', time: 0, data: {} }],
    ['is no object', 7],
  ])('are left out, and an anomaly, when an event %s', (_what, event) => {
    const anomalies: string[] = [];
    expect(readGroup(packGroup([batchOf(event)]), anomalies)).toEqual([]);
    expect(anomalies).toEqual(['the argument holds what is no batch']);
  });
});
