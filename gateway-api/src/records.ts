import type { Named, PageOf, PageQuery } from './ports.js';
import type { Page, Query } from './store/store.js';

/** A page as a store is asked for it. */
export function pageOf({ limit, cursor }: PageQuery): Omit<Query<never>, 'where'> {
  return { limit, ...(cursor === undefined ? {} : { after: cursor }) };
}

/** A page as a route answers it. */
export function records<D, T>({ documents, next }: Page<D>, toRecord: (document: D) => T): PageOf<T> {
  return { records: documents.map(toRecord), ...(next === undefined ? {} : { next }) };
}

/** A row with its key, and nothing else of its document. */
export function named<R>({ id, row }: { readonly id: string; readonly row: R }): Named<R> {
  return { id, row };
}
