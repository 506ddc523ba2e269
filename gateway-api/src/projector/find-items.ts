import type { ItemFilter } from '../ports.js';
import { boundLimit } from '../store/cursor.js';
import { cursorOf } from '../store/documents.js';
import type { Page, Query, Store } from '../store/store.js';
import type { DocumentOf } from '../views/declare.js';
import { itemPartyView, itemView } from '../views/items.js';

type Item = DocumentOf<typeof itemView>;
type Ask = Omit<Query<never>, 'where'>;

/** So many documents are looked at for one page at most, if the filter asks for what no index has. */
const mostLookedAt = 5_000;

/**
 * A page of items in the order in which they entered the ledger. What the chosen index does not filter is filtered here, so
 * a page may be shorter than its limit although another follows.
 */
export async function findItems(store: Store, filter: ItemFilter, ask: Ask): Promise<Page<Item>> {
  const limit = boundLimit(ask.limit);
  const found: Item[] = [];
  for (let looked = 0, after = ask.after; ;) {
    const page = await candidates(store, filter, { limit, ...(after === undefined ? {} : { after }) });
    looked += page.documents.length;
    for (const item of page.documents) {
      if (!fits(item, filter)) continue;
      found.push(item);
      if (found.length === limit) return { documents: found, ...following(item, page, filter) };
    }
    if (page.next === undefined) return { documents: found };
    if (looked >= mostLookedAt) return { documents: found, next: page.next };
    after = page.next;
  }
}

/** The narrowest index that the filter allows. */
async function candidates(store: Store, filter: ItemFilter, ask: Ask): Promise<Page<Item>> {
  const { kind, state, custodian, party } = filter;
  if (custodian !== undefined) return store.find(itemView, 'byCustodian', { where: { custodian }, ...ask });
  if (party !== undefined) return itemsOfParty(store, party, ask);
  if (kind !== undefined && state !== undefined)
    return store.find(itemView, 'byKindAndState', { where: { kind, state }, ...ask });
  if (kind !== undefined) return store.find(itemView, 'byKind', { where: { kind }, ...ask });
  if (state !== undefined) return store.find(itemView, 'byState', { where: { state }, ...ask });
  return store.find(itemView, 'all', { where: {}, ...ask });
}

async function itemsOfParty(store: Store, party: string, ask: Ask): Promise<Page<Item>> {
  const page = await store.find(itemPartyView, 'byParty', { where: { party }, ...ask });
  const found = await store.getMany(
    itemView,
    page.documents.map(({ item }) => item),
  );
  return { ...page, documents: page.documents.flatMap(({ item }) => found.get(item) ?? []) };
}

function fits(item: Item, { kind, state, custodian, party }: ItemFilter): boolean {
  return (
    (kind === undefined || item.kind === kind) &&
    (state === undefined || item.state === state) &&
    (custodian === undefined || item.custodian === custodian) &&
    (party === undefined || item.parties.includes(party))
  );
}

/** Where to go on after an item, unless it is the last. */
function following(item: Item, page: Page<Item>, filter: ItemFilter): { next?: string } {
  if (item === page.documents.at(-1) && page.next === undefined) return {};
  const { id, position } = item;
  if (filter.custodian === undefined && filter.party !== undefined) {
    return {
      next: cursorOf(itemPartyView, itemPartyView.indexes.byParty, { id: `${filter.party}/${id}`, position }),
    };
  }
  return { next: cursorOf(itemView, itemView.indexes.all, { id, position }) };
}
