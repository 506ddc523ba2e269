import { canonicalText, type Json } from '../bytes/canonical.js';
import { fromBase64url, fromHex, toBase64url, toHex, utf8 } from '../bytes/encode.js';
import type { Form } from './form.js';
import { lossForm } from './loss.js';
import type { BatchRow, LaneRow, Row } from './rows.js';
import { saleForm } from './sale.js';
import { itemForm } from './stored-item.js';

/**
 * Rows as they stand in the world state. Each event writes a row, so rows of items, batches and lanes are stored under
 * names of one letter and without what follows from the rest; rows of all other kinds are stored as they are. The names
 * are in docs/design/formats.md; `huilian state show` prints a row in full.
 */

interface StoredBatch {
  readonly d: string;
  readonly g?: number | undefined;
  readonly n: number;
  readonly r: string;
  readonly t: number;
  readonly v: number;
  readonly w?: BatchRow['notices'] | undefined;
  readonly x?: BatchRow['refused'] | undefined;
  readonly y: string;
}

interface StoredLane {
  readonly d: number;
  readonly e: number;
  readonly f?: number | undefined;
  readonly g?: LaneRow['gaps'] | undefined;
  readonly h: string;
  readonly n: number;
  readonly r: number;
}

/** A form whose types the compiler no longer knows: the key tells them. */
type AnyForm = Form<Row, Json>;

const batch: Form<BatchRow, StoredBatch> = {
  store: (row) => ({
    d: short(row.digest),
    g: row.gap,
    n: row.count,
    r: short(row.root),
    t: row.time,
    v: row.ruleset,
    w: row.notices,
    x: row.refused.length === 0 ? undefined : row.refused,
    y: short(row.transaction),
  }),
  read: (stored) => ({
    count: stored.n,
    digest: long(stored.d),
    gap: stored.g,
    notices: stored.w,
    refused: stored.x ?? [],
    root: long(stored.r),
    ruleset: stored.v,
    time: stored.t,
    transaction: long(stored.y),
  }),
};

const lane: Form<LaneRow, StoredLane> = {
  store: (row) => ({
    d: row.day,
    e: row.events,
    f: row.forked,
    g: row.gaps,
    h: short(row.head),
    n: row.next,
    r: row.refused,
  }),
  read: (stored) => ({
    day: stored.d,
    events: stored.e,
    forked: stored.f,
    gaps: stored.g,
    head: long(stored.h),
    next: stored.n,
    refused: stored.r,
  }),
};

const forms = {
  item: itemForm,
  lane,
  loss: lossForm,
  recorded: batch,
  reman: saleForm,
} as unknown as Readonly<Record<string, AnyForm>>;

function formOf(key: string): AnyForm | undefined {
  const prefix = key.slice(0, key.indexOf('/'));
  return Object.hasOwn(forms, prefix) ? forms[prefix] : undefined;
}

/** The canonical bytes that stand under a key of the world state. */
export function storedBytes(key: string, row: Row): Uint8Array {
  return utf8(storedText(key, row));
}

/** As {@link storedBytes}, before they are bytes. */
export function storedText(key: string, row: Row): string {
  const form = formOf(key);
  // The members are in order, and all that they hold was read from canonical bytes: what the engine writes is canonical.
  return form === undefined ? canonicalText(row) : JSON.stringify(form.store(row));
}

/**
 * The row that a stored value tells. Of a value that no rule of ours wrote, nothing is sure but that it is JSON.
 *
 * @throws TypeError for a value of another form
 */
export function rowOfStored(key: string, stored: Json): Row {
  const form = formOf(key);
  return form === undefined ? (stored as unknown as Row) : form.read(stored);
}

/**
 * The row that a value of the world state tells. The bytes are those that the rules wrote: peers agree on them and a replay
 * compares them, so they are not checked again here.
 */
export function readStored(key: string, bytes: Uint8Array): Row {
  return rowOfStored(
    key,
    JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString()) as Json,
  );
}

/** A digest in hex, in base64url: 43 characters instead of 64. Anything else stays as it is. */
function short(hex: string): string {
  return hex.length === 64 ? toBase64url(fromHex(hex)) : hex;
}

function long(text: string): string {
  return text.length === 43 ? toHex(fromBase64url(text)) : text;
}
