import type { TrustBundle } from '@huilian/core';
import { compareReadModel, type ReadModelEntry } from './compare-read-model.js';
import { compareState, requireSettled, settle, type StateRow } from './compare-state.js';
import { DifferenceFound, type Difference } from './difference.js';
import { LedgerVerifier, type Counts } from './ledger-verifier.js';

export interface VerifyOptions {
  /** The bytes of every block from the genesis block on, from a peer or an archive. It must end. */
  readonly source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>;
  readonly trust: TrustBundle;
  /** All rows of a peer's world state, in any order, read after `source` ended. */
  readonly stateSource?: () => AsyncIterable<StateRow> | Iterable<StateRow>;
  /** The blocks after a number, up to the peer's height now: what was committed while the state was being read. */
  readonly laterBlocks?: (after: number) => AsyncIterable<Uint8Array> | Iterable<Uint8Array>;
  readonly readModelSource?: () => AsyncIterable<ReadModelEntry> | Iterable<ReadModelEntry>;
  /** Prefixes of keys of which the read model must hold every row. */
  readonly readModelComplete?: readonly string[];
  /** Called after each block. */
  readonly onProgress?: (progress: Progress) => void;
}

export interface Progress {
  readonly block: number;
  readonly events: number;
}

/** What was verified, and the first difference if there is one. */
export interface LedgerReport extends Readonly<Counts> {
  readonly ok: boolean;
  readonly ledger: string;
  /** Number and hash of the last block that held. */
  readonly head?: { readonly number: number; readonly hash: string };
  /** How blocks are signed: with Raft it is one orderer that signed, with SmartBFT a quorum. */
  readonly ordererSignatures?: { readonly form: string; readonly count: number };
  readonly chaincodeVersion?: string;
  /** Rows in the fold; compared with the world state when `stateCompared`. */
  readonly rows: number;
  readonly stateCompared: boolean;
  readonly readModelEntries?: number;
  readonly firstDifference?: Difference;
}

/**
 * Re-derives a ledger from its blocks:
 *
 * 1. the genesis block has the hash that the trust bundle pins; configuration blocks are folded from it,
 * 2. numbers, previous hashes and data hashes link,
 * 3. the orderers' signatures satisfy the channel's policy,
 * 4. every validation code follows from signatures, certificates, endorsement policies, transaction ids and versions,
 * 5. every commit hash follows from the codes and the writes,
 * 6. every write and response follows from the signed batches by the rules,
 * 7. the world state of a peer and the read model of a gateway equal the end of the fold.
 *
 * It stops at the first difference and reports it; it throws only when a source fails.
 */
export async function verifyLedger(options: VerifyOptions): Promise<LedgerReport> {
  const verifier = new LedgerVerifier(options.trust);
  const report: { stateCompared: boolean; readModelEntries?: number } = { stateCompared: false };
  try {
    await followBlocks(options.source, verifier, options);
    if (verifier.head === undefined) throw empty();
    if (options.stateSource !== undefined) {
      await checkState(options.stateSource, verifier, options);
      report.stateCompared = true;
    }
    if (options.readModelSource !== undefined) {
      const complete = options.readModelComplete ?? [];
      report.readModelEntries = await compareReadModel(options.readModelSource(), verifier, complete);
    }
    return { ok: true, ...summary(verifier, options.trust), ...report };
  } catch (error) {
    if (!(error instanceof DifferenceFound)) throw error;
    return { ok: false, ...summary(verifier, options.trust), ...report, firstDifference: error.difference };
  }
}

async function followBlocks(
  source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  verifier: LedgerVerifier,
  options: VerifyOptions,
): Promise<void> {
  for await (const bytes of source) {
    const block = verifier.block(bytes);
    options.onProgress?.({ block: block.number, events: verifier.counts.events });
  }
}

/** Rows may change while they are read: what does not fit at once must fit after one of the blocks that came meanwhile. */
async function checkState(
  stateSource: NonNullable<VerifyOptions['stateSource']>,
  verifier: LedgerVerifier,
  options: VerifyOptions,
): Promise<void> {
  const unsettled = await compareState(stateSource(), verifier);
  if (unsettled.size > 0 && options.laterBlocks !== undefined) {
    for await (const bytes of options.laterBlocks(verifier.head?.number ?? 0)) {
      verifier.block(bytes);
      settle(unsettled, verifier);
    }
  }
  requireSettled(unsettled, verifier);
}

function empty(): DifferenceFound {
  const what = 'blocks of the source';
  return new DifferenceFound({
    code: 'HL-6037',
    block: 0,
    what,
    expected: 'a genesis block',
    found: 'none',
    evidence: {},
  });
}

function summary(verifier: LedgerVerifier, trust: TrustBundle): Omit<LedgerReport, 'ok' | 'stateCompared'> {
  const { head, ordererSigners, chaincodeVersion } = verifier;
  return {
    ...verifier.counts,
    ledger: trust.ledger,
    rows: verifier.state.size,
    ...(head === undefined ? {} : { head }),
    ...(ordererSigners === undefined ? {} : { ordererSignatures: ordererSigners }),
    ...(chaincodeVersion === undefined ? {} : { chaincodeVersion }),
  };
}
