import type { DocumentOf } from '../views/declare.js';
import { itemLinkView } from '../views/items.js';
import type { ViewDraft } from './draft.js';

type Link = DocumentOf<typeof itemLinkView>;

/** Key of a link in its view. */
export function linkId(child: string, relation: Link['relation'], parent: string): string {
  return `${child}/${relation}/${parent}`;
}

/** Puts a link that holds from an event on. */
export function putLink(draft: ViewDraft, link: Pick<Link, 'child' | 'relation' | 'parent' | 'since'>): void {
  const { child, relation, parent } = link;
  draft.put(itemLinkView, { id: linkId(child, relation, parent), ...link, current: true });
}
