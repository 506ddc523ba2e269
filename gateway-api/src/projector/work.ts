import { eventIdOf, itemOf, MAX_NESTING, mentionsOf, type ItemEvent } from '@huilian/core';
import type { DocumentOf } from '../views/declare.js';
import { batchEventsView, itemEventView, itemView } from '../views/items.js';
import { keyView } from '../views/lanes.js';
import { firstPositionOf } from '../views/position.js';
import { refusalView, workItemView } from '../views/work.js';
import { foldCorrection, foldReplacement, type Told } from './corrections.js';
import type { ViewDraft } from './draft.js';
import type { ProjectedBatch, ProjectedEvent, ProjectedTransaction } from './transaction.js';

type Item = DocumentOf<typeof itemView>;
type Refusal = DocumentOf<typeof refusalView>;

/**
 * Puts what is to be mended: refused events, grouped by what is at the bottom of them, what was offered again, and what was
 * declared wrong. Documents of items must be as the transaction leaves them. Reads further documents only for such events.
 */
export async function foldWork(draft: ViewDraft, transaction: ProjectedTransaction): Promise<void> {
  for (const batch of transaction.batches) {
    const { keyId } = batch.batch.header;
    const signer = draft.get(keyView, keyId)?.owner ?? '';
    for (const projected of batch.events) {
      const told = toldOf(projected, batch, signer);
      if (told === undefined) continue;
      if (projected.verdict !== 'accepted') await foldRefusal(draft, told, projected.verdict);
      else if (told.event.type === 'classifyRefusal') await classify(draft, told, told.event);
      else {
        touch(draft, told);
        if (isMending(told.event)) await foldMending(draft, told);
      }
    }
  }
}

function toldOf(
  { event, index, position }: ProjectedEvent,
  { batch }: ProjectedBatch,
  signer: string,
): Told | undefined {
  const { keyId, sequence } = batch.header;
  if (itemOf(event) === undefined) return undefined;
  return { id: eventIdOf({ keyId, sequence, index }), event: event as ItemEvent, position, signer };
}

/** Notes the last accepted event of the items that it concerns. Nothing here waits: nearly all events do this and no more. */
function touch(draft: ViewDraft, { event, signer, position }: Told): void {
  for (const each of [event.item, ...mentionsOf(event)]) {
    const item = draft.get(itemView, each);
    if (item === undefined || (each !== event.item && item.last !== undefined)) continue;
    const blocked = item.blocked?.signer === signer ? undefined : item.blocked;
    draft.put(itemView, { ...item, last: position, blocked });
  }
}

/** Whether an event mends another one. */
function isMending({ type, cites, replaces }: ItemEvent): boolean {
  return type === 'correct' || type === 'agreeCorrection' || (cites ?? replaces) !== undefined;
}

async function foldMending(draft: ViewDraft, told: Told): Promise<void> {
  const { event, id } = told;
  if (event.cites !== undefined) await settle(draft, event.cites, { offeredAs: id });
  if (event.type === 'correct' || event.type === 'agreeCorrection') await foldCorrection(draft, told, event);
  if (event.replaces !== undefined) await foldReplacement(draft, event.replaces, told);
}

/** What Oversight says of a refusal. A later word replaces the former. */
async function classify(
  draft: ViewDraft,
  { id }: Told,
  { data }: Extract<ItemEvent, { type: 'classifyRefusal' }>,
): Promise<void> {
  await settle(draft, data.event, { class: data.class, classedBy: id });
}

async function settle(draft: ViewDraft, id: string, change: Partial<Refusal>): Promise<void> {
  await draft.load(refusalView, [id]);
  const before = draft.get(refusalView, id);
  if (before === undefined) return;
  const after = { ...before, ...change };
  draft.put(refusalView, after);
  await count(draft, before.work, { left: Number(isLeft(after)) - Number(isLeft(before)) });
}

