import { itemIdOf, type LedgerEvent, type SignedBatch } from '@huilian/core';
import type { Signer } from '@huilian/core/testing';
import { newNonce } from '../key-store.js';

/** The next batch of a device's lane: so many new lots, and what it names them. */
export function registrations(device: Signer, count: number): { batch: SignedBatch; items: string[] } {
  const items = Array.from({ length: count }, () => {
    const nonce = newNonce(device.now());
    return { nonce, item: itemIdOf(device.keyId, nonce) };
  });
  const events = items.map(({ item, nonce }): LedgerEvent => {
    const data = {
      kind: 'lot' as const,
      category: 'steel',
      nonce,
      tags: [],
      massGrams: 1_200_000,
    };
    return { type: 'register', version: 1, time: device.now(), item, data };
  });
  return { batch: device.batch(events), items: items.map(({ item }) => item) };
}
