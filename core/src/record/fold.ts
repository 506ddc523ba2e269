import type { Row } from '../model/rows.js';

/** Rows by key; undefined where there is none. */
export type Rows = ReadonlyMap<string, Row | undefined>;

/**
 * A computation over the world state that reads nothing itself: it yields the keys it needs and receives their rows. The
 * chaincode answers from the ledger, the verifier from its own fold, the scanner from what it knows.
 */
export type Fold<R> = Generator<readonly string[], R, Rows>;

/** Runs a fold against a function that has all rows at hand. */
export function runFold<R>(fold: Fold<R>, read: (key: string) => Row | undefined): R {
  let step = fold.next();
  while (!step.done) step = fold.next(new Map(step.value.map((key) => [key, read(key)])));
  return step.value;
}

/** Runs a fold against a store that answers later. */
export async function runFoldAsync<R>(
  fold: Fold<R>,
  read: (keys: readonly string[]) => Promise<Rows>,
): Promise<R> {
  let step = fold.next();
  while (!step.done) step = fold.next(await read(step.value));
  return step.value;
}
