import type { DocumentOf, Index, Scalar, View } from '../views/declare.js';
import { writeCursor } from './cursor.js';
import type { Document, Page } from './store.js';

/** The key of a document in its view. */
export function keyOf(view: View, document: Document): string {
  const key = document[view.key];
  if (typeof key !== 'string') throw new RangeError(`A document of the view ${view.name} has no key.`);
  return key;
}

/** The declaration of an index by its name. */
export function indexOf(view: View, name: string): Index {
  const index = view.indexes[name];
  if (index === undefined) throw new RangeError(`The view ${view.name} has no index ${name}.`);
  return index;
}

/** The field that orders an index. */
export function orderOf(view: View, index: Index): string {
  return index.order ?? view.key;
}

/** The value asked for in one field of an index. */
export function wanted(where: Readonly<Record<string, Scalar>>, field: string): Scalar {
  const value = where[field];
  if (value === undefined) throw new RangeError(`The index needs a value for ${field}.`);
  return value;
}

/** Makes a page of up to `limit` documents out of up to one more, which only shows that there is a next page. */
export function pageOf<V extends View>(
  view: V,
  index: Index,
  found: readonly DocumentOf<V>[],
  limit: number,
): Page<DocumentOf<V>> {
  const documents = found.slice(0, limit);
  const last = documents.at(-1);
  if (found.length <= limit || last === undefined) return { documents };
  return { documents, next: cursorOf(view, index, last) };
}

/** The cursor behind a document: the next page begins after it. */
export function cursorOf(view: View, index: Index, document: Document): string {
  return writeCursor({ order: document[orderOf(view, index)] as Scalar, key: keyOf(view, document) });
}

/** Items by what `name` calls them, in the order of first appearance. */
export function groupBy<T, N>(items: readonly T[], name: (item: T) => N): ReadonlyMap<N, T[]> {
  const groups = new Map<N, T[]>();
  for (const item of items) {
    const group = groups.get(name(item));
    if (group === undefined) groups.set(name(item), [item]);
    else group.push(item);
  }
  return groups;
}
