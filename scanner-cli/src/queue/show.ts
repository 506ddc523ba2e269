import { batchDigest, eventIdOf, verdictsOf, type SignedBatch } from '@huilian/core';
import type { Settled } from './entries.js';
import type { Lane } from './lane.js';
import type { BatchState, QueuedBatch, SettledBatch } from './types.js';

/** What waits, in order. */
export function waitingOf(lane: Lane): QueuedBatch[] {
  return [
    ...lane.pending.map((batch) => shown(batch, batch.header.sequence <= lane.sent ? 'sent' : 'waiting')),
    ...lane.stranded.map((batch) => shown(batch, 'stranded')),
  ];
}

/** A batch that waits. */
export function shown(batch: SignedBatch, state: BatchState): QueuedBatch {
  const { events } = batch;
  return {
    sequence: batch.header.sequence,
    digest: batchDigest(batch.header),
    state,
    count: events.length,
    events,
  };
}

/** A batch that was settled, without its events. */
export function shownSettled(settled: Settled): QueuedBatch {
  const { sequence, digest, count, notices, transaction, block } = settled;
  return {
    sequence,
    digest,
    state: 'settled',
    count,
    events: [],
    verdicts: verdictsOf(settled),
    transaction,
    ...(notices ? { notices } : {}),
    ...(block === undefined ? {} : { block }),
  };
}

/** A settled batch with the verdict of each event. */
export function settledBatch(keyId: string, settled: Settled): SettledBatch {
  const { sequence, digest, transaction, time, block } = settled;
  const notices = new Map(settled.notices);
  const events = verdictsOf(settled).map((verdict, index) => {
    const notice = notices.get(index);
    const id = eventIdOf({ keyId, sequence, index });
    return { id, verdict, ...(notice === undefined ? {} : { notice }) };
  });
  return { sequence, digest, events, transaction, time, ...(block === undefined ? {} : { block }) };
}
