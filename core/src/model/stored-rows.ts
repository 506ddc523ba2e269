import { canonicalText, type Json } from '../bytes/canonical.js';
import { fromBase64url, fromHex, toBase64url, toHex, utf8 } from '../bytes/encode.js';
import type { TagScheme } from '../tags/tag.js';
import type { BatchRow, ItemRow, LaneRow, OpenAcceptance, OpenHandover, Row } from './rows.js';
import type { ItemKind, ItemState } from './terms.js';

/**
 * Rows as they stand in the world state. Each event writes a row, so rows of items, batches and lanes are stored under
 * names of one letter and without what follows from the rest; rows of all other kinds are stored as they are. The names
 * are in docs/design/formats.md; `huilian state show` prints a row in full.
 */

const KINDS = { vehicle: 'v', part: 'p', device: 'd', battery: 'b', lot: 'l' } as const satisfies Record<
  ItemKind,
  string
>;
const STATES = {
  registered: 'r',
  inspected: 'i',
  fitted: 'f',
  dismantled: 'm',
  disposed: 'x',
} as const satisfies Record<ItemState, string>;
const RESULTS = { fit: 'f', unfit: 'u' } as const;

const kindOf = inverse(KINDS);
const stateOf = inverse(STATES);
const resultOf = inverse(RESULTS);

/** The members stand in the order of their names, in which canonical JSON writes them; those that are undefined it leaves out. */
interface StoredItem {
  readonly a?: readonly (readonly [by: string, from: string, massGrams?: number])[] | undefined;
  readonly c: string;
  readonly f?: string | undefined;
  readonly g?: number | undefined;
  readonly h: string;
  readonly i?: string | undefined;
  readonly k: string;
  readonly n: number;
  readonly o?: string | undefined;
  readonly p?: string | undefined;
  readonly q?: 1 | undefined;
  readonly s: string;
  readonly t?: readonly (readonly [scheme: string, value: string])[] | undefined;
  readonly u: string;
  readonly w?: StoredHandover | undefined;
}

interface StoredHandover {
  readonly g?: number | undefined;
  readonly o?: 0 | 1 | undefined;
  readonly t: string;
}

interface StoredBatch {
  readonly d: string;
  readonly g?: number | undefined;
  readonly n: number;
  readonly o: string;
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

/** Both sides have their members in the order in which canonical JSON writes them: writing is faster so. */
interface Form<R, S> {
  readonly store: (row: R) => S;
  readonly read: (stored: S) => R;
}

/** A form whose types the compiler no longer knows: the key tells them. */
type AnyForm = Form<Row, Json>;

const item: Form<ItemRow, StoredItem> = {
  store: (row) => ({
    a: row.acceptances?.map(storeAcceptance),
    c: row.category,
    f: row.fittedInto,
    g: row.massGrams,
    h: row.head,
    i: row.inspection && RESULTS[row.inspection],
    k: KINDS[row.kind],
    n: row.count,
    o: row.owner === row.custodian ? undefined : row.owner,
    p: row.parent,
    q: row.contested === true ? 1 : undefined,
    s: STATES[row.state],
    t: row.tags?.map(({ scheme, value }) => [scheme, value]),
    u: row.custodian,
    w: row.handover && storeHandover(row.handover),
  }),
  read: (stored) => ({
    acceptances: stored.a?.map(readAcceptance),
    category: stored.c,
    contested: stored.q === undefined ? undefined : true,
    count: stored.n,
    custodian: stored.u,
    fittedInto: stored.f,
    handover: stored.w && readHandover(stored.w),
    head: stored.h,
    inspection: stored.i === undefined ? undefined : known(resultOf, stored.i),
    kind: known(kindOf, stored.k),
    massGrams: stored.g,
    owner: stored.o ?? stored.u,
    parent: stored.p,
    state: known(stateOf, stored.s),
    tags: stored.t?.map(([scheme, value]) => ({ scheme: scheme as TagScheme, value })),
  }),
};

const batch: Form<BatchRow, StoredBatch> = {
  store: (row) => ({
    d: short(row.digest),
    g: row.gap,
    n: row.count,
    o: short(row.outcome),
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
    outcome: long(stored.o),
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

const forms = { item, recorded: batch, lane } as unknown as Readonly<Record<string, AnyForm>>;

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

function storeAcceptance({ by, from, massGrams }: OpenAcceptance): readonly [string, string, number?] {
  return massGrams === undefined ? [by, from] : [by, from, massGrams];
}

function readAcceptance([by, from, massGrams]: readonly [string, string, number?]): OpenAcceptance {
  return { by, from, massGrams };
}

function storeHandover({ to, massGrams, keepOwnership }: OpenHandover): StoredHandover {
  return { g: massGrams, o: keepOwnership === undefined ? undefined : keepOwnership ? 1 : 0, t: to };
}

function readHandover({ t, g, o }: StoredHandover): OpenHandover {
  return { keepOwnership: o === undefined ? undefined : o === 1, massGrams: g, to: t };
}

/** A digest in hex, in base64url: 43 characters instead of 64. Anything else stays as it is. */
function short(hex: string): string {
  return hex.length === 64 ? toBase64url(fromHex(hex)) : hex;
}

function long(text: string): string {
  return text.length === 43 ? toHex(fromBase64url(text)) : text;
}

function inverse<N extends string>(codes: Readonly<Record<N, string>>): ReadonlyMap<string, N> {
  return new Map(Object.entries<string>(codes).map(([name, code]) => [code, name as N]));
}

function known<N extends string>(names: ReadonlyMap<string, N>, code: string): N {
  const name = names.get(code);
  if (name === undefined) throw new TypeError(`a stored row with an unknown code: ${JSON.stringify(code)}`);
  return name;
}
