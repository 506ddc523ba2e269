import type { Document, Put, Store } from '../store/store.js';
import type { DocumentOf, View } from '../views/declare.js';

/** The documents as one block leaves them: what was read from the store, and over it what the fold puts. */
export class ViewDraft {
  readonly #store: Pick<Store, 'getMany'>;
  readonly #known = new Map<View, Map<string, Document | undefined>>();
  readonly #put = new Map<View, Set<string>>();

  constructor(store: Pick<Store, 'getMany'>) {
    this.#store = store;
  }

  /** Reads documents, so that `get` can answer. */
  async load(view: View, keys: Iterable<string>): Promise<void> {
    const known = this.#documents(view);
    const missing = [...new Set(keys)].filter((key) => !known.has(key));
    const found = await this.#store.getMany(view, missing);
    for (const key of missing) known.set(key, found.get(key));
  }

  /** A document that was loaded or put. */
  get<V extends View>(view: V, key: string): DocumentOf<V> | undefined {
    const known = this.#documents(view);
    if (!known.has(key)) throw new RangeError(`${view.name} ${key} was not loaded.`);
    return known.get(key) as DocumentOf<V> | undefined;
  }

  put<V extends View>(view: V, document: DocumentOf<V>): void {
    const key = String((document as Document)[view.key]);
    this.#documents(view).set(key, document);
    const put = this.#put.get(view);
    if (put === undefined) this.#put.set(view, new Set([key]));
    else put.add(key);
  }

  /** What was put, each document once and as it was last. */
  puts(): Put[] {
    return [...this.#put].flatMap(([view, keys]) =>
      [...keys].flatMap((key): Put[] => {
        const document = this.#documents(view).get(key);
        return document === undefined ? [] : [{ view, document }];
      }),
    );
  }

  #documents(view: View): Map<string, Document | undefined> {
    const known = this.#known.get(view);
    if (known !== undefined) return known;
    const documents = new Map<string, Document | undefined>();
    this.#known.set(view, documents);
    return documents;
  }
}
