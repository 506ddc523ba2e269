import type { TagRow } from './rows.js';

/** Ids of the items that bear or claim a tag: the one that it is bound to first, then its contenders in the order in which they came. */
export function claimantsOf(tag: Pick<TagRow, 'item' | 'contenders'> | undefined): readonly string[] {
  return tag === undefined ? [] : [tag.item, ...(tag.contenders ?? [])];
}