/** Whether it still waits for being mended. An attempt was no mistake, and is not offered again. */
function isLeft({ offeredAs, class: name }: Refusal): boolean {
  return offeredAs === undefined && name !== 'attempt';
}

async function count(
  draft: ViewDraft,
  id: string,
  by: { readonly refusals?: number; readonly left: number },
): Promise<void> {
  await draft.load(workItemView, [id]);
  const before = draft.get(workItemView, id);
  if (before === undefined) return;
  const left = before.left + by.left;
  draft.put(workItemView, {
    ...before,
    refusals: before.refusals + (by.refusals ?? 0),
    left,
    closed: left === 0,
  });
}

async function foldRefusal(draft: ViewDraft, told: Told, code: string): Promise<void> {
  const { id, event, position, signer } = told;
  const item = draft.get(itemView, event.item);
  const chain = item?.blocked?.signer === signer ? item.blocked : undefined;
  const root = chain?.root ?? (await bottomOf(draft, event, item)) ?? { event: id, item: event.item };
  const named = typeof root === 'string' ? { event: root, item: event.item } : root;
  const work = chain?.work ?? `${batchIn(named.event)}.${signer}`;
  if (item !== undefined) draft.put(itemView, { ...item, blocked: { signer, work, root: named.event } });
  const { type } = event;
  draft.put(refusalView, {
    id,
    position,
    item: event.item,
    type,
    code,
    signer,
    work,
    root: named.event,
    class: 'open',
  });
  await draft.load(workItemView, [work]);
  if (draft.get(workItemView, work) === undefined) {
    const begun = { root: named.event, item: named.item, first: position, refusals: 0, left: 0 };
    draft.put(workItemView, { id: work, party: signer, ...begun, closed: false });
  }
  await count(draft, work, { refusals: 1, left: 1 });
  if (event.cites !== undefined) await again(draft, event.cites, id);
}

/** Offered again and refused again: the former is done with, the new one is left. */
async function again(draft: ViewDraft, cited: string, id: string): Promise<void> {
  await draft.load(refusalView, [cited]);
  if (draft.get(refusalView, cited)?.offeredAs === undefined) await settle(draft, cited, { offeredAs: id });
}

/**
 * What made an item what it was when an event on it was refused: the last event that was accepted on it, on what it is fitted
 * into, or on what it was to be fitted into.
 */
async function bottomOf(
  draft: ViewDraft,
  event: ItemEvent,
  item: Item | undefined,
): Promise<{ readonly event: string; readonly item: string } | undefined> {
  const found: Item[] = item === undefined ? [] : [item];
  if (event.type === 'fit') {
    const into = draft.get(itemView, event.data.into);
    if (into !== undefined) found.push(into);
  }
  for (const each of found) {
    const outer = each.row.fittedInto;
    if (outer === undefined || found.length > MAX_NESTING) continue;
    await draft.load(itemView, [outer]);
    const host = draft.get(itemView, outer);
    if (host !== undefined && !found.includes(host)) found.push(host);
  }
  const [latest] = found
    .flatMap(({ id, last }) => (last === undefined ? [] : [{ position: last, item: id }]))
    .sort((one, other) => (one.position < other.position ? 1 : -1));
  return latest && { event: await eventAt(draft, latest.position), item: latest.item };
}

/** Id of the event at a position. */
async function eventAt(draft: ViewDraft, position: string): Promise<string> {
  await draft.load(itemEventView, [position]);
  const index = draft.get(itemEventView, position)?.index ?? 0;
  const first = firstPositionOf(position, index);
  await draft.load(batchEventsView, [first]);
  const { keyId = '', sequence = 0 } = draft.get(batchEventsView, first) ?? {};
  return eventIdOf({ keyId, sequence, index });
}

/** `keyId.sequence` of an event's id. */
function batchIn(id: string): string {
  return id.slice(0, id.lastIndexOf('.'));
}
