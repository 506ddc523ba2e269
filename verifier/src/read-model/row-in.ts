import type { RowKey } from '@huilian/core';
import type { Verification } from '../ledger-verifier.js';

/** A row of the fold by its key. */
export function rowIn<R>({ state }: Pick<Verification, 'state'>, key: RowKey<R>): R | undefined {
  const text = state.text(key);
  return text === undefined ? undefined : (JSON.parse(text) as R);
}
