import type { Put, Store } from '../store/store.js';
import type { DocumentOf, View } from '../views/declare.js';
import { itemView } from '../views/items.js';

type Item = DocumentOf<typeof itemView>;

/** Most items that are remembered: some 50 MB. */
const MOST = 32_768;

/**
 * A store that remembers the items that were folded last: what changes hands today is most often what changed hands today already,
 * and reading it again takes a seventh of the time of folding. For one uninterrupted reading of blocks, whose runs are stored one
 * after another or not at all.
 */
export class RecentItems implements Pick<Store, 'getMany' | 'find'> {
  readonly #store: Pick<Store, 'getMany' | 'find'>;
  readonly #most: number;
  readonly #items = new Map<string, Item>();
  readonly find: Store['find'];

  constructor(store: Pick<Store, 'getMany' | 'find'>, most = MOST) {
    this.#store = store;
    this.#most = most;
    this.find = (view, index, query) => store.find(view, index, query);
  }

  async getMany<V extends View>(
    view: V,
    keys: readonly string[],
  ): Promise<ReadonlyMap<string, DocumentOf<V>>> {
    if ((view as View) !== itemView) return this.#store.getMany(view, keys);
    const missing = keys.filter((key) => !this.#items.has(key));
    const found = new Map(missing.length === 0 ? [] : await this.#store.getMany(view, missing));
    for (const key of keys) {
      const item = this.#items.get(key);
      if (item !== undefined) found.set(key, item as DocumentOf<V>);
    }
    return found;
  }

  /** Takes in what a run of blocks made of items. To be called before the next run reads. */
  keep(puts: readonly Put[]): void {
    for (const { view, document } of puts) {
      if (view !== itemView) continue;
      const item = document as Item;
      this.#items.delete(item.id);
      this.#items.set(item.id, item);
    }
    for (const oldest of this.#items.keys()) {
      if (this.#items.size <= this.#most) return;
      this.#items.delete(oldest);
    }
  }
}
