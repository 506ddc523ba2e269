import {
  verdictsOf,
  type Finding,
  type KeyRow,
  type LossRow,
  type ParticipantRow,
  type RowKey,
  type RuleRow,
  type SaleRow,
  type SignedBatch,
  type TablesOnRecord,
} from '@huilian/core';
import type {
  BatchRecord,
  ClockFilter,
  ClockRecord,
  EventRecord,
  FindingFilter,
  HeldBatch,
  HeldDocument,
  HeldRow,
  ItemFilter,
  ItemRecord,
  LinkRecord,
  Named,
  PageOf,
  PageQuery,
  ReadModel,
  RefusalFilter,
  RefusalRecord,
  StockRecord,
  TransitFilter,
  TransitRecord,
  VisibleEvent,
  WorkFilter,
  WorkItem,
} from './ports.js';
import type { Page, Query, Store } from './store/store.js';
import { clockView, tablesView } from './views/clocks.js';
import type { DocumentOf } from './views/declare.js';
import { participantView, ruleTableView } from './views/directory.js';
import { lossView } from './views/insurance.js';
import { findingView } from './views/findings.js';
import { itemEventView, itemLinkView, itemView } from './views/items.js';
import { batchView, keyView } from './views/lanes.js';
import { positionIn, positionOf, readPosition } from './views/position.js';
import { idIn, rowViewOf } from './views/rows.js';
import { clocksAfter, findingsAfter, linksAfter, recordedAfter, rowsAfter } from './inspection.js';
import { correctionsOf, eventOf, marked, refusalsOf, workItemOf, workItemsOf } from './read-work.js';
import { eventRecord, parseEvent } from './event-record.js';
import { named, pageOf, records } from './records.js';
import { cursorOf } from './store/documents.js';
import { findClocks } from './projector/find-clocks.js';
import { findFindings } from './projector/find-findings.js';
import { findItems } from './projector/find-items.js';
import { findSales, findStocks } from './projector/find-lists.js';
import { linkId } from './projector/links.js';
import { storedEvents } from './projector/replay.js';
import { CURRENT } from './projector/tables.js';
import { wholeEvents } from './projector/whole-events.js';

type Item = DocumentOf<typeof itemView>;

/** What the routes ask, answered from the views of a store. */
export class Views implements Omit<ReadModel, 'waitFor' | 'events'> {
  readonly #open: () => Store;

  /** @param open answers the store; throws HL-5022 while there is none */
  constructor(open: () => Store) {
    this.#open = open;
  }

