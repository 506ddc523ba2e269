import type { ItemRecord, LinkRecord, ReadModel } from './ports.js';

/** Relatives that one answer lists in each direction; it says when there are more. */
const MOST = 2_000;
const PAGE = 200;

type Links = Pick<ReadModel, 'linksFrom' | 'linksTo' | 'itemsById'>;
type Relation = LinkRecord['relation'];

/** What came out of what: not what is only fitted into something. */
const ORIGINS: readonly Relation[] = ['dismantledFrom', 'remanufacturedFrom'];

/** An item on the way to another one: `beside` is the relative through which it was found, nearer to the item asked about. */
export interface Relative {
  readonly record: ItemRecord;
  readonly beside: string;
  /** 1 for what the item itself came out of, or what came out of it. */
  readonly depth: number;
}

export interface Relatives {
  readonly relatives: readonly Relative[];
  /** False when there are more than are listed. */
  readonly complete: boolean;
}

/** All that an item came out of, nearest first, to any depth: of a lot that was merged, all lots that went in. */
export function ancestorsOf(model: Links, id: string): Promise<Relatives> {
  return walk(model, id, async (child) => {
    const from = await all((cursor) => model.linksFrom(child, { limit: PAGE, cursor }));
    const origins = from.filter(({ relation }) => ORIGINS.includes(relation));
    const found: string[] = [];
    for (const { parent, since } of origins) {
      found.push(parent);
      const joined = await all((cursor) => model.linksTo(parent, 'joinedTo', { limit: PAGE, cursor }));
      found.push(...joined.filter((link) => link.since === since).map((link) => link.child));
    }
    return found;
  });
}

/** All that came out of an item, nearest first, to any depth: what joined another lot shares its outputs. */
export function descendantsOf(model: Links, id: string): Promise<Relatives> {
  return walk(model, id, async (parent) => {
    const own = await outputsOf(model, parent);
    const from = await all((cursor) => model.linksFrom(parent, { limit: PAGE, cursor }));
    const [joined] = from.filter(({ relation }) => relation === 'joinedTo');
    const shared = joined === undefined ? [] : await outputsOf(model, joined.parent);
    return [...own, ...shared.filter(({ since }) => since === joined?.since)].map(({ child }) => child);
  });
}

async function outputsOf(model: Links, parent: string): Promise<readonly LinkRecord[]> {
  const found: LinkRecord[] = [];
  for (const relation of ORIGINS)
    found.push(...(await all((cursor) => model.linksTo(parent, relation, { limit: PAGE, cursor }))));
  return found;
}

/** Level by level, each relative once, by the shortest way to it. */
async function walk(
  model: Links,
  id: string,
  next: (id: string) => Promise<readonly string[]>,
): Promise<Relatives> {
  const seen = new Set([id]);
  const relatives: Relative[] = [];
  let level: readonly string[] = [id];
  for (let depth = 1; level.length > 0; depth += 1) {
    const found: { id: string; beside: string }[] = [];
    for (const beside of level) {
      for (const each of await next(beside)) {
        if (seen.has(each)) continue;
        if (seen.size > MOST)
          return { relatives: [...relatives, ...(await read(model, found, depth))], complete: false };
        seen.add(each);
        found.push({ id: each, beside });
      }
    }
    relatives.push(...(await read(model, found, depth)));
    level = found.map((each) => each.id);
  }
  return { relatives, complete: true };
}

async function read(
  model: Links,
  found: readonly { readonly id: string; readonly beside: string }[],
  depth: number,
): Promise<Relative[]> {
  const records = await model.itemsById(found.map(({ id }) => id));
  return found.flatMap(({ id, beside }) => {
    const record = records.get(id);
    return record === undefined ? [] : [{ record, beside, depth }];
  });
}

/** All pages of a list. */
async function all<T>(
  page: (cursor: string | undefined) => Promise<{ readonly records: readonly T[]; readonly next?: string }>,
): Promise<readonly T[]> {
  const found: T[] = [];
  let cursor: string | undefined;
  do {
    const { records, next } = await page(cursor);
    found.push(...records);
    cursor = next;
  } while (cursor !== undefined && found.length <= MOST);
  return found;
}
