import { parentPort, workerData } from 'node:worker_threads';
import type { TrustBundle } from '@huilian/core';
import { ChainVerifier } from '../chain-verifier.js';
import { leavesOf } from '../replay/leaves.js';
import { Tables, type TablesOptions } from '../rows/tables.js';
import { verdictOf, type Verdict } from './message.js';

/** What the thread is started with. */
export interface ChainThreadData {
  readonly trust: TrustBundle;
  readonly tables: TablesOptions;
}

/** The thread that checks the chain: it is sent blocks as bytes and answers each with a verdict, up to the first that fails. */
const { trust, tables } = workerData as ChainThreadData;
const verifier = new ChainVerifier(trust, new Tables(tables));

parentPort?.on('message', (bytes: Uint8Array) => {
  const verdict = check(bytes);
  const leaves = verdict.kind === 'held' ? verdict.leaves : [];
  parentPort?.postMessage(
    verdict,
    leaves.flatMap((group) => (group === undefined ? [] : [group.buffer as ArrayBuffer])),
  );
});

function check(bytes: Uint8Array): Verdict {
  try {
    const { transactions } = verifier.block(bytes);
    return { kind: 'held', chain: verifier.state, leaves: transactions.map(leavesOf) };
  } catch (error) {
    return verdictOf(error);
  }
}
