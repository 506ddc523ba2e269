import {
  certifiedBy,
  isGone,
  isReport,
  itemOf,
  mentionsOf,
  oldestOf,
  reportersBy,
  STORAGE,
  timedSteps,
  turnClocks,
  withCertificates,
  type ClockBook,
  type ItemRow,
  type ItemTurn,
  type LedgerEvent,
} from '@huilian/core';
import { itemLinkView, itemPartyView, itemView } from '../views/items.js';
import type { DocumentOf } from '../views/declare.js';
import type { Counts } from './counts.js';
import type { ViewDraft } from './draft.js';
import { linkId, putLink } from './links.js';
import type { Passed } from './passings.js';
import type { ProjectedTransaction } from './transaction.js';

type Item = DocumentOf<typeof itemView>;

interface WrittenItem {
  readonly id: string;
  readonly row: ItemRow;
  /** Ledger time of the transaction, in seconds since 1970. */
  readonly time: number;
  readonly before: Item | undefined;
}

/** Puts the items that a transaction wrote, their parties and their counts, and the clocks of all that it concerns. */
export function foldItems(
  draft: ViewDraft,
  counts: Counts,
  transaction: ProjectedTransaction,
  book: ClockBook,
  { passings, undone }: Passed,
): void {
  const touched = touches(transaction, book.owner);
  const rows = new Map(
    transaction.rows.flatMap(({ prefix, id, row }) => (prefix === 'item' ? [[id, row as ItemRow]] : [])),
  );
  const after = (id: string): ItemRow | undefined => rows.get(id) ?? draft.get(itemView, id)?.row;
  const stored = (lots: readonly string[]): number | undefined =>
    oldestOf(
      book,
      STORAGE,
      lots.map((id) => [id, draft.get(itemView, id)?.clocks]),
    );
  const steps = timedSteps(transaction.batches, book, after, stored);
  const certain = withCertificates(book, steps);
  const timed = (id: string): Timed => ({
    steps: steps.get(id) ?? none,
    passing: passings.get(id),
    undone: undone.get(id),
  });
  for (const [id, row] of rows) {
    const written = { id, row, time: transaction.time, before: draft.get(itemView, id) };
    const touch = touched.get(id) ?? { position: transaction.position, parties: [], reporters: [] };
    foldItem(draft, counts, written, touch, timing(written, timed(id), certain));
  }
  for (const id of new Set([...steps.keys(), ...passings.keys(), ...undone.keys()]))
    if (!rows.has(id)) foldSteps(draft, id, timed(id), certain);
}

/** Puts the clocks of an item whose row was not written: the steps are those of another item, or its container changed hands. */
function foldSteps(draft: ViewDraft, id: string, timed: Timed, book: ClockBook): void {
  const before = draft.get(itemView, id);
  if (before === undefined) return;
  const clocks = turnClocks(book, { id, row: before.row, open: before.clocks, ...timed });
  if (clocks !== before.clocks) draft.put(itemView, { ...before, clocks });
}

/** What happened to an item, as far as its clocks care. */
type Timed = Pick<ItemTurn, 'steps' | 'passing' | 'undone'>;
type Timing = Pick<Item, 'clocks' | 'certified'>;
const none: Timed['steps'] = [];

/** What of its clocks an item keeps. */
function timing({ id, row, before }: WrittenItem, timed: Timed, book: ClockBook): Timing {
  const clocks = turnClocks(book, { id, row, open: before?.clocks, ...timed });
  const certified = before?.certified ?? certifiedBy(timed.steps);
  return { clocks, certified };
}

function foldItem(
  draft: ViewDraft,
  counts: Counts,
  { id, row, time, before }: WrittenItem,
  touch: Touch,
  { clocks, certified }: Timing,
): void {
  const position = before?.position ?? touch.position;
  const { kind, state, custodian, owner, handover } = row;
  const known = before?.parties ?? [];
  const parties = withHeirs(known, [...touch.parties, custodian, owner, handover?.to]);
  for (const party of parties.slice(known.length)) {
    draft.put(itemPartyView, { id: `${party}/${id}`, party, item: id, position });
  }
  const reporters = reportersOf(before?.reporters, touch.reporters, parties);
  const transit = transitOf(row, before, time);
  const { last, blocked } = before ?? {};
  const facts = { last, blocked, ...transit, row, clocks, certified };
  const after = { id, kind, state, custodian, position, parties, reporters, ...facts };
  const [was, is] = [before?.row.logistics?.container, row.logistics?.container];
  if (was !== is) foldContainer(draft, id, { was, is }, touch.position);
  if (before?.kind !== kind || before.state !== state || before.custodian !== custodian || was !== is) {
    if (before !== undefined) count(counts, before, -1);
    count(counts, after, 1);
  }
  draft.put(itemView, after);
}

