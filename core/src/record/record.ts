import { checkBatch, eventLeaves, type SignedBatch } from '../batch/batch.js';
import { unpackGroup } from '../batch/group.js';
import { toHex } from '../bytes/encode.js';
import { merkleRoot } from '../bytes/merkle.js';
import type { Json } from '../bytes/canonical.js';
import { eventIdOf, parseEventId } from '../ids/event-id.js';
import type { ErrorCode } from '../messages/catalogue.js';
import { HuilianError } from '../messages/error.js';
import type { LedgerEvent } from '../model/events.js';
import { rowKey } from '../model/row-keys.js';
import type { BatchRow, LaneRow, Row } from '../model/rows.js';
import type { Actor } from '../rules/actor.js';
import { applyEvent, type Verdict } from '../rules/apply.js';
import { Draft } from '../rules/draft.js';
import { admit, type Admission } from './admission.js';
import type { Fold } from './fold.js';
import { keysOfEvent, keysOfRow } from './needs.js';
import { outcomeLeaf, verdictsOf } from './outcome.js';

/** Most rows that a transaction may touch. */
export const MAX_ROWS = 2000;

/** What surrounds the group: all of it comes from the transaction, none of it from the process. */
export interface RecordContext {
  /** Ledger time: the transaction's timestamp in seconds. */
  readonly time: number;
  readonly transaction: string;
}

/** What became of one batch. */
export interface RecordedBatch {
  readonly keyId: string;
  readonly sequence: number;
  readonly digest: string;
  readonly status: 'recorded' | 'known' | 'fork';
  readonly verdicts: readonly Verdict[];
  readonly notices?: readonly (readonly [index: number, code: string])[];
}

/** The effect of a group: rows to write, sorted by key, and the answer. */
export interface Recorded {
  readonly writes: ReadonlyMap<string, Row>;
  readonly batches: readonly RecordedBatch[];
}

/** One batch that may not be recorded, with its place in the group. */
export interface Offence {
  readonly index: number;
  readonly code: ErrorCode;
  readonly keyId?: string;
  readonly sequence?: number;
}

/** Nothing was recorded, because of these batches. */
export class InadmissibleError extends HuilianError {
  constructor(readonly offences: readonly Offence[]) {
    super('HL-3013', { offences: offences.map(({ index, code }) => `${index} ${code}`).join(', ') });
  }
}

/**
 * Records a group of signed batches: admits each, judges each event by the rules, and says what to write. Pure: rows are
 * asked for by yielding their keys.
 *
 * @param argument the argument of the transaction, as {@link packGroup} makes it
 * @throws InadmissibleError when any batch may not be recorded
 * @throws HuilianError HL-1024, HL-1025 for the group, HL-3014 when it touches too many rows
 */
export function* record(argument: Uint8Array, context: RecordContext): Fold<Recorded> {
  const batches = readBatches(unpackGroup(argument));
  const draft = new Draft();
  yield* load(draft, batches.flatMap(keysOfHeader));
  const admissions: Admission[] = [];
  const recorded: RecordedBatch[] = [];
  yield* load(
    draft,
    batches.flatMap((batch) => keysOfBatch(draft, batch)),
  );
  if (draft.readCount > MAX_ROWS) throw new HuilianError('HL-3014', { rows: draft.readCount });
  for (const batch of batches) {
    const admission = admit(draft, batch, context.time);
    admissions.push(admission);
    if (admission.status !== 'inadmissible') recorded.push(recordBatch(draft, batch, admission, context));
  }
  refuseOffences(batches, admissions);
  return { writes: draft.writes(), batches: recorded };
}

function readBatches(values: readonly Json[]): SignedBatch[] {
  const offences: Offence[] = [];
  const batches = values.flatMap((value, index) => {
    try {
      return [checkBatch(value)];
    } catch (error) {
      if (!(error instanceof HuilianError)) throw error;
      offences.push({ index, code: error.code });
      return [];
    }
  });
  if (offences.length > 0) throw new InadmissibleError(offences);
  return batches;
}

