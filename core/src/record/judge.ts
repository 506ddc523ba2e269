import type { OpenedBatch } from '../batch/batch.js';
import { eventIdOf } from '../ids/event-id.js';
import { isAdministration } from '../model/events.js';
import { rowKey } from '../model/row-keys.js';
import type { BatchRow, LaneRow } from '../model/rows.js';
import type { Actor } from '../rules/actor.js';
import { applyEvent, type NamedEvent, type Verdict } from '../rules/apply.js';
import type { Draft } from '../rules/draft.js';
import { recordedEvent } from '../rules/recorded-event.js';
import type { Admission } from './admission.js';
import { refusedOf, verdictsOf } from './outcome.js';

/** What surrounds the group: all of it comes from the transaction, none of it from the process. */
export interface RecordContext {
  /** Ledger time: the transaction's timestamp in seconds. */
  readonly time: number;
  readonly transaction: string;
}

/** A checked batch with the leaf hashes of its events. */
export type BatchToJudge = Pick<OpenedBatch, 'batch' | 'leaves'>;

/** What became of one batch. */
export interface RecordedBatch {
  readonly keyId: string;
  readonly sequence: number;
  readonly digest: string;
  readonly status: 'recorded' | 'known' | 'fork';
  /** One for each event; none of a fork. */
  readonly verdicts: readonly Verdict[];
  readonly notices?: readonly (readonly [index: number, code: string])[] | undefined;
}

type Admitted = Exclude<Admission, { status: 'inadmissible' }>;

/** Writes what an admitted batch does: its row and its events' effects, or the evidence of a fork. */
export function recordBatch(
  draft: Draft,
  opened: BatchToJudge,
  admission: Admitted,
  context: RecordContext,
): RecordedBatch {
  const { batch } = opened;
  const { keyId, sequence } = batch.header;
  const told = { keyId, sequence, digest: admission.digest };
  switch (admission.status) {
    case 'known': {
      const row = draft.get(rowKey.batch(keyId, sequence));
      if (!row) throw new Error('a known batch has a row');
      return {
        ...told,
        status: 'known',
        verdicts: verdictsOf(row),
        ...(row.notices ? { notices: row.notices } : {}),
      };
    }
    case 'fork':
      draft.put(rowKey.fork(keyId, sequence), {
        header: batch.header,
        signature: batch.signature,
        time: context.time,
      });
      draft.put(rowKey.lane(keyId), { ...admission.lane, forked: sequence });
      draft.commit();
      return { ...told, status: 'fork', verdicts: [] };
    case 'next':
      return {
        ...told,
        status: 'recorded',
        ...judge(draft, opened, admission.digest, admission.lane, context),
      };
  }
}

/** Applies the events in order and writes the batch's row and its lane. */
function judge(
  draft: Draft,
  { batch, leaves }: BatchToJudge,
  digest: string,
  lane: LaneRow,
  context: RecordContext,
): Pick<RecordedBatch, 'verdicts' | 'notices'> {
  const { keyId, sequence, gap, count, root } = batch.header;
  const notices: [number, string][] = [];
  let actor = actorOf(draft, keyId);
  const verdicts: Verdict[] = batch.events.map((event, index) => {
    const leaf = leaves[index];
    if (!leaf) throw new Error('every event has a leaf');
    const found: [number, string][] = [];
    const moment = {
      actor,
      time: context.time,
      event,
      id: eventIdOf({ keyId, sequence, index }),
      leaf,
      notice: (code: string) => found.push([index, code]),
    };
    const verdict = applyEvent(draft, event, moment, {
      cited: verdictOf(draft, event.cites),
      replaced: verdictOf(draft, event.replaces),
    });
    // Only an administrator changes keys and participants, perhaps those of the signer itself.
    if (isAdministration(event)) actor = actorOf(draft, keyId);
    if (verdict === 'accepted') notices.push(...found.slice(0, 1));
    return verdict;
  });
  const refused = refusedOf(verdicts);
  const row: BatchRow = {
    digest,
    root,
    count,
    refused,
    ...(notices.length > 0 ? { notices } : {}),
    ...(gap === undefined ? {} : { gap }),
    ruleset: draft.get(rowKey.activeRuleset)?.number ?? 1,
    time: context.time,
    transaction: context.transaction,
  };
  draft.put(rowKey.batch(keyId, sequence), row);
  draft.put(rowKey.lane(keyId), nextLane(lane, sequence, digest, gap, count, refused.length));
  draft.commit();
  return { verdicts, ...(notices.length > 0 ? { notices } : {}) };
}

function nextLane(
  lane: LaneRow,
  sequence: number,
  head: string,
  gap: number | undefined,
  events: number,
  refused: number,
): LaneRow {
  const gaps =
    gap === undefined ? lane.gaps : [...(lane.gaps ?? []), [sequence - gap, sequence - 1] as const];
  return {
    ...lane,
    next: sequence + 1,
    head,
    ...(gaps ? { gaps } : {}),
    events: lane.events + events,
    refused: lane.refused + refused,
  };
}

/** The key and its owner as they are now: an event earlier in the group may have changed them. */
function actorOf(draft: Draft, keyId: string): Actor {
  const key = draft.get(rowKey.key(keyId));
  if (!key) throw new Error('an admitted batch has a registered key');
  const participant = draft.get(rowKey.participant(key.owner));
  return { keyId, key, ...(participant ? { participant } : {}) };
}

/** What became of an event that is named; undefined when none is. */
function verdictOf(draft: Draft, id: string | undefined): NamedEvent | undefined {
  if (id === undefined) return undefined;
  return recordedEvent(draft, id)?.verdict ?? 'unknown';
}
