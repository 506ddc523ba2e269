import { rowKey, type ItemEvent, type LedgerEvent } from '@huilian/core';
import type { EventRecord, ItemRecord, ReadModel } from '../ports.js';
import { positionOf, readPosition } from '../views/position.js';

/** What happened to an item and to what came out of it or was in it, in the order of the ledger. */
export interface Timeline {
  /** The item whose timeline it is. */
  readonly start: string;
  readonly records: readonly EventRecord[];
  readonly items: ReadonlyMap<string, ItemRecord>;
  /** Who held, owned or touched the item or what came out of it (credit codes). */
  readonly parties: readonly string[];
  /** False when there is more than was looked at. */
  readonly complete: boolean;
}

/** An item as far as it belongs to the story: what was fitted belongs to it only from the fitting to the removal. */
interface Stretch {
  readonly item: string;
  readonly from?: string;
  readonly to?: string;
  /** False for what was only fitted: who held it elsewhere has no part in this story. */
  readonly isOwn: boolean;
}

const MOST_ITEMS = 120;
const MOST_EVENTS = 4_000;
const PAGE = 200;

/** Collects the timeline of an item. Materials that came out show in the step that made them, and have none of their own here. */
export async function collectTimeline(readModel: ReadModel, start: ItemRecord): Promise<Timeline> {
  const records = new Map<string, EventRecord>();
  const items = new Map<string, ItemRecord>();
  const parties = new Set<string>();
  const stretches: Stretch[] = [{ item: start.id, isOwn: true }];
  const seen = new Set<string>();
  let complete = true;
  for (let stretch = stretches.shift(); stretch; stretch = stretches.shift()) {
    const { item, from, to, isOwn } = stretch;
    const name = `${item} ${from ?? ''}`;
    if (seen.has(name)) continue;
    if (seen.size >= MOST_ITEMS || records.size >= MOST_EVENTS) return done(false);
    seen.add(name);
    const found = item === start.id ? start : await readModel.item(item);
    if (found === undefined) continue;
    items.set(item, found);
    if (isOwn) for (const party of found.parties) parties.add(party);
    const history = await historyOf(readModel, item);
    complete &&= history.complete;
    for (const record of history.records) {
      const place = comparable(record);
      if ((from !== undefined && place < from) || (to !== undefined && place > to)) continue;
      records.set(record.id, record);
      if (record.verdict === 'accepted') stretches.push(...stretchesOf(record, item, history.records));
    }
  }
  return done(complete);

  function done(isComplete: boolean): Timeline {
    const sorted = [...records.values()].sort((one, other) => (comparable(one) < comparable(other) ? -1 : 1));
    return { start: start.id, records: sorted, items, parties: [...parties], complete: isComplete };
  }
}

/** What goes on with another item: what came out, what was made of it, what was fitted into it. */
function stretchesOf(record: EventRecord, item: string, history: readonly EventRecord[]): Stretch[] {
  const { event } = record;
  if (!isOfItem(event)) return [];
  if (event.item === item) return madeBy(event).map((made) => ({ item: made, isOwn: true }));
  if (event.type !== 'fit' || event.data.into !== item) return [];
  const from = comparable(record);
  const removal = history.find(
    ({ event: later, ...place }) =>
      later.type === 'remove' && later.item === event.item && comparable(place) > from,
  );
  return [{ item: event.item, from, ...(removal ? { to: comparable(removal) } : {}), isOwn: false }];
}

function isOfItem(event: LedgerEvent): event is ItemEvent {
  return 'item' in event;
}

/** Parts and batteries that come out of an item, and what is made of a core. */
function madeBy(event: ItemEvent): string[] {
  if (event.type === 'remanufacture' || event.type === 'repurpose') return [event.data.product.item];
  if (event.type !== 'depollute' && event.type !== 'dismantle' && event.type !== 'shred') return [];
  return event.data.outputs.filter(({ kind }) => kind !== 'lot').map((output) => output.item);
}

async function historyOf(
  readModel: ReadModel,
  item: string,
): Promise<{ records: readonly EventRecord[]; complete: boolean }> {
  const records: EventRecord[] = [];
  let cursor: string | undefined;
  do {
    const page = await readModel.history(item, { limit: PAGE, cursor });
    records.push(...page.records);
    cursor = page.next;
  } while (cursor !== undefined && records.length < MOST_EVENTS);
  return { records, complete: cursor === undefined };
}

/** The position as a text that sorts. */
function comparable({ position }: Pick<EventRecord, 'position'>): string {
  const place = readPosition(position);
  return place === undefined ? position : positionOf(place);
}

/** The vehicle that a VIN names, and others that claim it. */
export async function vehicleOf(
  readModel: ReadModel,
  vin: string,
): Promise<{ readonly item: string; readonly contenders: readonly string[] } | undefined> {
  const row = await readModel.row(rowKey.tag({ scheme: 'vin', value: vin }));
  return row && { item: row.item, contenders: row.contenders ?? [] };
}
