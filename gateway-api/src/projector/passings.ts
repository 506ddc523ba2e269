import {
  clockIdsOf,
  MAX_NESTING,
  movedItems,
  retractionsIn,
  type ItemRow,
  type Passing,
  type Undone,
} from '@huilian/core';
import { clockView } from '../views/clocks.js';
import { participantView } from '../views/directory.js';
import { itemLinkView, itemView } from '../views/items.js';
import { clocksRunning, type DraftBook } from './clocks.js';
import type { ViewDraft } from './draft.js';
import type { ProjectedTransaction } from './transaction.js';

/** What a transaction did to the clocks of items beside their own steps. */
export interface Passed {
  /** Items whose custody it moved, whether it wrote their rows or not. */
  readonly passings: ReadonlyMap<string, Passing>;
  /** Items of whose steps it took some back, or of whose container. */
  readonly undone: ReadonlyMap<string, readonly Undone[]>;
}

/** Loads the containers that items lie in, up to the outermost. @param items loaded */
export async function loadContainers(draft: ViewDraft, items: readonly string[]): Promise<void> {
  let inside = items;
  for (let level = 0; level < MAX_NESTING && inside.length > 0; level += 1) {
    inside = inside.flatMap((id) => draft.get(itemView, id)?.row.logistics?.container ?? []);
    if (inside.length > 0) await draft.load(itemView, inside);
  }
}

/**
 * What lies in a container is in the hands of who holds the outermost one, and its row does not change with that. Loads the items that
 * a transaction concerns so, their clocks and who has them now. To be called before the transaction's items are put.
 */
export async function passedBy(
  draft: ViewDraft,
  { batches, rows }: ProjectedTransaction,
  book: DraftBook,
): Promise<Passed> {
  const written = new Map(
    rows.flatMap(({ prefix, id, row }) => (prefix === 'item' ? [[id, row as ItemRow]] : [])),
  );
  const before = (id: string): ItemRow | undefined => draft.get(itemView, id)?.row;
  const retractions = retractionsIn(batches, before, (id) => written.get(id) ?? before(id));
  const passings = new Map<string, Passing>();
  for (const { id, row, passing } of movedItems({ batches, written, before, retractions }, book.owner)) {
    passings.set(id, passing);
    if (row.kind !== 'container') continue;
    for (const content of await contentsOf(draft, id, written)) passings.set(content, passing);
  }
  const undone = new Map<string, readonly Undone[]>();
  for (const { item, outputs, event, order } of retractions)
    for (const id of [item, ...outputs, ...(await contentsOf(draft, item))])
      undone.set(id, [...(undone.get(id) ?? []), { event, order }]);
  await load(draft, { passings, undone }, book);
  return { passings, undone };
}

async function load(draft: ViewDraft, { passings, undone }: Passed, book: DraftBook): Promise<void> {
  const parties = new Set<string>();
  for (const { to } of passings.values()) parties.add(to);
  for (const item of undone.keys()) {
    const clocks = await draft.all(clockView, 'byItem', { item });
    book.know(
      item,
      clocks.map(({ id }) => id),
    );
    for (const { party } of clocks) parties.add(party);
  }
  await draft.load(participantView, parties);
  const replaced = [...passings].flatMap(([id, { replaces }]) =>
    replaces === undefined ? [] : clockIdsOf(id, replaces),
  );
  await draft.load(clockView, replaced);
}

/** What lies in a container, at any depth. @param left out with all that lies in it */
async function contentsOf(
  draft: ViewDraft,
  container: string,
  left?: ReadonlyMap<string, unknown>,
): Promise<readonly string[]> {
  if (draft.get(itemView, container)?.kind !== 'container') return [];
  const found: string[] = [];
  for (let parents = [container], level = 0; level < MAX_NESTING && parents.length > 0; level += 1) {
    const inside: string[] = [];
    for (const parent of parents) {
      const where = { parent, relation: 'packedInto', current: true } as const;
      const links = await draft.all(itemLinkView, 'byParent', where);
      inside.push(...links.map(({ child }) => child).filter((child) => left?.has(child) !== true));
    }
    await draft.load(itemView, inside);
    found.push(...inside);
    parents = inside.filter((id) => draft.get(itemView, id)?.kind === 'container');
  }
  const items = found.flatMap((id) => draft.get(itemView, id) ?? []);
  await draft.load(clockView, items.flatMap(clocksRunning));
  return found;
}
