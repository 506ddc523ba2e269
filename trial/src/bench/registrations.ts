import type { SignedBatch } from '@huilian/core';
import { steelRegistered, type Signer } from '@huilian/core/testing';
import { newNonce } from '../nonces.js';

/** The next batch of a device's lane: so many new lots, and what it names them. */
export function registrations(device: Signer, count: number): { batch: SignedBatch; items: string[] } {
  const events = Array.from({ length: count }, () => steelRegistered(device, newNonce(device.now())));
  return { batch: device.batch(events), items: events.map(({ item }) => item) };
}
