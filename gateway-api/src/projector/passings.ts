import { MAX_NESTING, movedItems, type ItemRow, type Passing } from '@huilian/core';
import { clockView } from '../views/clocks.js';
import { participantView } from '../views/directory.js';
import { itemLinkView, itemView } from '../views/items.js';
import { clocksRunning } from './clocks.js';
import type { ViewDraft } from './draft.js';
import type { ProjectedTransaction } from './transaction.js';

const none: ReadonlyMap<string, Passing> = new Map();

/** Loads the containers that items lie in, up to the outermost. @param items loaded */
export async function loadContainers(draft: ViewDraft, items: readonly string[]): Promise<void> {
  let inside = items;
  for (let level = 0; level < MAX_NESTING && inside.length > 0; level += 1) {
    inside = inside.flatMap((id) => draft.get(itemView, id)?.row.logistics?.container ?? []);
    if (inside.length > 0) await draft.load(itemView, inside);
  }
}

/**
 * Items whose custody a transaction moved, whether it wrote their rows or not: what lies in a container is in the hands of who
 * holds the outermost one, and its row does not change with that. Loads those items, their clocks that run and who has them now. To
 * be called before the transaction's items are put.
 */
export async function passingsOf(
  draft: ViewDraft,
  transaction: ProjectedTransaction,
): Promise<ReadonlyMap<string, Passing>> {
  const rows = new Map(
    transaction.rows.flatMap(({ prefix, id, row }) => (prefix === 'item' ? [[id, row as ItemRow]] : [])),
  );
  const moved = movedItems(transaction.batches, rows, (id) => draft.get(itemView, id)?.row);
  if (moved.length === 0) return none;
  const found = new Map<string, Passing>();
  for (const { id, row, passing } of moved) {
    found.set(id, passing);
    if (row.kind !== 'container') continue;
    for (const content of await contentsOf(draft, id, rows)) found.set(content, passing);
  }
  await draft.load(
    participantView,
    [...found.values()].map(({ to }) => to),
  );
  return found;
}

/** What lies in a container, at any depth, but for what the transaction wrote. */
async function contentsOf(
  draft: ViewDraft,
  container: string,
  written: ReadonlyMap<string, ItemRow>,
): Promise<readonly string[]> {
  const found: string[] = [];
  for (let parents = [container], level = 0; level < MAX_NESTING && parents.length > 0; level += 1) {
    const inside: string[] = [];
    for (const parent of parents) {
      const where = { parent, relation: 'packedInto', current: true } as const;
      const links = await draft.all(itemLinkView, 'byParent', where);
      inside.push(...links.map(({ child }) => child).filter((child) => !written.has(child)));
    }
    await draft.load(itemView, inside);
    found.push(...inside);
    parents = inside.filter((id) => draft.get(itemView, id)?.kind === 'container');
  }
  const items = found.flatMap((id) => draft.get(itemView, id) ?? []);
  await draft.load(clockView, items.flatMap(clocksRunning));
  return found;
}
