import { startMissing, type ClockBook } from '@huilian/core';
import { itemView } from '../views/items.js';
import type { ViewDraft } from './draft.js';
import type { ProjectedTransaction } from './transaction.js';

/** Starts the clocks of what a container arrived without. To be called once the transaction's items are put. */
export function foldMissing(
  draft: ViewDraft,
  { rows, batches }: ProjectedTransaction,
  book: ClockBook,
): void {
  for (const { prefix, id } of rows) {
    const item = prefix === 'item' ? draft.get(itemView, id) : undefined;
    if (item === undefined) continue;
    const clocks = startMissing(book, batches, { id, row: item.row, open: item.clocks });
    if (clocks !== item.clocks) draft.put(itemView, { ...item, clocks });
  }
}