/** Where a thing is on its way to, and since when; nothing for what is not. */
function transitOf(row: ItemRow, before: Item | undefined, time: number): Transit {
  const receiver = row.handover?.to ?? row.logistics?.exception?.by;
  // In a container it is where that is.
  if (receiver === undefined || row.logistics?.container !== undefined) return {};
  const goesOn = before?.receiver === receiver && before.custodian === row.custodian;
  return { inTransit: true, receiver, since: (goesOn ? before.since : undefined) ?? time };
}

type Transit = Pick<Item, 'inTransit' | 'receiver' | 'since'>;

/** A thing came out of one container, or went into one. */
function foldContainer(
  draft: ViewDraft,
  item: string,
  { was, is }: { readonly was: string | undefined; readonly is: string | undefined },
  position: string,
): void {
  const left = was === undefined ? undefined : draft.get(itemLinkView, linkId(item, 'packedInto', was));
  if (left !== undefined) draft.put(itemLinkView, { ...left, until: position, current: false });
  if (is !== undefined) putLink(draft, { child: item, relation: 'packedInto', parent: is, since: position });
}

/** The known parties and behind them the new ones, each once; the very same list when there are none. */
function withHeirs(known: string[], heirs: readonly (string | undefined)[]): string[] {
  let parties = known;
  for (const party of heirs) {
    if (party === undefined || parties.includes(party)) continue;
    if (parties === known) parties = [...known];
    parties.push(party);
  }
  return parties;
}

/** Who reported on an item and is no party of it; nothing where nobody did, as of nearly all. */
function reportersOf(
  known: string[] | undefined,
  reporters: readonly string[],
  parties: readonly string[],
): string[] | undefined {
  const others = reporters.filter((each) => !parties.includes(each));
  return others.length === 0 ? known : withHeirs(known ?? [], others);
}

/** What is fitted or packed is held with what it is in, and what is gone is held by nobody. */
function count(counts: Counts, item: Item, by: number): void {
  const { kind, state, custodian } = item;
  counts.add('items', [kind, state], by);
  const isWithin = state === 'fitted' || item.row.logistics?.container !== undefined;
  if (!isWithin && !isGone(item)) counts.add('held', [custodian, kind], by);
}

/** Events of a manifest after which others see its lots. */
const MOVING: readonly LedgerEvent['type'][] = ['openManifest', 'carryManifest', 'acceptManifest'];

/** What a transaction's accepted events say of an item: the first of them, and whom its last row need not name any more. */
interface Touch {
  readonly position: string;
  readonly parties: string[];
  readonly reporters: string[];
}

function touches(
  transaction: ProjectedTransaction,
  signerOf: (keyId: string) => string,
): ReadonlyMap<string, Touch> {
  const found = new Map<string, Touch>();
  const touch = (id: string, position: string): Touch => {
    const known = found.get(id);
    if (known !== undefined) return known;
    const first = { position, parties: [], reporters: [] };
    found.set(id, first);
    return first;
  };
  for (const { batch, events } of transaction.batches) {
    const signer = signerOf(batch.header.keyId);
    for (const { event, verdict, position } of events) {
      const item = itemOf(event);
      if (verdict !== 'accepted' || item === undefined) continue;
      if (isReport(event.type)) {
        touch(item, position).reporters.push(...reportersBy(event, signer));
        continue;
      }
      touch(item, position).parties.push(...partiesOf(event, signer));
      const movers = MOVING.includes(event.type) ? partiesOf(event, signer) : [];
      for (const id of mentionsOf(event)) touch(id, position).parties.push(...movers);
    }
  }
  return found;
}

/**
 * Who becomes a party by an accepted event. An acceptance makes nobody one by itself: it may come before any handover, and
 * whoever sends it would see a stranger's item. With the handover the row, or the handover, names its sender. Nor does a correction:
 * who only reported on an item may correct that report, and others who sign one are parties by what is corrected, or hold the item.
 */
function partiesOf(event: LedgerEvent, signer: string): readonly string[] {
  if (event.type === 'handover') return [signer, event.data.to];
  if (event.type === 'openManifest') return [signer, event.data.carrier, event.data.handler];
  return MAKES_NO_PARTY.includes(event.type) ? [] : [signer];
}

const MAKES_NO_PARTY: readonly LedgerEvent['type'][] = ['accept', 'refuse', 'correct', 'agreeCorrection'];
