import type { LedgerEvent } from '@huilian/core';
import { newItem, type StoredKey } from '@huilian/scanner-cli';
import { numbered } from '@huilian/core/testing';

/** Registers a new item of a key. */
export function intakeOf(key: StoredKey): LedgerEvent {
  const { item, nonce } = newItem(key);
  const time = Math.floor(Date.now() / 1000);
  const data = {
    kind: 'vehicle' as const,
    category: 'passengerCar',
    nonce,
    tags: numbered(nonce),
    massGrams: 1_200_000,
  };
  return { type: 'register', version: 1, item, time, data };
}
