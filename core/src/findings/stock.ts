import { itemOf, mentionsOf } from '../model/concerns.js';
import { rowKey } from '../model/row-keys.js';
import type { ItemRow } from '../model/rows.js';
import { tablesFor } from '../model/tables-on-record.js';
import { isGone } from '../rules/lifecycle/index.js';
import type { Found, SeenEvent, Stock, Surroundings } from './finding.js';
import { STOCK_LEVELS } from './kinds.js';
import { storageLimitAt, type StorageLimit } from './storage-limits.js';

const NOTHING: Pick<Stock, 'grams' | 'level'> = { grams: 0, level: 'below' };
const KINDS = { near: 'storageNear', exceeded: 'storageExceeded' } as const;

/** What a lot adds to a stock. */
interface Share {
  /** `party/category`, the category in small letters: `WasteOil` is no other stock than `wasteOil`. */
  readonly key: string;
  readonly party: string;
  readonly category: string;
  readonly grams: number;
}

/** By how much a lot changes one stock. */
interface Change extends Share {
  readonly item: string;
}

/** A stock that came over a limit. */
interface Crossing {
  readonly party: string;
  readonly item: string;
  readonly level: 'near' | 'exceeded';
  readonly grams: number;
  readonly limit: StorageLimit;
}

/** A finding with the event that it comes of. */
export interface FoundBy {
  readonly seen: SeenEvent;
  readonly found: Found;
}

/**
 * What a row adds to a stock: a lot that is there to whoever has custody of it, whatever manifest it is under. What lies in a
 * container is where that is; listed hazardous waste is not packed (HL-2149).
 */
function shareOf(row: ItemRow | undefined): Share | undefined {
  if (row?.kind !== 'lot' || isGone(row) || row.logistics?.container !== undefined) return undefined;
  const { custodian: party, category, massGrams: grams = 0 } = row;
  return { key: `${party}/${category.toLowerCase()}`, party, category, grams };
}

/** What a transaction changes of stocks: the difference of its rows, so that no step of a lot can be forgotten. */
function changesIn(around: Surroundings): readonly Change[] {
  const changes: Change[] = [];
  for (const [item, row] of around.writtenItems()) {
    if (row.kind !== 'lot') continue;
    const [before, after] = [shareOf(around.before(rowKey.item(item))), shareOf(row)];
    if (before?.key === after?.key) {
      const grams = (after?.grams ?? 0) - (before?.grams ?? 0);
      if (after !== undefined && grams !== 0) changes.push({ ...after, item, grams });
      continue;
    }
    if (before !== undefined) changes.push({ ...before, item, grams: -before.grams });
    if (after !== undefined) changes.push({ ...after, item });
  }
  return changes;
}

/** Keys of the stocks that a transaction changes, each once, and credit codes of whose they are: the tables of their provinces bound them. */
export function stocksToSee(around: Surroundings): {
  readonly keys: readonly string[];
  readonly holders: readonly string[];
} {
  const holders = new Map(changesIn(around).map(({ key, party }) => [key, party]));
  return { keys: [...holders.keys()], holders: [...new Set(holders.values())] };
}

/**
 * Stocks as a transaction leaves them, and what it brought over a limit. A transaction is looked at as a whole: what came and
 * went within it was never in store.
 */
