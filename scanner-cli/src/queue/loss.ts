import { HuilianError, type ErrorCode, type LedgerEvent, type SignedBatch } from '@huilian/core';
import type { Gateway } from '../gateway/index.js';
import type { Loss, Place } from './entries.js';
import { follows, placeOf, type Lane, type Signer } from './lane.js';
import { attestedHead, checkHead, type Checking } from './receipts.js';
import { signNext } from './sign.js';
import { entriesOf, entryOf, type Change, type LaneStore } from './store.js';

/** Numbers of a lane that are given up. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

/** What was given up, and what was saved. */
export interface Declared {
  /** The gap that the next batch declares, undefined when it turned out that nothing is lost. */
  readonly gap?: Range;
  /** New numbers under which the events of whole batches were signed. */
  readonly signedAnew: readonly number[];
}

/** Batches that link one after another behind a place, and those that do not. */
function chainFrom(
  place: Place,
  batches: readonly SignedBatch[],
): { linked: SignedBatch[]; rest: SignedBatch[] } {
  const linked: SignedBatch[] = [];
  const rest: SignedBatch[] = [];
  let end = place;
  for (const batch of batches) {
    if (batch.header.sequence <= place.sequence) continue;
    if (rest.length === 0 && follows(batch, end)) {
      linked.push(batch);
      end = placeOf(batch);
    } else rest.push(batch);
  }
  return { linked, rest };
}

function wholeOf(lane: Lane): SignedBatch[] {
  return [...lane.pending, ...lane.stranded].sort(
    (one, other) => one.header.sequence - other.header.sequence,
  );
}

/**
 * After a recovery: what the ledger has recorded beyond what the device remembers is settled without its verdicts, and what
 * follows the head links again.
 *
 * @param head attested
 * @returns undefined when it changes nothing
 */
export function relinked(lane: Lane, head: Place): Change | undefined {
  if (!lane.loss || lane.loss.declared) return undefined;
  const received = head.sequence > lane.signed.sequence ? head : lane.received;
  const { linked, rest } = chainFrom(received, wholeOf(lane));
  if (received === lane.received && linked.length === lane.pending.length) return undefined;
  const end = linked.at(-1)?.header.sequence ?? received.sequence;
  const loss: Loss | undefined = end < lane.loss.upTo ? lane.loss : undefined;
  return {
    anew: { received, recent: lane.recent, ...(loss ? { loss } : {}) },
    append: entriesOf({ pending: linked, stranded: rest, sent: lane.sent, received }),
    lastNumber: lane.lastNumber,
  };
}

/** See `Queue.declareLost`. */
export async function declareLost(
  store: LaneStore,
  signer: Signer,
  range: Range,
  gateways: readonly Gateway[],
  checking: Checking,
): Promise<Declared> {
  const head = await headFrom(gateways, store.read(), checking);
  return store.change((lane) => {
    if (lane.closed) throw new HuilianError(lane.closed);
    checkHead(lane, head);
    const plan = planOf(lane, range, head);
    const events = plan.anew.flatMap((batch): readonly LedgerEvent[] => batch.events);
    const signed = signNext(
      { signed: plan.end, lastNumber: lane.lastNumber },
      events,
      signer,
      checking.now(),
    );
    const gap =
      plan.end.sequence < lane.lastNumber ? { from: plan.end.sequence + 1, to: lane.lastNumber } : undefined;
    const change: Change = {
      anew: {
        received: plan.received,
        recent: lane.recent,
        ...(gap ? { loss: { upTo: lane.lastNumber, declared: true } } : {}),
      },
      append: [
        ...entriesOf({ pending: plan.linked, stranded: [], sent: lane.sent, received: plan.received }),
        ...signed.map(entryOf),
      ],
      lastNumber: signed.at(-1)?.header.sequence ?? lane.lastNumber,
    };
    return {
      result: { ...(gap ? { gap } : {}), signedAnew: signed.map(({ header }) => header.sequence) },
      change,
    };
  });
}

interface Plan {
  readonly received: Place;
  /** Batches that stay as they are. */
  readonly linked: readonly SignedBatch[];
  /** Where the gap begins behind. */
  readonly end: Place;
  /** Whole batches whose events are signed again. */
  readonly anew: readonly SignedBatch[];
}

/** @throws HuilianError HL-7041 when the ledger has what is said to be lost, or more is lost than is said */
function planOf(lane: Lane, { from, to }: Range, head: Place): Plan {
  // What the device still links to waits for its own receipt; only behind a loss the ledger's word is all there is.
  const received = head.sequence > lane.signed.sequence ? head : lane.received;
  const { linked } = chainFrom(received, wholeOf(lane));
  const stay = linked.filter(({ header }) => header.sequence < from);
  const last = stay.at(-1);
  const end = last ? placeOf(last) : received;
  const whole = wholeOf(lane).filter(({ header }) => header.sequence > end.sequence);
  const known = new Set(whole.map(({ header }) => header.sequence));
  const recorded = Math.max(head.sequence, lane.received.sequence);
  if (from > to || to > lane.lastNumber || (received !== head && from <= recorded))
    throw unfounded(from, to, recorded);
  for (let number = end.sequence + 1; number <= lane.lastNumber; number += 1) {
    const given = number >= from && number <= to;
    if (!given && !known.has(number)) throw unfounded(number, number, recorded);
  }
  return { received, linked: stay, end, anew: whole.filter(({ header }) => header.sequence > to) };
}

function unfounded(from: number, to: number, recorded: number): HuilianError {
  return new HuilianError('HL-7041', { from, to, recorded });
}

/** Errors of the lane, which another gateway would only repeat. */
const FINAL: readonly ErrorCode[] = ['HL-7014'];

/** The attested head of the lane from the first gateway that gives it. */
async function headFrom(gateways: readonly Gateway[], lane: Lane, checking: Checking): Promise<Place> {
  let last = new HuilianError('HL-7015');
  for (const gateway of gateways) {
    try {
      return (await attestedHead(gateway, lane.received, checking)) ?? { sequence: 0, digest: '' };
    } catch (error) {
      if (!(error instanceof HuilianError) || FINAL.includes(error.code)) throw error;
      last = error;
    }
  }
  throw last;
}
