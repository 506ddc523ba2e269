import { itemOf, mentionsOf, type LedgerEvent } from '@huilian/core';
import { batchEventsView, itemEventView, itemLinkView } from '../views/items.js';
import { batchView, keyView } from '../views/lanes.js';
import type { Counts } from './counts.js';
import type { ViewDraft } from './draft.js';
import { linkId, putLink } from './links.js';
import type { ProjectedBatch, ProjectedEvent, ProjectedTransaction } from './transaction.js';

/** Keys of the links that an event makes or ends. */
export function linksOf(event: LedgerEvent): readonly string[] {
  if (event.type === 'fit') return [linkId(event.item, 'fittedInto', event.data.into)];
  return event.type === 'remove' ? [linkId(event.item, 'fittedInto', event.data.from)] : [];
}

/** Puts a recorded batch and its events. */
export function foldBatch(
  draft: ViewDraft,
  counts: Counts,
  from: ProjectedTransaction,
  recorded: ProjectedBatch,
): void {
  const { header, signature, seed } = recorded.batch;
  const { keyId, sequence } = header;
  const document = {
    id: recorded.id,
    keyId,
    sequence,
    position: recorded.position,
    header,
    signature,
    seed,
    row: recorded.row,
  };
  draft.put(batchView, document);
  const signer = draft.get(keyView, keyId)?.owner ?? '';
  const shared = { keyId, sequence, signer, transaction: from.id, time: recorded.row.time };
  draft.put(batchEventsView, { id: recorded.position, ...shared });
  const tally = new Map<string, { readonly labels: readonly string[]; by: number }>();
  for (const projected of recorded.events) {
    const { event, verdict, position } = projected;
    const label = `${event.type}/${verdict}`;
    const counted = tally.get(label);
    if (counted === undefined) tally.set(label, { labels: [event.type, verdict], by: 1 });
    else counted.by += 1;
    putEvent(draft, projected);
    if (verdict === 'accepted') foldLinks(draft, event, position);
  }
  for (const { labels, by } of tally.values()) counts.add('events', labels, by);
}

function putEvent(draft: ViewDraft, projected: ProjectedEvent): void {
  const { event, position, bytes, verdict, notice, index } = projected;
  const item = itemOf(event);
  const { type } = event;
  draft.put(itemEventView, { id: position, item, bytes, type, verdict, notice, index });
  for (const mentioned of new Set(mentionsOf(event))) {
    if (mentioned !== item)
      draft.put(itemEventView, {
        id: `${position}/${mentioned}`,
        item: mentioned,
        mention: true,
        type,
        verdict,
        notice,
        index,
      });
  }
}

function foldLinks(draft: ViewDraft, event: LedgerEvent, position: string): void {
  for (const output of outputsOf(event))
    putLink(draft, {
      child: output,
      relation: 'dismantledFrom',
      parent: itemOf(event) ?? '',
      since: position,
    });
  if (event.type === 'remanufacture')
    putLink(draft, {
      child: event.data.product.item,
      relation: 'remanufacturedFrom',
      parent: event.item,
      since: position,
    });
  if (event.type === 'merge' || event.type === 'transform')
    for (const other of event.data.others ?? [])
      putLink(draft, { child: other, relation: 'joinedTo', parent: event.item, since: position });
  if (event.type === 'fit')
    putLink(draft, {
      child: event.item,
      relation: 'fittedInto',
      parent: event.data.into,
      since: position,
    });
  if (event.type === 'remove') {
    const link = draft.get(itemLinkView, linkId(event.item, 'fittedInto', event.data.from));
    if (link !== undefined) draft.put(itemLinkView, { ...link, until: position, current: false });
  }
}

/** The ids of what came out of an item. */
function outputsOf(event: LedgerEvent): string[] {
  switch (event.type) {
    case 'depollute':
    case 'dismantle':
    case 'shred':
    case 'recycle':
    case 'sort':
    case 'split':
    case 'transform':
      return event.data.outputs.map(({ item }) => item);
    case 'merge':
    case 'sample':
      return [event.data.output.item];
    case 'repurpose':
      return [event.data.product.item];
    default:
      return [];
  }
}