export function ofStocks(
  seen: readonly SeenEvent[],
  around: Surroundings,
): { readonly stocks: ReadonlyMap<string, Stock>; readonly found: readonly FoundBy[] } {
  const stocks = new Map<string, Stock>();
  const byKey = new Map<string, Change[]>();
  for (const change of changesIn(around)) {
    const others = byKey.get(change.key);
    if (others === undefined) byKey.set(change.key, [change]);
    else others.push(change);
  }
  if (byKey.size === 0) return { stocks, found: [] };
  const events = eventsOfItems(seen);
  const last = seen.length - 1;
  const placeOf = (item: string): number => events.get(item) ?? last;
  const crossings = new Map<string, { readonly place: number; readonly of: Crossing[] }>();
  for (const key of [...byKey.keys()].sort()) {
    const changes = inOrder(byKey.get(key) ?? [], placeOf);
    const [first] = changes;
    if (first === undefined) continue;
    const before = around.stock(key) ?? NOTHING;
    const { stock, crossing } = changed(before, first, changes, seen[last]?.time, around);
    stocks.set(key, stock);
    if (crossing === undefined) continue;
    const place = placeOf(crossing.item);
    const group = `${place}/${crossing.level}`;
    const { of } = crossings.get(group) ?? { of: [] };
    // An event brings lots to one party; if it ever is otherwise, the other's is found at its next change.
    if (of.some(({ party }) => party !== crossing.party)) stocks.set(key, { ...stock, level: before.level });
    else crossings.set(group, { place, of: [...of, crossing] });
  }
  const found = [...crossings.values()].flatMap(({ place, of }) => {
    const by = seen[place];
    return by === undefined ? [] : [{ seen: by, found: foundOf(of) }];
  });
  return { stocks, found };
}

/** Where the last accepted event stands that names an item. */
function eventsOfItems(seen: readonly SeenEvent[]): ReadonlyMap<string, number> {
  const places = new Map<string, number>();
  seen.forEach(({ event, verdict }, place) => {
    if (verdict !== 'accepted') return;
    const item = itemOf(event);
    if (item !== undefined) places.set(item, place);
    for (const other of mentionsOf(event)) places.set(other, place);
  });
  return places;
}

/** In the order of the events; lots of one event by their ids, for rows are written in no order. */
function inOrder(changes: readonly Change[], placeOf: (item: string) => number): readonly Change[] {
  return [...changes].sort((a, b) => placeOf(a.item) - placeOf(b.item) || (a.item < b.item ? -1 : 1));
}

function changed(
  before: Pick<Stock, 'grams' | 'level'>,
  first: Change,
  changes: readonly Change[],
  time: number | undefined,
  around: Surroundings,
): { readonly stock: Stock; readonly crossing?: Crossing } {
  const grams = changes.reduce((sum, change) => sum + change.grams, before.grams);
  const limit = time === undefined ? undefined : limitOf(first, time, around);
  const level = levelOf(grams, limit);
  const { category, item: last } = changes.at(-1) ?? first;
  const stock = { category, grams, level };
  const isHigher = STOCK_LEVELS.indexOf(level) > STOCK_LEVELS.indexOf(before.level);
  if (limit === undefined || level === 'below' || !isHigher) return { stock };
  // What left is out of the way before the lots are counted of which one brought it over.
  let sum = changes.reduce((left, change) => left + Math.min(0, change.grams), before.grams);
  const brought = changes.find((change) => {
    sum += Math.max(0, change.grams);
    return change.grams > 0 && levelOf(sum, limit) === level;
  });
  // With a lower limit even what is left may be too much.
  const item = brought?.item ?? last;
  return { stock, crossing: { party: first.party, item, level, grams, limit } };
}

/** The limit in force where the party is; of who is not on the ledger nothing is asked. */
function limitOf({ party, category }: Share, time: number, around: Surroundings): StorageLimit | undefined {
  const key = rowKey.participant(party);
  const row = around.written(key) ?? around.before(key);
  return row && storageLimitAt(tablesFor(around.tables, row.province), party, category, time);
}

function levelOf(grams: number, limit: StorageLimit | undefined): Stock['level'] {
  if (limit === undefined) return 'below';
  if (grams > limit.grams) return 'exceeded';
  return grams >= limit.warnFrom ? 'near' : 'below';
}

/** One finding of all that an event brought over. */
function foundOf(crossings: readonly Crossing[]): Found {
  const [first, ...rest] = crossings;
  if (first === undefined) throw new RangeError('Nothing came over a limit.');
  const { level, party, grams, limit } = first;
  const others = rest.map((other) => other.limit.category);
  const evidence = { category: limit.category, grams, limit: limit.grams };
  return {
    kind: KINDS[level],
    party,
    items: crossings.map(({ item }) => item),
    evidence: others.length === 0 ? evidence : { ...evidence, others },
  };
}
