import type { ErrorCode, TrustBundle } from '@huilian/core';
import { compareRows, requireSettled, settle, type RowSource } from './compare-rows.js';
import { DifferenceFound, type Difference } from './difference.js';
import { LedgerVerifier, type Counts } from './ledger-verifier.js';

type Blocks = AsyncIterable<Uint8Array> | Iterable<Uint8Array>;

export interface VerifyOptions {
  /** The bytes of every block from the genesis block on, from a peer or an archive. It must end. */
  readonly source: Blocks;
  readonly trust: TrustBundle;
  /** All rows of a peer's world state, in any order. It is read after `source` ended. */
  readonly stateSource?: RowSource;
  /** Rows of a gateway's read model. */
  readonly readModelSource?: RowSource;
  /** Prefixes of keys of which the read model must hold every row. Default: items. */
  readonly readModelComplete?: readonly string[];
  /** The blocks after a number, up to the peer's height now: what was committed while rows were being read. */
  readonly laterBlocks?: (after: number) => Blocks;
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
  /** Rows in the fold of the blocks. */
  readonly rows: number;
  /** Rows of the world state that were compared. */
  readonly stateRows?: number;
  /** Rows of the read model that were compared. */
  readonly readModelRows?: number;
  readonly firstDifference?: Difference;
}

type Compared = Pick<
  { -readonly [Name in keyof LedgerReport]: LedgerReport[Name] },
  'stateRows' | 'readModelRows'
>;

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
  const compared: Compared = {};
  try {
    await follow(options.source, verifier, options);
    if (verifier.head === undefined) throw noBlocks();
    if (options.stateSource !== undefined) {
      compared.stateRows = await check(options.stateSource, [''], 'HL-6034', verifier, options);
    }
    if (options.readModelSource !== undefined) {
      const complete = options.readModelComplete ?? ['item/'];
      compared.readModelRows = await check(options.readModelSource, complete, 'HL-6035', verifier, options);
    }
    return { ok: true, ...summary(verifier, options.trust), ...compared };
  } catch (error) {
    if (!(error instanceof DifferenceFound)) throw error;
    return { ok: false, ...summary(verifier, options.trust), ...compared, firstDifference: error.difference };
  }
}

async function follow(source: Blocks, verifier: LedgerVerifier, options: VerifyOptions): Promise<void> {
  for await (const bytes of source) {
    const block = verifier.block(bytes);
    options.onProgress?.({ block: block.number, events: verifier.counts.events });
  }
}

/** Rows may change while they are read: what does not fit at once must fit after one of the blocks that came meanwhile. */
async function check(
  source: RowSource,
  complete: readonly string[],
  code: ErrorCode,
  verifier: LedgerVerifier,
  { laterBlocks }: VerifyOptions,
): Promise<number> {
  const { unsettled, count } = await compareRows(source(), verifier, complete);
  if (unsettled.size > 0 && laterBlocks !== undefined) {
    for await (const bytes of laterBlocks(verifier.head?.number ?? 0)) {
      verifier.block(bytes);
      settle(unsettled, verifier);
    }
  }
  requireSettled(unsettled, verifier, code);
  return count;
}

function noBlocks(): DifferenceFound {
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

function summary(verifier: LedgerVerifier, trust: TrustBundle): Omit<LedgerReport, 'ok'> {
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
