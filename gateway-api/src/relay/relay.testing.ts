import { expect } from 'vitest';
import { batchDigest, type SignedBatch } from '@huilian/core';
import type { BatchResult, GroupOutcome } from './outcome.js';
import type { Sent } from './lanes.js';
import { Relay } from './relay.js';

/** A batch as the relay sees one: it reads the header and the size, never the signature. */
export function batchOf(
  signer: string,
  sequence: number,
  events = 1,
  items: readonly string[] = [],
): SignedBatch {
  const header = {
    kind: 'huilian.batch',
    version: 1,
    ledger: '',
    keyId: signer,
    sequence,
    previous: '',
    count: events,
    root: '',
    time: 0,
  };
  const touched = items.map((item) => ({ type: 'withdraw', item, data: {} }));
  return { header, signature: '', seed: '', events: touched } as unknown as SignedBatch;
}

/** What the relay is told of a batch that went through. */
function recorded({ header }: SignedBatch): BatchResult {
  return {
    keyId: header.keyId,
    sequence: header.sequence,
    digest: batchDigest(header),
    status: 'recorded',
    verdicts: ['accepted'],
  };
}

/** As the route hands it in. */
export const sent = (...batches: SignedBatch[]): Sent[] =>
  batches.map((batch) => ({ batch, text: '{}', bytes: 2 }));

const nameOf = ({ header }: SignedBatch): string => `${header.keyId}${header.sequence}`;

/** A relay over a ledger that is played by hand: each transaction waits until it is told its outcome. */
export function stage(
  options: {
    queued?: number;
    queuedBytes?: number;
    inFlight?: number;
    waitMilliseconds?: number;
    behind?: { most: number; now(): number };
  } = {},
) {
  const groups: { names: string[]; end: (outcome: GroupOutcome) => void; batches: readonly SignedBatch[] }[] =
    [];
  const relay = new Relay(
    (group) =>
      new Promise((end) => {
        const batches = group.map(({ batch }) => batch);
        groups.push({ names: batches.map(nameOf), end, batches });
      }),
    {
      inFlight: options.inFlight ?? 2,
      groupEvents: 1_000,
      queued: options.queued ?? 100,
      queuedBytes: options.queuedBytes ?? 1_000_000,
      waitMilliseconds: options.waitMilliseconds ?? 1,
      ...(options.behind === undefined ? {} : { behind: options.behind }),
    },
  );
  const group = async (place: number) => {
    await expect.poll(() => groups.length, { interval: 1 }).toBeGreaterThan(place);
    const found = groups[place];
    if (found === undefined) throw new Error('no such group');
    return {
      ...found,
      record: () => {
        found.end({ kind: 'done', results: found.batches.map(recorded) });
      },
    };
  };
  return { relay, groups, group };
}

/** A relay over a ledger on which groups collide by a rule, and the groups that it was given. */
export function ruled(collides: (names: readonly string[]) => boolean) {
  const groups: string[] = [];
  const relay = new Relay(
    async (group): Promise<GroupOutcome> => {
      const names = group.map(({ batch }) => nameOf(batch));
      groups.push(names.join(' '));
      if (collides(names)) return { kind: 'conflict' };
      return { kind: 'done', results: group.map(({ batch }) => recorded(batch)) };
    },
    { inFlight: 2, groupEvents: 1_000, queued: 100, queuedBytes: 1_000_000, waitMilliseconds: 1 },
  );
  return { relay, groups };
}
