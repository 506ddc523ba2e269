import type { SignedBatch } from '@huilian/core';
import type { Lane } from './lane.js';
import { entriesOf, type Change } from './store.js';

/** A lane without what was signed after a moment, in seconds since 1970. Batches stay in order, so all behind one stay with it. */
export function sealedOf(lane: Lane, before: number): Lane {
  const first = lane.pending.findIndex(({ header }) => header.sequence > lane.sent && header.time > before);
  return first < 0 ? lane : { ...lane, pending: lane.pending.slice(0, first) };
}

/**
 * What may be taken back of a lane: batches that no gateway was given. One that declares a gap stays, for the numbers that it
 * gives up may have been seen.
 */
export function takenBack(
  lane: Lane,
  from: number | undefined,
): { readonly taken: readonly SignedBatch[]; readonly change?: Change } {
  const { pending, stranded, sent, received, recent, loss, closed } = lane;
  const declaring = pending.findLast(({ header }) => header.gap !== undefined)?.header.sequence ?? 0;
  const first = Math.max(from ?? lane.signed.sequence, sent + 1, declaring + 1);
  const taken = pending.filter(({ header }) => header.sequence >= first);
  if (taken.length === 0 || stranded.length > 0 || closed !== undefined) return { taken: [] };
  const kept = pending.slice(0, -taken.length);
  return {
    taken,
    change: {
      anew: { received, recent, ...(loss ? { loss } : {}) },
      append: entriesOf({ pending: kept, stranded, sent, received }),
      lastNumber: kept.at(-1)?.header.sequence ?? received.sequence,
    },
  };
}
