import { openBatch, type OpenedBatch, type SignedBatch } from '../batch/batch.js';
import { unpackGroup } from '../batch/group.js';
import type { ReadBatch } from '../batch/read-batch.js';
import type { ErrorCode } from '../messages/catalogue.js';
import { HuilianError } from '../messages/error.js';
import { rowKey } from '../model/row-keys.js';
import type { Row } from '../model/rows.js';
import { Draft } from '../rules/draft.js';
import { admit, type Admission } from './admission.js';
import type { Fold } from './fold.js';
import { recordBatch, type BatchToJudge, type RecordContext, type RecordedBatch } from './judge.js';
import { keysBehind } from './keys-behind.js';
import { keysOfEvent, MAX_ROWS } from './needs.js';

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
  return yield* recordOpened(openGroup(argument), context);
}

/**
 * Opens a group: everything about its batches that can be checked without the world state.
 *
 * @param argument the argument of the transaction, as {@link packGroup} makes it
 * @throws InadmissibleError when a batch is malformed
 * @throws HuilianError HL-1024, HL-1025 for the group
 */
export function openGroup(argument: Uint8Array): readonly OpenedBatch[] {
  return readBatches(unpackGroup(argument));
}

/** As {@link record}, of a group that was opened. */
export function* recordOpened(opened: readonly BatchToJudge[], context: RecordContext): Fold<Recorded> {
  const batches = opened.map(({ batch }) => batch);
  const draft = new Draft();
  yield* load(draft, new Missing(draft).add(batches.flatMap(keysOfHeader)));
  yield* loadEvents(draft, batches, context.time);
  const admissions: Admission[] = [];
  const recorded: RecordedBatch[] = [];
  for (const each of opened) {
    const admission = admit(draft, each.batch, context.time);
    admissions.push(admission);
    if (admission.status !== 'inadmissible') recorded.push(recordBatch(draft, each, admission, context));
  }
  refuseOffences(batches, admissions);
  return { writes: draft.writes(), batches: recorded };
}

function readBatches(read: readonly ReadBatch[]): OpenedBatch[] {
  const offences: Offence[] = [];
  const batches = read.flatMap((each, index) => {
    try {
      return [openBatch(each)];
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

type Loading = Generator<readonly string[], void, ReadonlyMap<string, Row | undefined>>;

/** Reads what judging the events needs, and the rows that those make necessary, until nothing is missing. */
function* loadEvents(draft: Draft, batches: readonly SignedBatch[], time: number): Loading {
  // A batch that is on record, or contradicts it, is not judged again.
  const fresh = batches.filter(({ header }) => !draft.get(rowKey.batch(header.keyId, header.sequence)));
  const events = fresh.flatMap((batch) => batch.events);
  const named = new Missing(draft);
  for (const batch of fresh) named.add(ownerOf(draft, batch));
  for (const event of events) named.add(keysOfEvent(event));
  yield* load(draft, named);
  for (;;) {
    const behind = new Missing(draft);
    for (const event of events) behind.add(keysBehind(draft, event, time));
    if (behind.keys.size === 0) return;
    yield* load(draft, behind);
  }
}

/** Keys of rows that were not read yet, each once, in the order in which they were asked for. */
class Missing {
  readonly keys = new Set<string>();
  readonly #draft: Draft;

  constructor(draft: Draft) {
    this.#draft = draft;
  }

  add(keys: readonly string[]): this {
    for (const key of keys) if (!this.#draft.has(key)) this.keys.add(key);
    return this;
  }
}

/** Reads rows. */
function* load(draft: Draft, { keys }: Missing): Loading {
  if (keys.size === 0) return;
  const rows = draft.readCount + keys.size;
  if (rows > MAX_ROWS) throw new HuilianError('HL-3014', { rows });
  draft.load(yield [...keys]);
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

function ownerOf(draft: Draft, { header }: SignedBatch): string[] {
  const owner = draft.get(rowKey.key(header.keyId))?.owner;
  return owner === undefined ? [] : [rowKey.participant(owner)];
}
