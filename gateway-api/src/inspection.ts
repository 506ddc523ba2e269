import type { HeldBatch, HeldDocument, HeldRow, PageOf } from './ports.js';
import type { Document, Store } from './store/store.js';
import { wholeEvents, type WholeEvent } from './projector/whole-events.js';
import { clockView } from './views/clocks.js';
import { findingView } from './views/findings.js';
import { itemEventView, itemLinkView } from './views/items.js';
import { batchView } from './views/lanes.js';
import { rowViews } from './views/rows.js';

// What a verifier compares with the blocks: documents as the store holds them, none left out and nothing judged. Events
// are shown whole, with what they share with their batch.

/** The one row whose key is a single word. */
const ledger = 'ledger';

/** Fields beside a row that say more than the row does. Those of a batch are shown with its events. */
const told: Readonly<Record<string, readonly string[]>> = {
  recorded: ['header', 'position', 'seed', 'signature'],
  item: ['certified', 'clocks', 'parties', 'reporters', 'position', 'since', 'last', 'blocked'],
};

/** Up to `limit` rows after a key of the world state, over all views that hold rows. */
export async function rowsAfter(store: Store, after: string, limit: number): Promise<PageOf<HeldRow>> {
  const rows: HeldRow[] = [];
  for (const [prefix, view] of Object.entries(rowViews)) {
    // `0` follows `/` in ASCII: no key of the view comes after this text.
    if (after >= (prefix === ledger ? ledger : `${prefix}0`)) continue;
    const rest = after.startsWith(`${prefix}/`) ? after.slice(prefix.length + 1) : '';
    const found = await store.scan(view, rest, limit + 1 - rows.length);
    rows.push(...found.map((document) => rowOf(prefix, document)));
    if (rows.length > limit) return pageOf(rows, limit, ([key]) => key);
  }
  return { records: rows };
}

function rowOf(prefix: string, { id, row, ...beside }: Document): HeldRow {
  const key = prefix === ledger ? String(id) : `${prefix}/${String(id)}`;
  const foundBy = Object.entries(beside).filter(([name]) => told[prefix]?.includes(name) !== true);
  return [key, row, Object.fromEntries(foundBy)];
}

/**
 * Batches after the key of an event document, in the order of the ledger, until they have `limit` documents. The documents
 * are read as they stand one after the other, so those that belong to no batch show, too.
 */
export async function recordedAfter(store: Store, after: string, limit: number): Promise<PageOf<HeldBatch>> {
  const runs: WholeEvent[][] = [];
  let next: string | undefined;
  for (let from = after, read = 0, isOver = false; !isOver;) {
    const found = await wholeEvents(store, await store.scan(itemEventView, from, limit));
    for (const event of found) {
      const run = runs.at(-1);
      if (run !== undefined && isOfRun(run, event)) run.push(event);
      else if (read < limit) runs.push([event]);
      else {
        isOver = true;
        next = from;
        break;
      }
      from = event.id;
      read += 1;
    }
    isOver ||= found.length < limit;
  }
  const batches = await store.getMany(batchView, runs.map(batchOf));
  const records = runs.map((events): HeldBatch => {
    const document = batches.get(batchOf(events));
    if (document === undefined) return { events };
    const { row: _among, ...batch } = document;
    return { batch, events };
  });
  return { records, ...(next === undefined ? {} : { next }) };
}

/** True when an event goes on with the batch of those before it, or is mentioned by the last of them. */
function isOfRun(run: readonly WholeEvent[], { keyId, sequence, index, mention }: WholeEvent): boolean {
  const last = run.at(-1);
  return (
    keyId === last?.keyId &&
    sequence === last.sequence &&
    (index !== 0 || (mention === true && last.index === 0))
  );
}

function batchOf([event]: readonly WholeEvent[]): string {
  return event === undefined ? '' : `${event.keyId}/${String(event.sequence).padStart(10, '0')}`;
}

/**
 * Up to `limit` links after a key of their view. The links of a child change together, so a page does not end among them,
 * unless they alone are more than a page.
 */
export async function linksAfter(store: Store, after: string, limit: number): Promise<PageOf<HeldDocument>> {
  const found = await store.scan(itemLinkView, after, limit + 1);
  const cut = found.length > limit ? found.at(-1)?.child : undefined;
  const whole = found.filter(({ child }) => child !== cut);
  return pageOf(found, cut === undefined || whole.length === 0 ? limit : whole.length, ({ id }) => id);
}

/** Up to `limit` findings after a key of their view. */
export async function findingsAfter(
  store: Store,
  after: string,
  limit: number,
): Promise<PageOf<HeldDocument>> {
  return pageOf(await store.scan(findingView, after, limit + 1), limit, ({ id }) => id);
}

/** Up to `limit` clocks after a key of their view, also those that are void. */
export async function clocksAfter(store: Store, after: string, limit: number): Promise<PageOf<HeldDocument>> {
  return pageOf(await store.scan(clockView, after, limit + 1), limit, ({ id }) => id);
}

/** A page of up to `limit` of up to one more, which only shows that there is a next page. */
function pageOf<T>(found: readonly T[], limit: number, keyOf: (record: T) => string): PageOf<T> {
  const records = found.slice(0, limit);
  const last = records.at(-1);
  return { records, ...(found.length <= limit || last === undefined ? {} : { next: keyOf(last) }) };
}
