import { batchDigest, isSignedBy, type SignedBatch } from '../batch/batch.js';
import type { ErrorCode } from '../messages/catalogue.js';
import { rowKey } from '../model/row-keys.js';
import type { LaneRow } from '../model/rows.js';
import type { Draft } from '../rules/draft.js';
import { QUOTA } from '../rules/rulesets.js';
import { dayOf } from '../time/day.js';

/** A batch may be taken (`next`), is on record (`known`), contradicts the record (`fork`), or is inadmissible. */
export type Admission =
  | { readonly status: 'next'; readonly digest: string; readonly lane: LaneRow }
  | { readonly status: 'known'; readonly digest: string }
  | { readonly status: 'fork'; readonly digest: string; readonly lane: LaneRow }
  | { readonly status: 'inadmissible'; readonly code: ErrorCode };

/** Most gaps of a lane, so that its row, which every batch reads and writes, stays small. */
export const MAX_GAPS = 64;

/** A lane on the given day: its counters start anew with the day. */
export function laneOn(row: LaneRow | undefined, time: number): LaneRow {
  const day = dayOf(time);
  if (!row) return { next: 1, head: '', day, events: 0, refused: 0 };
  // A transaction's time may lie a little before the last one's: that must not start a day, and its counters, again.
  return day <= row.day ? row : { ...row, day, events: 0, refused: 0 };
}

const no = (code: ErrorCode): Admission => ({ status: 'inadmissible', code });

/** Judges whether a batch may be recorded, by its key, its signature and its lane. */
export function admit(draft: Draft, batch: SignedBatch, time: number): Admission {
  const { header } = batch;
  const { keyId, sequence } = header;
  if (draft.get(rowKey.ledger)?.id !== header.ledger) return no('HL-3009');
  const key = draft.get(rowKey.key(keyId));
  if (!key) return no('HL-3001');
  if (!isSignedBy(batch, key.publicKey)) return no('HL-3004');
  const digest = batchDigest(header);
  const recorded = draft.get(rowKey.batch(keyId, sequence));
  if (recorded?.digest === digest) return { status: 'known', digest };
  const lane = laneOn(draft.get(rowKey.lane(keyId)), time);
  if (recorded) return lane.forked === undefined ? { status: 'fork', digest, lane } : no('HL-3007');
  if (lane.forked !== undefined) return no('HL-3007');
  if (key.lastSequence !== undefined && sequence > key.lastSequence) return no('HL-3003');
  if (key.validTo !== undefined && time >= key.validTo) return no('HL-3002');
  const gap = header.gap ?? 0;
  if (gap > 0 && (lane.gaps?.length ?? 0) >= MAX_GAPS) return no('HL-3019');
  if (sequence - gap !== lane.next) return no(gap > 0 || sequence < lane.next ? 'HL-3008' : 'HL-3005');
  if (header.previous !== lane.head) return no('HL-3006');
  if (lane.events + header.count > QUOTA.events || lane.refused > QUOTA.refused) return no('HL-3012');
  return { status: 'next', digest, lane };
}
