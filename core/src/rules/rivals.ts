import { claimantsOf } from '../model/claimants.js';
import { rowKey } from '../model/row-keys.js';
import type { HoldReason } from '../model/terms.js';
import type { ItemRow } from '../model/rows.js';
import type { Tag } from '../tags/tag.js';
import type { Draft } from './draft.js';
import { isGone } from './lifecycle/index.js';
import { withoutUndo } from './undo.js';

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

/** Holds the other vehicles that claim a tag of one. Those that are held already keep the reason that was given for them. */
export function holdRivals(draft: Draft, id: string, item: ItemRow, hold: HoldReason): void {
  if (item.kind !== 'vehicle') return;
  for (const [each, row] of rivalsOf(draft, id, item.tags)) {
    if (row.hold === undefined) draft.put(rowKey.item(each), withoutUndo({ ...row, hold }));
  }
}

/** Rivals of which a release asks what else holds them, so that it reads few rows; more of them are released one by one. */
export const MAX_ASKED = 8;

/** Frees the other vehicles that claim a tag of one, unless one that is held claims another tag of theirs. */
export function freeRivals(draft: Draft, id: string, item: ItemRow): void {
  if (item.kind !== 'vehicle') return;
  const rivals = rivalsOf(draft, id, item.tags);
  for (const [each, row] of [...rivals].slice(0, MAX_ASKED)) {
    if (row.hold === undefined || isHeldByOthers(draft, row, (other) => other === id || rivals.has(other)))
      continue;
    draft.put(rowKey.item(each), withoutUndo({ ...row, hold: undefined }));
  }
}

/**
 * Whether a held vehicle, apart from those that are released together, claims a tag of this one. What came into dispute in this very
 * transaction may not have been read: then it stays held.
 */
function isHeldByOthers(draft: Draft, { tags = [] }: ItemRow, isFreed: (id: string) => boolean): boolean {
  return tags.some((tag) => {
    const key = rowKey.tag(tag);
    if (!draft.has(key)) return true;
    return claimantsOf(draft.peek(key)).some((other) => {
      if (isFreed(other)) return false;
      const row = draft.peek(rowKey.item(other));
      return row === undefined || (row.kind === 'vehicle' && row.hold !== undefined && !isGone(row));
    });
  });
}
