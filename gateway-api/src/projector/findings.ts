import {
  decided,
  detect,
  eventsToSee,
  intakesToSee,
  itemSeen,
  placesToSee,
  rivalsToSee,
  rowsToSee,
  stocksToSee,
  type ItemRow,
  type RowKey,
  type SeenEvent,
  type Surroundings,
} from '@huilian/core';
import type { View } from '../views/declare.js';
import { participantView } from '../views/directory.js';
import { findingItemView, findingView, intakeView, placeView, stockView } from '../views/findings.js';
import { itemView, tagView } from '../views/items.js';
import type { ViewDraft } from './draft.js';
import { eventAmong, loadNamedEvents, namedEvent } from './named-events.js';
import { tablesIn } from './tables.js';
import type { ProjectedTransaction } from './transaction.js';

/** Views of the rows that detectors look at, by the first word of their keys. */
const views: Readonly<Record<string, View>> = { item: itemView, tag: tagView, participant: participantView };

/** Puts what the events of a transaction give to look at. To be called before its rows are put. */
export async function foldFindings(
  draft: ViewDraft,
  transaction: ProjectedTransaction,
  signerOf: (keyId: string) => string,
): Promise<void> {
  const seen = seenIn(transaction, signerOf);
  const events = seen.flat();
  const around = surroundings(draft, transaction);
  await load(draft, events, around);
  const { findings, places, intakes, stocks, decisions } = detect(seen, around);
  for (const [id, place] of places) draft.put(placeView, { id, ...place });
  for (const [id, intake] of intakes) draft.put(intakeView, { id, ...intake });
  for (const [id, stock] of stocks) draft.put(stockView, { id, party: id.split('/', 1)[0] ?? id, ...stock });
  for (const finding of findings) {
    draft.put(findingView, finding);
    const { id, position } = finding;
    for (const item of finding.items)
      draft.put(findingItemView, { id: `${item}/${id}`, item, finding: id, position });
  }
  if (decisions.length === 0) return;
  await draft.load(
    findingView,
    decisions.map(({ finding }) => finding),
  );
  for (const { finding, decision } of decisions) {
    const known = draft.get(findingView, finding);
    if (known !== undefined) draft.put(findingView, decided(known, decision));
  }
}

function seenIn(
  { batches, rows }: ProjectedTransaction,
  signerOf: (keyId: string) => string,
): readonly (readonly SeenEvent[])[] {
  const keys = new Map(rows.flatMap(({ prefix, id, row }) => (prefix === 'key' ? [[id, row]] : [])));
  return batches.map(({ batch, row: { time }, events }) => {
    const { keyId, sequence } = batch.header;
    const signer = (keys.get(keyId) as { owner: string } | undefined)?.owner ?? signerOf(keyId);
    return events.map(({ position, event, verdict, notice, index }) => {
      const id = `${keyId}.${sequence}.${index}`;
      return { id, position, event, verdict, notice, signer, time };
    });
  });
}

function surroundings(draft: ViewDraft, { rows, batches }: ProjectedTransaction): Surroundings {
  let written: ReadonlyMap<string, unknown> | undefined;
  return {
    before<R>(key: RowKey<R>) {
      const slash = key.indexOf('/');
      const view = views[key.slice(0, slash)];
      return (view && draft.get(view, key.slice(slash + 1))?.['row']) as R | undefined;
    },
    written<R>(key: RowKey<R>) {
      written ??= new Map(rows.map(({ prefix, id, row }) => [`${prefix}/${id}`, row]));
      return written.get(key) as R | undefined;
    },
    *writtenItems() {
      for (const { prefix, id, row } of rows) if (prefix === 'item') yield [id, row as ItemRow] as const;
    },
    lastPlace: (item) => draft.get(placeView, item),
    recorded: (event) => eventAmong(batches, event) ?? namedEvent(draft, event),
    intake: (key) => draft.get(intakeView, key),
    stock: (key) => draft.get(stockView, key),
    tables: tablesIn(draft),
  };
}

/** Reads what detectors look at beside the items that events name: nothing, for most events. */
async function load(draft: ViewDraft, events: readonly SeenEvent[], around: Surroundings): Promise<void> {
  const wanted = events.map((seen) => {
    // As detectors see it: what the transaction brought is seen as it left it.
    const item = 'item' in seen.event ? itemSeen(around, seen.event.item) : undefined;
    return { seen, item, keys: rowsToSee(seen, item) };
  });
  const keys = wanted.flatMap((each) => each.keys);
  for (const [prefix, view] of Object.entries(views)) {
    const start = `${prefix}/`;
    const ids = keys.flatMap((key) => (key.startsWith(start) ? [key.slice(start.length)] : []));
    await draft.load(view, ids);
  }
  await draft.load(
    itemView,
    wanted.flatMap(({ seen, item, keys: named }) =>
      named.length > 0 ? rivalsToSee(seen, item, around) : [],
    ),
  );
  await draft.load(placeView, events.flatMap(placesToSee));
  await loadNamedEvents(draft, events.flatMap(eventsToSee));
  await draft.load(
    intakeView,
    events.flatMap((seen) => intakesToSee(seen, around)),
  );
  const { keys: stocks, holders } = stocksToSee(around);
  await draft.load(participantView, holders);
  await draft.load(stockView, stocks);
}
