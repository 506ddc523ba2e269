import type { Document, Put, Store } from '../store/store.js';
import type { DocumentOf, IndexOf, View, WhereOf } from '../views/declare.js';

/** Where a fold reads documents. */
export interface Reader extends Pick<Store, 'getMany'> {
  /** All documents of one entry of an index, in no order. For what is rare: all of them are held in memory. */
  all<V extends View, I extends IndexOf<V>>(
    view: V,
    index: I,
    where: WhereOf<V, I>,
  ): Promise<readonly DocumentOf<V>[]>;
}

/** So many documents are read at a time where all are read. */
const pageLength = 1_000;

/** A store to read from. */
export function readerOf(store: Pick<Store, 'getMany' | 'find'>): Reader {
  return {
    getMany: (view, keys) => store.getMany(view, keys),
    async all<V extends View, I extends IndexOf<V>>(view: V, index: I, where: WhereOf<V, I>) {
      const documents: DocumentOf<V>[] = [];
      for (let after: string | undefined; ;) {
        const page = await store.find(view, index, {
          where,
          limit: pageLength,
          ...(after === undefined ? {} : { after }),
        });
        documents.push(...page.documents);
        if (page.next === undefined) return documents;
        after = page.next;
      }
    },
  };
}

/** A document as the blocks leave it: what was read from the store, and over it what the fold puts. */
interface Entry {
  /** As the store has it; undefined when it has none, or was not asked. */
  readonly before: Document | undefined;
  now: Document | undefined;
  put: boolean;
}

/** The documents as blocks leave them that are not in the store yet. */
export class ViewDraft {
  readonly #store: Reader;
  readonly #views = new Map<View, Map<string, Entry>>();

  /** @param store as the block before left it */
  constructor(store: Reader) {
    this.#store = store;
  }

  /** Reads documents, so that `get` can answer. */
  async load(view: View, keys: Iterable<string>): Promise<void> {
    const entries = this.#entries(view);
    const missing = new Set<string>();
    for (const key of keys) if (!entries.has(key)) missing.add(key);
    if (missing.size === 0) return;
    const found = await this.#store.getMany(view, [...missing]);
    for (const key of missing) {
      const before = found.get(key);
      entries.set(key, { before, now: before, put: false });
    }
  }

  /** A document that was loaded or put. */
  get<V extends View>(view: V, key: string): DocumentOf<V> | undefined {
    const entry = this.#entries(view).get(key);
    if (entry === undefined) throw new RangeError(`${view.name} ${key} was not loaded.`);
    return entry.now as DocumentOf<V> | undefined;
  }

  /** All documents of one entry of an index as they are now, in no order; they are loaded. */
  async all<V extends View, I extends IndexOf<V>>(
    view: V,
    index: I,
    where: WhereOf<V, I>,
  ): Promise<readonly DocumentOf<V>[]> {
    const entries = this.#entries(view);
    for (const document of await this.#store.all(view, index, where)) {
      const key = (document as Document)[view.key] as string;
      if (!entries.has(key)) entries.set(key, { before: document, now: document, put: false });
    }
    return fitting(entries, where);
  }

  put<V extends View>(view: V, document: DocumentOf<V>): void {
    const entries = this.#entries(view);
    const key = (document as Document)[view.key] as string;
    const entry = entries.get(key);
    if (entry === undefined) entries.set(key, { before: undefined, now: document, put: true });
    else {
      entry.now = document;
      entry.put = true;
    }
  }

  /** What was put, each document once and as it was last. */
  puts(): Put[] {
    const puts: Put[] = [];
    for (const [view, entries] of this.#views) {
      for (const { before, now, put } of entries.values()) {
        if (!put || now === undefined) continue;
        puts.push(before === undefined ? { view, document: now } : { view, document: now, before });
      }
    }
    return puts;
  }

  /**
   * A store as it is once what was put is in it, also while it is being stored.
   *
   * @param store holds all that came before, and of this nothing, or all
   */
  over(store: Reader): Reader {
    const views = this.#views;
    return {
      async getMany<V extends View>(view: V, keys: readonly string[]) {
        const entries = views.get(view);
        const missing = keys.filter((key) => entries?.has(key) !== true);
        const found = new Map(await store.getMany(view, missing));
        for (const key of keys) {
          const now = entries?.get(key)?.now;
          if (now !== undefined) found.set(key, now as DocumentOf<V>);
        }
        return found;
      },
      async all<V extends View, I extends IndexOf<V>>(view: V, index: I, where: WhereOf<V, I>) {
        const entries = views.get(view) ?? new Map<string, Entry>();
        const found = await store.all(view, index, where);
        const others = found.filter((document) => !entries.has((document as Document)[view.key] as string));
        return [...others, ...fitting<V>(entries, where)];
      },
    };
  }

  #entries(view: View): Map<string, Entry> {
    const known = this.#views.get(view);
    if (known !== undefined) return known;
    const entries = new Map<string, Entry>();
    this.#views.set(view, entries);
    return entries;
  }
}

/** The documents that have the values of an index entry. */
function fitting<V extends View>(
  entries: ReadonlyMap<string, Entry>,
  where: Readonly<Record<string, unknown>>,
): DocumentOf<V>[] {
  const wanted = Object.entries(where);
  return [...entries.values()].flatMap(({ now }) =>
    now !== undefined && wanted.every(([field, value]) => now[field] === value) ? [now as DocumentOf<V>] : [],
  );
}
