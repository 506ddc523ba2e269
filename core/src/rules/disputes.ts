import { claimantsOf } from '../model/claimants.js';
import { rowKey } from '../model/row-keys.js';
import type { ItemRow } from '../model/rows.js';
import type { Tag } from '../tags/tag.js';
import type { Draft } from './draft.js';
import { keptOf } from './item.js';

/** The mark goes when no other tag of the item is in dispute. What was not read may be. */
export function settled(draft: Draft, id: string, row: ItemRow): ItemRow {
  const { contested: _decided, ...rest } = row;
  return row.tags?.some((tag) => isDisputed(draft, id, tag)) === true ? row : rest;
}

function isDisputed(draft: Draft, id: string, tag: Tag): boolean {
  const key = rowKey.tag(tag);
  const bound = draft.peek(key);
  if (bound === undefined) return !draft.has(key);
  if (bound.contenders === undefined) return false;
  return bound.contenders.includes(id) || (bound.item === id && !bound.retired);
}

/**
 * A registration that was void had no claim on its tags. Who alone claims one of them besides bears it now, and is in dispute no more
 * when nobody else claims another tag of its. What came into dispute in this very transaction may not have been read, and is left for
 * Oversight.
 */
export function endDisputesOf(draft: Draft, id: string, { tags = [] }: ItemRow): void {
  for (const tag of tags) {
    const key = rowKey.tag(tag);
    const bound = draft.get(key);
    const [next, ...others] = bound?.contenders ?? [];
    if (bound?.voided === true && next !== undefined && others.length === 0)
      draft.put(key, { item: next, ...keptOf(bound) });
  }
  for (const each of new Set(tags.flatMap((tag) => claimantsOf(draft.get(rowKey.tag(tag)))))) {
    const row = each === id ? undefined : draft.peek(rowKey.item(each));
    if (row?.contested === true) draft.put(rowKey.item(each), settled(draft, each, row));
  }
}
