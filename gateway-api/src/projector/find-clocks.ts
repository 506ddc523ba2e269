import type { ClockFilter } from '../ports.js';
import { boundLimit, writeCursor } from '../store/cursor.js';
import { cursorOf } from '../store/documents.js';
import type { Page, Query, Store } from '../store/store.js';
import { clockView } from '../views/clocks.js';
import type { DocumentOf } from '../views/declare.js';

type Clock = DocumentOf<typeof clockView>;
type Ask = Omit<Query<never>, 'where'>;

/** So many documents are looked at for one page at most, if the filter asks for what no index has. */
const mostLookedAt = 5_000;
/** Sorts behind the keys of all clocks. */
const lastKey = '~';

/** A page of clocks in the order of their due instants. A page may be shorter than its limit although another follows. */
export async function findClocks(store: Store, filter: ClockFilter, ask: Ask): Promise<Page<Clock>> {
  const { status, now, before = Infinity } = filter;
  // What is due exactly now is overdue.
  const until = status === 'overdue' ? Math.min(now + 1, before) : before;
  const limit = boundLimit(ask.limit);
  const found: Clock[] = [];
  let after = ask.after ?? (status === 'due' ? writeCursor({ order: now, key: lastKey }) : undefined);
  for (let looked = 0; ;) {
    const page = await candidates(store, filter, { limit, ...(after === undefined ? {} : { after }) });
    looked += page.documents.length;
    for (const clock of page.documents) {
      if (clock.dueAt >= until) return { documents: found };
      if (filter.timeLimit !== undefined && clock.limit !== filter.timeLimit) continue;
      found.push(clock);
      if (found.length === limit) return { documents: found, next: cursorOf(clockView, byDue, clock) };
    }
    if (page.next === undefined) return { documents: found };
    if (looked >= mostLookedAt) return { documents: found, next: page.next };
    after = page.next;
  }
}

const byDue = clockView.indexes.byStatus;

function candidates(store: Store, { status, party }: ClockFilter, ask: Ask): Promise<Page<Clock>> {
  const stored = status === 'due' || status === 'overdue' ? 'running' : status;
  return party === undefined
    ? store.find(clockView, 'byStatus', { where: { status: stored }, ...ask })
    : store.find(clockView, 'byParty', { where: { party, status: stored }, ...ask });
}
