import { setTimeout as sleep } from 'node:timers/promises';
import { batchDigest, type SignedBatch } from '@huilian/core';
import type { Signer } from '@huilian/core/testing';
import { registration, type Answer, type Client } from '../gateway/world.js';
import { numbersOf } from './metrics.js';

/** Most batches of a lane that are offered in one request. */
const AHEAD = 8;
/** Events in each batch of a flood. */
export const EVENTS = 5;
/** Between two requests, whatever became of those before, milliseconds. */
const EVERY_MS = 4;
const LOOK_EVERY_MS = 50;

/** A batch that a gateway said is recorded. */
export interface Acknowledged {
  readonly keyId: string;
  readonly sequence: number;
  readonly digest: string;
  readonly verdicts: readonly string[];
}

/** What was seen of a flood. */
export interface Flood {
  readonly acknowledged: readonly Acknowledged[];
  /** Batches in all requests; one that was turned away was offered again. */
  readonly offered: number;
  readonly turnedAway: readonly Answer[];
  /** Answers that were neither verdicts nor pushed back. */
  readonly others: readonly Answer[];
  readonly mostWaiting: number;
  readonly mostBytesWaiting: number;
  readonly mostInFlight: number;
}

/** A lane whose batches are signed before they are offered. */
class Lane {
  readonly #batches: SignedBatch[] = [];
  readonly acknowledged = new Map<number, Acknowledged>();
  #turn = 0;

  constructor(private readonly signer: Signer) {}

  /** What is offered next: the first batch that is not recorded, and now more, now fewer of those behind it. */
  next(): SignedBatch[] {
    let first = 1;
    while (this.acknowledged.has(first)) first += 1;
    const end = first + (this.#turn++ % AHEAD);
    while (this.#batches.length < end)
      this.#batches.push(
        this.signer.batch(Array.from({ length: EVENTS }, () => registration(this.signer).event)),
      );
    return this.#batches.slice(first - 1, end);
  }
}

/**
 * Devices that offer batches at a fixed rate, whatever the answers are and without regard to Retry-After, until `during` is over.
 */
export async function flood(
  gateway: Client,
  signers: readonly Signer[],
  during: (seen: { readonly turnedAway: readonly Answer[] }) => Promise<void>,
): Promise<Flood> {
  const lanes = signers.map((signer) => new Lane(signer));
  const seen = { offered: 0, turnedAway: [] as Answer[], others: [] as Answer[] };
  const requests: Promise<void>[] = [];
  const looks: Looked[] = [];
  const state = { over: false };
  const offering = (async () => {
    for (let turn = 0; !state.over; turn += 1) {
      const lane = lanes[turn % lanes.length];
      if (lane !== undefined) requests.push(offer(gateway, lane, seen));
      await sleep(EVERY_MS);
    }
  })();
  const looking = (async () => {
    while (!state.over) {
      looks.push(await look(gateway));
      await sleep(LOOK_EVERY_MS);
    }
  })();
  try {
    await during(seen);
  } finally {
    state.over = true;
    await Promise.all([offering, looking]);
    await Promise.all(requests);
  }
  return {
    ...seen,
    acknowledged: lanes.flatMap(({ acknowledged }) => [...acknowledged.values()]),
    mostWaiting: Math.max(...looks.map(({ waiting }) => waiting)),
    mostBytesWaiting: Math.max(...looks.map(({ bytes }) => bytes)),
    mostInFlight: Math.max(...looks.map(({ inFlight }) => inFlight)),
  };
}

async function offer(
  gateway: Client,
  lane: Lane,
  seen: { offered: number; turnedAway: Answer[]; others: Answer[] },
): Promise<void> {
  const batches = lane.next();
  seen.offered += batches.length;
  const answer = await gateway.submit(batches);
  if (answer.status === 429) seen.turnedAway.push(answer);
  else if (answer.status !== 200) seen.others.push(answer);
  else
    answer.body.batches.forEach(({ status, verdicts }, place) => {
      const { header } = batches[place] ?? {};
      // One whose predecessor gave way came too early.
      if (header === undefined || (status !== 'recorded' && status !== 'known')) return;
      const { keyId, sequence } = header;
      lane.acknowledged.set(sequence, { keyId, sequence, digest: batchDigest(header), verdicts });
    });
}

interface Looked {
  readonly waiting: number;
  readonly bytes: number;
  readonly inFlight: number;
}

async function look(gateway: Client): Promise<Looked> {
  const numbers = await numbersOf(gateway);
  return {
    waiting: numbers.of('huilian_batches_waiting'),
    bytes: numbers.of('huilian_bytes_waiting'),
    inFlight: numbers.of('huilian_groups_in_flight'),
  };
}
