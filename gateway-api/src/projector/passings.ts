import { itemOf, mentionsOf, type ItemRow } from '@huilian/core';
import { clockView } from '../views/clocks.js';
import { participantView } from '../views/directory.js';
import { itemLinkView, itemView } from '../views/items.js';
import { clocksRunning, type Passing } from './clocks.js';
import type { ViewDraft } from './draft.js';
import type { ProjectedTransaction } from './transaction.js';

/** Levels of containers that are climbed; the rules keep no deeper ones. */
const deepest = 16;

const none: ReadonlyMap<string, Passing> = new Map();

/** Loads the containers that items lie in, up to the outermost. @param items loaded */
export async function loadContainers(draft: ViewDraft, items: readonly string[]): Promise<void> {
  let inside = items;
  for (let level = 0; level < deepest && inside.length > 0; level += 1) {
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
  const before = (id: string): ItemRow | undefined => draft.get(itemView, id)?.row;
  const after = (id: string): ItemRow | undefined => rows.get(id) ?? before(id);
  const moved = [...rows].filter(([id, row]) => {
    const known = before(id);
    return known !== undefined && handsOf(known, before) !== handsOf(row, after);
  });
  if (moved.length === 0) return none;
  const last = lastEvents(transaction);
  const found = new Map<string, Passing>();
  for (const [id, row] of moved) {
    const event = last.get(id);
    if (event === undefined) continue;
    const passing = { ...event, to: handsOf(row, after) };
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

/** Who has an item: of what lies in a container, who holds the outermost one. */
function handsOf(item: ItemRow, rowOf: (id: string) => ItemRow | undefined): string {
  let outer = item;
  for (let level = 0; level < deepest; level += 1) {
    const container = outer.logistics?.container;
    const around = container === undefined ? undefined : rowOf(container);
    if (around === undefined) break;
    outer = around;
  }
  return outer.custodian;
}

/** What lies in a container, at any depth, but for what the transaction wrote. */
async function contentsOf(
  draft: ViewDraft,
  container: string,
  written: ReadonlyMap<string, ItemRow>,
): Promise<readonly string[]> {
  const found: string[] = [];
  for (let parents = [container], level = 0; level < deepest && parents.length > 0; level += 1) {
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

/** The last accepted event that concerns each item. */
function lastEvents({ batches }: ProjectedTransaction): ReadonlyMap<string, Omit<Passing, 'to'>> {
  const last = new Map<string, Omit<Passing, 'to'>>();
  for (const { batch, row, events } of batches) {
    const { keyId, sequence } = batch.header;
    for (const { event, verdict, index } of events) {
      if (verdict !== 'accepted') continue;
      const told = { id: `${keyId}.${sequence}.${index}`, time: row.time };
      const item = itemOf(event);
      if (item !== undefined) last.set(item, told);
      for (const other of mentionsOf(event)) last.set(other, told);
    }
  }
  return last;
}