  get #store(): Store {
    return this.#open();
  }

  async height(): Promise<number> {
    return (await this.#store.checkpoint())?.number ?? -1;
  }

  async digest(): Promise<string> {
    return this.#store.digest();
  }

  async heldRows({ limit, cursor }: PageQuery): Promise<PageOf<HeldRow>> {
    return rowsAfter(this.#store, cursor ?? '', limit);
  }

  async heldBatches({ limit, cursor }: PageQuery): Promise<PageOf<HeldBatch>> {
    return recordedAfter(this.#store, cursor ?? '', limit);
  }

  async heldLinks({ limit, cursor }: PageQuery): Promise<PageOf<HeldDocument>> {
    return linksAfter(this.#store, cursor ?? '', limit);
  }

  async heldFindings({ limit, cursor }: PageQuery): Promise<PageOf<HeldDocument>> {
    return findingsAfter(this.#store, cursor ?? '', limit);
  }

  async heldClocks({ limit, cursor }: PageQuery): Promise<PageOf<HeldDocument>> {
    return clocksAfter(this.#store, cursor ?? '', limit);
  }

  async clocksOf(item: string, page: PageQuery): Promise<PageOf<ClockRecord>> {
    const found = await this.#store.find(clockView, 'byItem', { where: { item }, ...pageOf(page) });
    const documents = found.documents.filter(({ status }) => status !== 'void');
    return records({ ...found, documents }, (clock) => clock);
  }

  async clocks(filter: ClockFilter, page: PageQuery): Promise<PageOf<ClockRecord>> {
    return records(await findClocks(this.#store, filter, pageOf(page)), (clock) => clock);
  }

  async findings(filter: FindingFilter, page: PageQuery): Promise<PageOf<Finding>> {
    return records(await findFindings(this.#store, filter, pageOf(page)), (finding) => finding);
  }

  async finding(id: string): Promise<Finding | undefined> {
    return this.#store.get(findingView, id);
  }

  async tables(): Promise<TablesOnRecord> {
    return (await this.#store.get(tablesView, CURRENT))?.tables ?? {};
  }

  async row<R>(key: RowKey<R>): Promise<R | undefined> {
    return (await this.rows([key]))[0];
  }

  async rows<R>(keys: readonly RowKey<R>[]): Promise<readonly (R | undefined)[]> {
    const view = rowViewOf(keys[0] ?? '');
    const found = view && (await this.#store.getMany(view, keys.map(idIn)));
    return keys.map((key) => found?.get(idIn(key))?.['row'] as R | undefined);
  }

  async item(id: string): Promise<ItemRecord | undefined> {
    const found = await this.#store.get(itemView, id);
    return found === undefined ? undefined : itemRecord(found);
  }

  async items(filter: ItemFilter, page: PageQuery): Promise<PageOf<ItemRecord>> {
    return records(await findItems(this.#store, filter, pageOf(page)), itemRecord);
  }

  async outputs(id: string, page: PageQuery): Promise<PageOf<ItemRecord>> {
    return this.#linked(id, 'dismantledFrom', page);
  }

  async linksFrom(child: string, page: PageQuery): Promise<PageOf<LinkRecord>> {
    const found = await this.#store.find(itemLinkView, 'byChild', { where: { child }, ...pageOf(page) });
    return records(found, linkRecord);
  }

  async linksTo(
    parent: string,
    relation: LinkRecord['relation'],
    page: PageQuery,
  ): Promise<PageOf<LinkRecord>> {
    const where = { parent, relation, current: true };
    return records(await this.#store.find(itemLinkView, 'byParent', { where, ...pageOf(page) }), linkRecord);
  }

  async itemsById(ids: readonly string[]): Promise<ReadonlyMap<string, ItemRecord>> {
    const found = await this.#store.getMany(itemView, ids);
    return new Map([...found].map(([id, item]) => [id, itemRecord(item)]));
  }

  async fitted(id: string, page: PageQuery): Promise<PageOf<ItemRecord>> {
    return this.#linked(id, 'fittedInto', page);
  }

  async packed(id: string, after: string | undefined, limit: number): Promise<readonly ItemRecord[]> {
    const last = after === undefined ? undefined : linkId(after, 'packedInto', id);
    const link = last === undefined ? undefined : await this.#store.get(itemLinkView, last);
    const cursor = link && cursorOf(itemLinkView, itemLinkView.indexes.byParent, link);
    const page = { limit, ...(cursor === undefined ? {} : { cursor }) };
    return (await this.#linked(id, 'packedInto', page)).records;
  }

  async inTransit({ giver, receiver }: TransitFilter, page: PageQuery): Promise<PageOf<TransitRecord>> {
    return records(await this.#transit({ giver, receiver }, pageOf(page)), (item) => ({
      ...itemRecord(item),
      since: item.since ?? 0,
    }));
  }

  #transit(
    { giver: custodian, receiver }: TransitFilter,
    ask: Omit<Query<never>, 'where'>,
  ): Promise<Page<Item>> {
    const store = this.#store;
    const inTransit = true;
    if (custodian !== undefined)
      return store.find(itemView, 'inTransitFrom', { where: { inTransit, custodian }, ...ask });
    if (receiver !== undefined)
      return store.find(itemView, 'inTransitTo', { where: { inTransit, receiver }, ...ask });
    return store.find(itemView, 'inTransit', { where: { inTransit }, ...ask });
  }

  async history(id: string, page: PageQuery): Promise<PageOf<EventRecord>> {
    const found = await this.#store.find(itemEventView, 'byItem', { where: { item: id }, ...pageOf(page) });
    const mentioned = found.documents.filter((event) => event.mention).map(({ id }) => positionIn(id));
    const originals = await this.#store.getMany(itemEventView, mentioned);
    const events = found.documents.map((event) => originals.get(positionIn(event.id)) ?? event);
    const whole = await wholeEvents(this.#store, events);
    const told = records({ ...found, documents: whole }, eventRecord);
    return { ...told, records: await marked(this.#store, told.records) };
  }

  async event(id: string): Promise<EventRecord | undefined> {
    return eventOf(this.#store, id);
  }

  async corrections(ids: readonly string[]): ReturnType<ReadModel['corrections']> {
    return correctionsOf(this.#store, ids);
  }

  async workItems(filter: WorkFilter, page: PageQuery): Promise<PageOf<WorkItem>> {
    return workItemsOf(this.#store, filter, page);
  }

  async workItem(id: string): Promise<WorkItem | undefined> {
    return workItemOf(this.#store, id);
  }

  async refusals(filter: RefusalFilter, page: PageQuery): Promise<PageOf<RefusalRecord>> {
    return refusalsOf(this.#store, filter, page);
  }

  async eventsAfter(position: string): Promise<readonly VisibleEvent[]> {
    const place = readPosition(position);
    if (place === undefined) throw new RangeError(`${position} is no position.`);
    const found = await storedEvents(this.#store, positionOf(place));
    return found.map(({ document, parties }) => ({ record: eventRecord(document), parties }));
  }

  async batch(keyId: string, sequence: number): Promise<BatchRecord | undefined> {
    const found = await this.#store.get(batchView, `${keyId}/${String(sequence).padStart(10, '0')}`);
    const place = found === undefined ? undefined : readPosition(found.position);
    if (found === undefined || place === undefined) return undefined;
    const positions = verdictsOf(found.row).map((_, i) => positionOf({ ...place, index: place.index + i }));
    const stored = await this.#store.getMany(itemEventView, positions);
    const events = positions.map((position) => parseEvent(stored.get(position)));
    const batch: SignedBatch = { header: found.header, signature: found.signature, seed: found.seed, events };
    return { row: found.row, batch, block: place.block };
  }

  async participants(page: PageQuery): Promise<PageOf<Named<ParticipantRow>>> {
    return records(await this.#store.find(participantView, 'all', { where: {}, ...pageOf(page) }), named);
  }

  async keysOf(owner: string, page: PageQuery): Promise<PageOf<Named<KeyRow>>> {
    return records(await this.#store.find(keyView, 'byOwner', { where: { owner }, ...pageOf(page) }), named);
  }

  async rules(name: string | undefined, page: PageQuery): Promise<PageOf<Named<RuleRow>>> {
    const isVersion = true;
    const found =
      name === undefined
        ? await this.#store.find(ruleTableView, 'versions', { where: { isVersion }, ...pageOf(page) })
        : await this.#store.find(ruleTableView, 'byName', { where: { name, isVersion }, ...pageOf(page) });
    return records(found, named);
  }

  async losses(vehicle: string, page: PageQuery): Promise<PageOf<Named<LossRow>>> {
    const found = await this.#store.find(lossView, 'byVehicle', { where: { vehicle }, ...pageOf(page) });
    return records(found, named);
  }

  async sales(seller: string | undefined, page: PageQuery): Promise<PageOf<Named<SaleRow>>> {
    return records(await findSales(this.#store, seller, pageOf(page)), named);
  }

  async stocks(party: string | undefined, page: PageQuery): Promise<PageOf<StockRecord>> {
    return records(await findStocks(this.#store, party, pageOf(page)), ({ id: _key, ...stock }) => stock);
  }

  async #linked(
    parent: string,
    relation: 'dismantledFrom' | 'fittedInto' | 'packedInto',
    page: PageQuery,
  ): Promise<PageOf<ItemRecord>> {
    const where = { parent, relation, current: true };
    const links = await this.#store.find(itemLinkView, 'byParent', { where, ...pageOf(page) });
    const children = links.documents.map((link) => link.child);
    const found = await this.#store.getMany(itemView, children);
    const documents = children.flatMap((child) => found.get(child) ?? []);
    return records({ ...links, documents }, itemRecord);
  }
}

function itemRecord({ id, row, parties, reporters }: Item): ItemRecord {
  return { id, row, parties, ...(reporters === undefined ? {} : { reporters }) };
}

function linkRecord({ child, parent, relation, since, current }: LinkRecord): LinkRecord {
  return { child, parent, relation, since, current };
}
