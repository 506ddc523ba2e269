import { claimantsOf as claimants } from '../model/claimants.js';
import { rowKey } from '../model/row-keys.js';
import type { ItemRow } from '../model/rows.js';
import type { Draft } from '../rules/draft.js';
import { isGone } from '../rules/lifecycle/index.js';
import { MAX_ASKED } from '../rules/rivals.js';
import type { Tag } from '../tags/tag.js';

export function itemOf(draft: Draft, id: string): ItemRow | undefined {
  return draft.peek(rowKey.item(id));
}

export function tagsOf(draft: Draft, id: string): string[] {
  return (itemOf(draft, id)?.tags ?? []).map(rowKey.tag);
}

/** All that bear or claim a tag. */
export function claimantsOf(draft: Draft, tag: Tag): string[] {
  return claimants(draft.peek(rowKey.tag(tag))).map(rowKey.item);
}

/** The tags of a vehicle and all that claim them: they are held and freed together. */
export function rivalsOf(draft: Draft, id: string): readonly string[] {
  const item = itemOf(draft, id);
  if (item?.kind !== 'vehicle') return [];
  return [...tagsOf(draft, id), ...(item.tags ?? []).flatMap((tag) => claimantsOf(draft, tag))];
}

/** The same, and for each of them the same: what else holds it. */
export function rivalsOfRivals(draft: Draft, id: string): readonly string[] {
  const item = itemOf(draft, id);
  if (item?.kind !== 'vehicle') return [];
  const all = new Set((item.tags ?? []).flatMap((tag) => claimants(draft.peek(rowKey.tag(tag)))));
  const rivals = [...all].filter((each) => {
    const row = each === id ? undefined : itemOf(draft, each);
    return row?.kind === 'vehicle' && !isGone(row);
  });
  return [...rivalsOf(draft, id), ...rivals.slice(0, MAX_ASKED).flatMap((each) => rivalsOf(draft, each))];
}

/** The items that claim a tag, and their other tags, which may be in dispute too. */
export function partiesOf(draft: Draft, tag: Tag): string[] {
  return claimants(draft.peek(rowKey.tag(tag))).flatMap((id) => [rowKey.item(id), ...tagsOf(draft, id)]);
}
