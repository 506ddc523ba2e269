import type { Finding } from '@huilian/core';
import type { FindingFilter } from '../ports.js';
import { boundLimit } from '../store/cursor.js';
import { cursorOf } from '../store/documents.js';
import type { Page, Query, Store } from '../store/store.js';
import { findingItemView, findingView } from '../views/findings.js';

type Ask = Omit<Query<never>, 'where'>;

/** So many documents are looked at for one page at most, if the filter asks for what no index has. */
const mostLookedAt = 5_000;

/** A page of findings, the latest first. A page may be shorter than its limit although another follows. */
export async function findFindings(store: Store, filter: FindingFilter, ask: Ask): Promise<Page<Finding>> {
  const limit = boundLimit(ask.limit);
  const found: Finding[] = [];
  for (let looked = 0, after = ask.after; ;) {
    const page = await candidates(store, filter, {
      limit,
      descending: true,
      ...(after === undefined ? {} : { after }),
    });
    looked += page.documents.length;
    for (const finding of page.documents) {
      if (!fits(finding, filter)) continue;
      found.push(finding);
      if (found.length === limit) return { documents: found, next: cursorBehind(finding, filter) };
    }
    if (page.next === undefined) return { documents: found };
    if (looked >= mostLookedAt) return { documents: found, next: page.next };
    after = page.next;
  }
}

/** The narrowest index that the filter allows. */
async function candidates(store: Store, filter: FindingFilter, ask: Ask): Promise<Page<Finding>> {
  const { kind, item, party, status } = filter;
  if (item !== undefined) {
    const page = await store.find(findingItemView, 'byItem', { where: { item }, ...ask });
    const ids = page.documents.map(({ finding }) => finding);
    const known = await store.getMany(findingView, ids);
    return { ...page, documents: ids.flatMap((id) => known.get(id) ?? []) };
  }
  if (party !== undefined) return store.find(findingView, 'byParty', { where: { party }, ...ask });
  if (kind !== undefined && status !== undefined)
    return store.find(findingView, 'byKindAndStatus', { where: { kind, status }, ...ask });
  if (kind !== undefined) return store.find(findingView, 'byKind', { where: { kind }, ...ask });
  if (status !== undefined) return store.find(findingView, 'byStatus', { where: { status }, ...ask });
  return store.find(findingView, 'all', { where: {}, ...ask });
}

function fits(finding: Finding, { kind, item, party, status }: FindingFilter): boolean {
  return (
    (kind === undefined || finding.kind === kind) &&
    (item === undefined || finding.items.includes(item)) &&
    (party === undefined || finding.party === party) &&
    (status === undefined || finding.status === status)
  );
}

function cursorBehind({ id, position }: Finding, { item }: FindingFilter): string {
  return item === undefined
    ? cursorOf(findingView, findingView.indexes.all, { id, position })
    : cursorOf(findingItemView, findingItemView.indexes.byItem, { id: `${item}/${id}`, position });
}
