import { canonical, HuilianError, signBatch, type LedgerEvent, type SignedBatch } from '@huilian/core';
import { random16 } from '../keys/index.js';
import { placeOf, type Lane, type Signer } from './lane.js';

/** Events of a batch when many are recorded at once; fewer than the ledger's bound, so that a group holds several. */
const BATCH_EVENTS = 250;
const BATCH_BYTES = 400_000;

/**
 * Signs events as the next batches of a lane. The first of them declares the gap when earlier ones were lost.
 *
 * @param time seconds since 1970, the signer's claim
 * @throws HuilianError HL-1010 to HL-1022, HL-3014
 */
export function signNext(
  lane: Pick<Lane, 'signed' | 'lastNumber'>,
  events: readonly LedgerEvent[],
  signer: Signer,
  time: number,
): SignedBatch[] {
  const batches: SignedBatch[] = [];
  let { sequence, digest } = lane.signed;
  let gap = lane.lastNumber - sequence;
  const parts = split(events);
  for (let part = parts.shift(); part; part = parts.shift()) {
    const place = { sequence: sequence + gap + 1, previous: digest, ...(gap > 0 ? { gap } : {}) };
    const batch = signPart(place, part, signer, time);
    if (!batch) {
      const middle = Math.ceil(part.length / 2);
      parts.unshift(part.slice(0, middle), part.slice(middle));
      continue;
    }
    batches.push(batch);
    ({ sequence, digest } = placeOf(batch));
    gap = 0;
  }
  return batches;
}

/** Codes of a batch whose halves may pass. */
const TOO_LARGE: readonly string[] = ['HL-1021', 'HL-1022', 'HL-3014'];

function signPart(
  place: { sequence: number; previous: string; gap?: number },
  events: readonly LedgerEvent[],
  { ledger, keyId, key }: Signer,
  time: number,
): SignedBatch | undefined {
  try {
    return signBatch({ ledger, keyId, ...place, time, seed: random16(), events }, key);
  } catch (error) {
    if (error instanceof HuilianError && TOO_LARGE.includes(error.code) && events.length > 1)
      return undefined;
    throw error;
  }
}

function split(events: readonly LedgerEvent[]): LedgerEvent[][] {
  const parts: LedgerEvent[][] = [];
  let bytes = 0;
  for (const event of events) {
    const size = canonical(event).length;
    const part = parts.at(-1);
    if (!part || part.length >= BATCH_EVENTS || bytes + size > BATCH_BYTES) {
      parts.push([event]);
      bytes = size;
    } else {
      part.push(event);
      bytes += size;
    }
  }
  return parts;
}
