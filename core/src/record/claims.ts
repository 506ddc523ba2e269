import { claimantsOf as claimants } from '../model/claimants.js';
import { rowKey } from '../model/row-keys.js';
import type { ItemRow } from '../model/rows.js';
import type { Draft } from '../rules/draft.js';
import { originsOf as originsOfItem } from '../rules/origins.js';
import { heldAlong } from '../rules/rivals.js';
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

/** The tags of a vehicle and all that claim them: they stand still with it. */
export function rivalsOf(draft: Draft, id: string): readonly string[] {
  const item = itemOf(draft, id);
  if (item?.kind !== 'vehicle') return [];
  return [...tagsOf(draft, id), ...(item.tags ?? []).flatMap((tag) => claimantsOf(draft, tag))];
}

/** What a release looks at: the vehicle, the one that it is held with, and all that is held with that; and what else may hold them. */
export function heldTogether(draft: Draft, id: string): readonly string[] {
  const item = itemOf(draft, id);
  if (item?.kind !== 'vehicle') return [];
  const root = item.heldWith ?? id;
  const all = new Set([root, id, ...heldAlong(draft, root)]);
  return [rowKey.item(root), ...[...all].flatMap((each) => rivalsOf(draft, each))];
}

/**
 * The items that claim a tag, and their other tags, which may be in dispute too. Of one that is held with another one, also who claims
 * those.
 */
export function partiesOf(draft: Draft, tag: Tag): string[] {
  return claimants(draft.peek(rowKey.tag(tag))).flatMap((id) => [
    rowKey.item(id),
    ...(itemOf(draft, id)?.heldWith === undefined ? tagsOf(draft, id) : rivalsOf(draft, id)),
  ]);
}

/** The tags of an item and, where one is in dispute, those that claim them: they are free when its registration is void. */
export function claimedTagsOf(draft: Draft, id: string): string[] {
  const item = itemOf(draft, id);
  const parties = item?.contested === true ? (item.tags ?? []) : [];
  return [...tagsOf(draft, id), ...parties.flatMap((tag) => partiesOf(draft, tag))];
}

/** What bears the tags of outputs. */
export function bearersOf(draft: Draft, outputs: readonly Pick<ItemRow, 'tags'>[]): string[] {
  return outputs.flatMap(({ tags }) => tags ?? []).flatMap((tag) => bearerOf(draft, tag));
}

/** What bears a tag, if something does. */
export function bearerOf(draft: Draft, tag: Tag): string[] {
  const bound = draft.peek(rowKey.tag(tag));
  return bound ? [rowKey.item(bound.item)] : [];
}

/** What bears a label, where one is named. */
export function bearerOfLabel(draft: Draft, label: Tag | undefined): readonly string[] {
  return label === undefined ? [] : bearerOf(draft, label);
}

/** What a part came out of and was made of: while one of them is held, the part stands still. */
export function originOf(draft: Draft, id: string): string[] {
  const item = itemOf(draft, id);
  return item === undefined ? [] : originsOfItem(item, (each) => itemOf(draft, each)).map(rowKey.item);
}
