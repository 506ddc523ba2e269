import { retractClocks, retractionsIn, startMissing, type ClockBook, type Retraction } from '@huilian/core';
import { clockView } from '../views/clocks.js';
import { participantView } from '../views/directory.js';
import { itemView } from '../views/items.js';
import type { ViewDraft } from './draft.js';
import type { ProjectedTransaction } from './transaction.js';

/**
 * What no step of an item itself does to its clocks: a container arrived without it, or a step that started or stopped them was taken
 * back. To be called once the transaction's items are put.
 */
export async function foldClocksAfter(
  draft: ViewDraft,
  { rows, batches }: ProjectedTransaction,
  book: ClockBook,
): Promise<void> {
  for (const { prefix, id } of rows) {
    const item = prefix === 'item' ? draft.get(itemView, id) : undefined;
    if (item === undefined) continue;
    const clocks = startMissing(book, batches, { id, row: item.row, open: item.clocks });
    if (clocks !== item.clocks) draft.put(itemView, { ...item, clocks });
  }
  for (const retraction of retractionsIn(batches, (id) => draft.get(itemView, id)?.row)) {
    await draft.load(itemView, retraction.items);
    for (const id of retraction.items) await retract(draft, id, retraction, book);
  }
}

async function retract(draft: ViewDraft, id: string, retraction: Retraction, book: ClockBook): Promise<void> {
  const item = draft.get(itemView, id);
  if (item === undefined) return;
  const clocks = await draft.all(clockView, 'byItem', { item: id });
  await draft.load(participantView, new Set(clocks.map(({ party }) => party)));
  const open = retractClocks(book, { row: item.row, open: item.clocks }, clocks, retraction);
  draft.put(itemView, { ...item, clocks: open });
}
