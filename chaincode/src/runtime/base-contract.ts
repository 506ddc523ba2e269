import {
  canonicalText,
  HuilianError,
  InadmissibleError,
  runFoldAsync,
  type Fold,
  type Row,
} from '@huilian/core';
import { Contract, type Context } from 'fabric-contract-api';
import { Ledger } from '../ledger.js';
import { checkTime } from './clock.js';

/**
 * What every contract does around a transaction: check its time, give errors a form that clients can read, and write at the
 * end what it has written.
 */
export class BaseContract extends Contract {
  override async beforeTransaction(context: Context): Promise<void> {
    await asAnswer(() => {
      const ledger = new Ledger(context);
      checkName(ledger.function, this.getName());
      checkTime(ledger.time);
      return Promise.resolve();
    });
  }

  override async aroundTransaction(...call: Parameters<Contract['aroundTransaction']>): Promise<void> {
    return asAnswer(() => super.aroundTransaction(...call));
  }

  /** Comes only after success: what a failed transaction wrote never reaches the peer. */
  override async afterTransaction(context: Context): Promise<void> {
    await new Ledger(context).flush();
  }
}

/**
 * Admits a function only under its full name `Contract:method`. The runtime takes other spellings for the same function, and
 * whoever reads the blocks would not know what was called.
 */
function checkName(name: string, contract: string): void {
  if (!name.startsWith(`${contract}:`) || !/^[A-Za-z]+:[A-Za-z]+$/.test(name))
    throw new HuilianError('HL-3020', { function: name.slice(0, 80) });
}

/** Runs a fold of core against the world state. */
export function fold<R>(ledger: Ledger, computation: Fold<R>): Promise<R> {
  return runFoldAsync(computation, (keys) => ledger.read(keys));
}

/** The canonical text of one row, for a query. */
export async function rowText(context: Context, key: string): Promise<string> {
  const rows: ReadonlyMap<string, Row | undefined> = await new Ledger(context).read([key]);
  return canonicalText(rows.get(key) ?? null);
}

/** Errors of ours travel as canonical JSON: code, details, and the offending batches where there are any. */
async function asAnswer<R>(work: () => Promise<R>): Promise<R> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof HuilianError)) throw error;
    const offences = error instanceof InadmissibleError ? { offences: error.offences } : {};
    throw new Error(canonicalText({ code: error.code, details: error.details, ...offences }), {
      cause: error,
    });
  }
}
