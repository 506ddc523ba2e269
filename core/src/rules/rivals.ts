import { rowKey } from '../model/row-keys.js';
import type { HoldReason } from '../model/terms.js';
import type { ItemRow, TagRow } from '../model/rows.js';
import type { Tag } from '../tags/tag.js';
import type { Draft } from './draft.js';
import { isGone } from './lifecycle/index.js';
import { withoutUndo } from './undo.js';

/** The items that bear or claim a tag. */
export function claimantsOf(tag: TagRow | undefined): readonly string[] {
  return tag === undefined ? [] : [tag.item, ...(tag.contenders ?? [])];
}

/**
 * Ids of the other vehicles that claim one of these tags. Until Oversight has decided which of them is the real one, they stand still
 * together.
 */
function rivalsOf(
  draft: Draft,
  id: string | undefined,
  tags: readonly Tag[] = [],
): ReadonlyMap<string, ItemRow> {
  const rivals = new Map<string, ItemRow>();
  for (const tag of tags) {
    for (const each of claimantsOf(draft.get(rowKey.tag(tag)))) {
      const row = each === id ? undefined : draft.get(rowKey.item(each));
      if (row?.kind === 'vehicle' && !isGone(row)) rivals.set(each, row);
    }
  }
  return rivals;
}

/** Why a vehicle with these tags is held under another registration. */
export function heldWithRivals(draft: Draft, tags: readonly Tag[]): Pick<ItemRow, 'hold'> {
  const held = [...rivalsOf(draft, undefined, tags).values()].find(({ hold }) => hold !== undefined);
  return held === undefined ? {} : { hold: held.hold };
}

/** Holds, or frees, the other vehicles that claim a tag of one. */
export function holdRivals(draft: Draft, id: string, item: ItemRow, hold: HoldReason | undefined): void {
  if (item.kind !== 'vehicle') return;
  for (const [each, row] of rivalsOf(draft, id, item.tags)) {
    if (row.hold !== hold) draft.put(rowKey.item(each), withoutUndo({ ...row, hold }));
  }
}