function refuseOffences(batches: readonly SignedBatch[], admissions: readonly Admission[]): void {
  const offences = admissions.flatMap((admission, index): Offence[] => {
    const header = batches[index]?.header;
    if (admission.status !== 'inadmissible' || !header) return [];
    return [{ index, code: admission.code, keyId: header.keyId, sequence: header.sequence }];
  });
  if (offences.length > 0) throw new InadmissibleError(offences);
}

/** Reads rows, and the rows that those make necessary, until nothing is missing. */
function* load(
  draft: Draft,
  keys: readonly string[],
): Generator<readonly string[], void, ReadonlyMap<string, Row | undefined>> {
  let missing = [...new Set(keys)].filter((key) => !draft.has(key));
  while (missing.length > 0) {
    if (draft.readCount + missing.length > MAX_ROWS)
      throw new HuilianError('HL-3014', { rows: draft.readCount + missing.length });
    const rows = yield missing;
    draft.load(rows);
    const further = [...rows].flatMap(([key, row]) => (row ? keysOfRow(key, row) : []));
    missing = [...new Set(further)].filter((key) => !draft.has(key));
  }
}

function keysOfHeader({ header: { keyId, sequence } }: SignedBatch): string[] {
  return [
    rowKey.ledger,
    rowKey.activeRuleset,
    rowKey.key(keyId),
    rowKey.lane(keyId),
    rowKey.batch(keyId, sequence),
    rowKey.fork(keyId, sequence),
  ];
}

function keysOfBatch(draft: Draft, batch: SignedBatch): string[] {
  const owner = draft.get(rowKey.key(batch.header.keyId))?.owner;
  return [...(owner === undefined ? [] : [rowKey.participant(owner)]), ...batch.events.flatMap(keysOfEvent)];
}

type Admitted = Exclude<Admission, { status: 'inadmissible' }>;

function recordBatch(
  draft: Draft,
  batch: SignedBatch,
  admission: Admitted,
  context: RecordContext,
): RecordedBatch {
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
        ...judge(draft, batch, admission.digest, admission.lane, context),
      };
  }
}

/** Applies the events in order and writes the batch's row and its lane. */
function judge(
  draft: Draft,
  batch: SignedBatch,
  digest: string,
  lane: LaneRow,
  context: RecordContext,
): Pick<RecordedBatch, 'verdicts' | 'notices'> {
  const { keyId, sequence, gap, count, root } = batch.header;
  const leaves = eventLeaves(batch);
  const notices: [number, string][] = [];
  const verdicts: Verdict[] = batch.events.map((event, index) => {
    const leaf = leaves[index];
    if (!leaf) throw new Error('every event has a leaf');
    const found: [number, string][] = [];
    const moment = {
      actor: actorOf(draft, keyId),
      time: context.time,
      leaf,
      notice: (code: string) => found.push([index, code]),
    };
    const verdict = applyEvent(draft, event, moment, wasRefused(draft, event));
    if (verdict === 'accepted') notices.push(...found.slice(0, 1));
    return verdict;
  });
  const refused = verdicts.flatMap((verdict, index): [number, string][] =>
    verdict === 'accepted' ? [] : [[index, verdict]],
  );
  const outcome = toHex(
    merkleRoot(leaves.map((leaf, index) => outcomeLeaf(leaf, verdicts[index] ?? 'accepted'))),
  );
  const row: BatchRow = {
    digest,
    root,
    outcome,
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

/** Whether the event that is cited was refused; undefined when nothing is cited. */
function wasRefused(draft: Draft, event: LedgerEvent): boolean | undefined {
  if (event.cites === undefined) return undefined;
  const place = parseEventId(event.cites);
  const row = place && draft.get(rowKey.batch(place.keyId, place.sequence));
  return row?.refused.some(([index]) => index === place?.index) ?? false;
}

/** Ids of the events of a batch, in order. */
export function eventIds(batch: SignedBatch): string[] {
  const { keyId, sequence } = batch.header;
  return batch.events.map((_, index) => eventIdOf({ keyId, sequence, index }));
}
