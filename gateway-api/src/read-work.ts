import { parseEventId } from '@huilian/core';
import { eventRecord } from './event-record.js';
import type {
  CorrectionMark,
  EventRecord,
  PageOf,
  PageQuery,
  RefusalFilter,
  RefusalRecord,
  WorkFilter,
  WorkItem,
} from './ports.js';
import { wholeEvents } from './projector/whole-events.js';
import type { Page, Store } from './store/store.js';
import type { DocumentOf } from './views/declare.js';
import { itemEventView } from './views/items.js';
import { batchView } from './views/lanes.js';
import { positionOf, readPosition, showPosition } from './views/position.js';
import { correctionView, refusalView, workItemView } from './views/work.js';

// What is to be mended, and what was: answered from the views of a store.

type Correction = DocumentOf<typeof correctionView>;
type Work = DocumentOf<typeof workItemView>;

/** One event by its id. */
export async function eventOf(store: Store, id: string): Promise<EventRecord | undefined> {
  const place = parseEventId(id);
  if (place === undefined) return undefined;
  const batch = await store.get(batchView, `${place.keyId}/${String(place.sequence).padStart(10, '0')}`);
  const first = batch && readPosition(batch.position);
  if (batch === undefined || first === undefined || place.index >= batch.row.count) return undefined;
  const position = positionOf({ ...first, index: first.index + place.index });
  const event = await store.get(itemEventView, position);
  if (event === undefined) return undefined;
  const [record] = await marked(store, (await wholeEvents(store, [event])).map(eventRecord));
  return record;
}

/** Which of these events were declared wrong. */
export async function correctionsOf(
  store: Store,
  ids: readonly string[],
): Promise<ReadonlyMap<string, CorrectionMark & { readonly item: string }>> {
  const found = await store.getMany(correctionView, ids);
  return new Map(
    [...found].map(([id, correction]) => [id, { ...markOf(correction), item: correction.item }]),
  );
}

function markOf({ declaredBy, signers, reason, effect, misnamed, replacedBy }: Correction): CorrectionMark {
  return {
    declaredBy,
    signers,
    effect,
    ...(reason === undefined ? {} : { reason }),
    ...(misnamed === undefined ? {} : { misnamed }),
    ...(replacedBy === undefined ? {} : { replacedBy }),
  };
}

/** The same events, those that were declared wrong with the mark. Only who names an event of the item itself has said something. */
export async function marked(store: Store, records: readonly EventRecord[]): Promise<EventRecord[]> {
  const found = await correctionsOf(
    store,
    records.map(({ id }) => id),
  );
  return records.map((record) => {
    const { item, ...correction } = found.get(record.id) ?? {};
    const isOfItem = item !== undefined && 'item' in record.event && record.event.item === item;
    return isOfItem ? { ...record, correction: correction as CorrectionMark } : record;
  });
}

/** What is to be mended, oldest first. */
export async function workItemsOf(
  store: Store,
  { party, closed }: WorkFilter,
  { limit, cursor }: PageQuery,
): Promise<PageOf<WorkItem>> {
  const page = { limit, ...(cursor === undefined ? {} : { after: cursor }) };
  const found =
    party === undefined
      ? await store.find(workItemView, 'all', { where: { closed }, ...page })
      : await store.find(workItemView, 'byParty', { where: { party, closed }, ...page });
  return pageWith(found, await workRecords(store, found.documents));
}

/** One piece of work. */
export async function workItemOf(store: Store, id: string): Promise<WorkItem | undefined> {
  const found = await store.get(workItemView, id);
  return found === undefined ? undefined : (await workRecords(store, [found]))[0];
}

async function workRecords(store: Store, works: readonly Work[]): Promise<WorkItem[]> {
  const found = await correctionsOf(
    store,
    works.map(({ root }) => root),
  );
  return works.map((work) => {
    const { item, ...correction } = found.get(work.root) ?? {};
    const shown = { ...work, first: showPosition(work.first) };
    return item === work.item ? { ...shown, correction: correction as CorrectionMark } : shown;
  });
}

function findRefusals(
  store: Store,
  filter: RefusalFilter,
  { limit, cursor }: PageQuery,
): Promise<Page<DocumentOf<typeof refusalView>>> {
  const page = { limit, ...(cursor === undefined ? {} : { after: cursor }) };
  if ('work' in filter) return store.find(refusalView, 'byWork', { where: { work: filter.work }, ...page });
  const { class: name, signer } = filter;
  return signer === undefined
    ? store.find(refusalView, 'byClass', { where: { class: name }, ...page })
    : store.find(refusalView, 'bySignerAndClass', { where: { signer, class: name }, ...page });
}

/** Refusals in the order of the ledger. */
export async function refusalsOf(
  store: Store,
  filter: RefusalFilter,
  page: PageQuery,
): Promise<PageOf<RefusalRecord>> {
  const found = await findRefusals(store, filter, page);
  const events = await store.getMany(
    itemEventView,
    found.documents.map(({ position }) => position),
  );
  const documents = found.documents.flatMap(({ position }) => events.get(position) ?? []);
  const whole = new Map((await wholeEvents(store, documents)).map((event) => [event.id, event]));
  const records = found.documents.flatMap((refusal): RefusalRecord[] => {
    const event = whole.get(refusal.position);
    if (event === undefined) return [];
    const { root, offeredAs, class: name, classedBy } = refusal;
    return [
      {
        ...eventRecord(event),
        root,
        class: name,
        ...(offeredAs === undefined ? {} : { offeredAs }),
        ...(classedBy === undefined ? {} : { classedBy }),
      },
    ];
  });
  return pageWith(found, records);
}

function pageWith<T>({ next }: Page<unknown>, records: readonly T[]): PageOf<T> {
  return { records, ...(next === undefined ? {} : { next }) };
}

/** Whose work it is, as its id tells. */
export function isWorkId(text: string): boolean {
  const [, batch = '', party = ''] = /^(.+)\.([0-9A-Z]{18}|[A-Za-z][A-Za-z0-9]{0,39})$/.exec(text) ?? [];
  return party !== '' && parseEventId(`${batch}.0`) !== undefined;
}
