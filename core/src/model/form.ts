/** Both sides have their members in the order in which canonical JSON writes them: writing is faster so. */
export interface Form<R, S> {
  readonly store: (row: R) => S;
  readonly read: (stored: S) => R;
}

/** The members in the order in which canonical JSON writes them. */
export function inOrder<T>(members: Readonly<Record<string, T>>): Readonly<Record<string, T>> {
  return Object.fromEntries(Object.entries(members).sort(([a], [b]) => (a < b ? -1 : 1)));
}
