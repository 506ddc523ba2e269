/** Both sides have their members in the order in which canonical JSON writes them: writing is faster so. */
export interface Form<R, S> {
  readonly store: (row: R) => S;
  readonly read: (stored: S) => R;
}
