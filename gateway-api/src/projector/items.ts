import { GONE, itemOf, mentionsOf, type ItemRow, type LedgerEvent } from '@huilian/core';
import { itemPartyView, itemView } from '../views/items.js';
import type { DocumentOf } from '../views/declare.js';
import type { Counts } from './counts.js';
import type { ViewDraft } from './draft.js';
import type { ProjectedTransaction } from './transaction.js';

type Item = DocumentOf<typeof itemView>;

/** Puts the items that a transaction wrote, their parties and their counts. */
export function foldItems(
  draft: ViewDraft,
  counts: Counts,
  transaction: ProjectedTransaction,
  signerOf: (keyId: string) => string,
): void {
  const touched = touches(transaction, signerOf);
  for (const { prefix, id, row } of transaction.rows) {
    if (prefix !== 'item') continue;
    const touch = touched.get(id) ?? { position: transaction.position, parties: [] };
    foldItem(draft, counts, id, row as ItemRow, touch);
  }
}

function foldItem(draft: ViewDraft, counts: Counts, id: string, row: ItemRow, touch: Touch): void {
  const before = draft.get(itemView, id);
  const known = before?.parties ?? [];
  const heirs = [
    ...touch.parties,
    row.custodian,
    row.owner,
    ...(row.handover === undefined ? [] : [row.handover.to]),
  ];
  const parties = [...new Set([...known, ...heirs])];
  const position = before?.position ?? touch.position;
  for (const party of parties.slice(known.length)) {
    draft.put(itemPartyView, { id: `${party}/${id}`, party, item: id, position });
  }
  const { kind, state, custodian } = row;
  const after = { id, kind, state, custodian, position, parties, row };
  if (before !== undefined) count(counts, before, -1);
  count(counts, after, 1);
  draft.put(itemView, after);
}

/** What is fitted is held with what it is fitted into, and what is gone is held by nobody. */
function count(counts: Counts, { kind, state, custodian }: Item, by: number): void {
  counts.add('items', [kind, state], by);
  if (state !== 'fitted' && !GONE.includes(state)) counts.add('held', [custodian, kind], by);
}

/** What a transaction's accepted events say of an item: the first of them, and whom its last row need not name any more. */
interface Touch {
  readonly position: string;
  readonly parties: string[];
}

function touches(
  transaction: ProjectedTransaction,
  signerOf: (keyId: string) => string,
): ReadonlyMap<string, Touch> {
  const found = new Map<string, Touch>();
  for (const { batch, events } of transaction.batches) {
    for (const { event, verdict, position } of events) {
      if (verdict !== 'accepted') continue;
      const item = itemOf(event);
      for (const id of item === undefined ? [] : [item, ...mentionsOf(event)]) {
        if (!found.has(id)) found.set(id, { position, parties: [] });
      }
      if (item !== undefined)
        found.get(item)?.parties.push(...partiesOf(event, signerOf(batch.header.keyId)));
    }
  }
  return found;
}

/**
 * Who becomes a party by an accepted event. An acceptance makes nobody one by itself: it may come before any handover, and
 * whoever sends it would see a stranger's item. With the handover the row, or the handover, names its sender.
 */
function partiesOf(event: LedgerEvent, signer: string): readonly string[] {
  if (event.type === 'handover') return [signer, event.data.to];
  return event.type === 'accept' || event.type === 'refuse' ? [] : [signer];
}
