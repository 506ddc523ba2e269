import { setTimeout as pause } from 'node:timers/promises';
import type { ErrorCode, TrustBundle } from '@huilian/core';
import {
  compareRows,
  requireSettled,
  settle,
  type ExpectedRows,
  type HeldRow,
  type RowSource,
} from './compare-rows.js';
import { DifferenceFound, type Difference } from './difference.js';
import { LedgerVerifier, type Counts, type Verification } from './ledger-verifier.js';
import { compareBatches } from './read-model/batches.js';
import { heldDocuments } from './read-model/documents.js';
import { heldLinks, itemLinks } from './read-model/links.js';
import { foundRows } from './read-model/rows.js';
import type { ReadModelSource } from './read-model/source.js';
import { ThreadedVerifier } from './threads/threaded-verifier.js';

type Blocks = AsyncIterable<Uint8Array> | Iterable<Uint8Array>;

export interface VerifyOptions {
  /** The bytes of every block from the genesis block on, from a peer or an archive. It must end. */
  readonly source: Blocks;
  readonly trust: TrustBundle;
  /** All rows of a peer's world state, in any order. It is read after `source` ended. */
  readonly stateSource?: RowSource;
  /** The whole of a gateway's read model. It is read after the world state. */
  readonly readModel?: ReadModelSource;
  /** The blocks after a number, up to the peer's height now: what was committed while rows were being read. */
  readonly laterBlocks?: (after: number) => Blocks;
  /** Folder for rows that do not fit into memory. Default: the system's for temporary files. */
  readonly scratchDirectory?: string;
  /** Processor cores to use, 1 or 2: with two, a thread checks the chain while this one replays. Default: 1. */
  readonly workers?: 1 | 2;
  /** Called after each block. */
  readonly onProgress?: (progress: Progress) => void;
  /** Called when all blocks hold and what others keep is compared: the rows of a peer, then the read model of a gateway. */
  readonly onCompare?: (what: 'state' | 'readModel') => void;
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
  /** Rows, recorded batches with their events, and links of items in the read model that were compared. */
  readonly readModelRows?: number;
  readonly readModelBatches?: number;
  readonly readModelEvents?: number;
  readonly readModelLinks?: number;
  /** Findings in the read model, each found anew in the blocks. */
  readonly readModelFindings?: number;
  /** Time limits of items in the read model, each counted anew from the blocks. */
  readonly readModelClocks?: number;
  readonly firstDifference?: Difference;
}

type Compared = Pick<
  { -readonly [Name in keyof LedgerReport]: LedgerReport[Name] },
  | 'stateRows'
  | 'readModelRows'
  | 'readModelBatches'
  | 'readModelEvents'
  | 'readModelLinks'
  | 'readModelFindings'
  | 'readModelClocks'
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
 * 7. the rows of a peer's world state equal the end of the fold,
 * 8. so do the rows, the batches with their events, the links of items, the findings and the time
 *    limits of items in a gateway's read model.
 *
 * It stops at the first difference and reports it; it throws only when a source fails, or with HuilianError HL-6050 when
 * rows that do not fit into memory cannot be kept.
 */
export async function verifyLedger(options: VerifyOptions): Promise<LedgerReport> {
  const verifier = verifierOf(options);
  const compared: Compared = {};
  try {
    await verifier.follow(options.source, () => {
      options.onProgress?.({ block: verifier.chain.head?.number ?? 0, events: verifier.counts.events });
    });
    if (verifier.chain.head === undefined) throw noBlocks();
    if (options.stateSource !== undefined) {
      options.onCompare?.('state');
      compared.stateRows = await compareState(options, verifier);
    }
    if (options.readModel !== undefined) {
      options.onCompare?.('readModel');
      await compareReadModel(options.readModel, verifier, options.laterBlocks, compared);
    }
    return { ok: true, ...summary(verifier, options.trust), ...compared };
  } catch (error) {
    if (!(error instanceof DifferenceFound)) throw error;
    return { ok: false, ...summary(verifier, options.trust), ...compared, firstDifference: error.difference };
  } finally {
    await verifier.close();
  }
}

/** A verification that takes blocks. */
interface Verifier extends Verification {
  /** Checks blocks one after another. `held` is called after each one. @throws DifferenceFound */
  follow(blocks: Blocks, held: () => void): Promise<void>;
  close(): void | Promise<void>;
}

function verifierOf({ trust, workers, scratchDirectory, readModel }: VerifyOptions): Verifier {
  const tables = scratchDirectory === undefined ? {} : { scratchDirectory };
  const options = { ...tables, derived: readModel !== undefined };
  return workers === 2 ? new ThreadedVerifier(trust, options) : new LedgerVerifier(trust, options);
}

type Later = VerifyOptions['laterBlocks'];

async function compareState(options: VerifyOptions, verifier: Verifier): Promise<number> {
  const rows = options.stateSource?.() ?? [];
  return check(
    { rows, expected: verifier.state, code: 'HL-6034', what: 'row' },
    verifier,
    options.laterBlocks,
  );
}

/** @param compared is told what was compared, also when a difference ends it */
async function compareReadModel(
  source: ReadModelSource,
  verifier: Verifier,
  later: Later,
  compared: Compared,
): Promise<void> {
  const shown = { code: 'HL-6035', newest: () => source.newest() } as const;
  const head = (): number => verifier.chain.head?.number ?? 0;
  const rows = { rows: source.rows(head()), expected: foundRows(verifier), what: 'row', ...shown };
  compared.readModelRows = await check(rows, verifier, later);
  const { batches, events } = await compareBatches(source, verifier);
  compared.readModelBatches = batches;
  compared.readModelEvents = events;
  let links = 0;
  const held = heldLinks(source.links(head()), () => (links += 1));
  await check({ rows: held, expected: itemLinks(verifier), what: 'links of', ...shown }, verifier, later);
  compared.readModelLinks = links;
  if (verifier.derived === undefined) return;
  const found = heldDocuments('finding', source.findings(head()));
  const findings = { rows: found, expected: verifier.derived.findings, what: 'finding', ...shown };
  compared.readModelFindings = await check(findings, verifier, later);
  const timed = heldDocuments('clock', source.clocks(head()));
  const clocks = { rows: timed, expected: verifier.derived.clocks, what: 'clock', ...shown };
  compared.readModelClocks = await check(clocks, verifier, later);
}

interface Comparison {
  readonly rows: AsyncIterable<HeldRow> | Iterable<HeldRow>;
  readonly expected: ExpectedRows;
  readonly code: ErrorCode;
  readonly what: string;
  /** Number of a block than which no row that was read is newer. */
  readonly newest?: () => number;
}

/** Rows may change while they are read: what does not fit at once must fit after one of the blocks that came meanwhile. */
async function check(comparison: Comparison, verifier: Verifier, later: Later): Promise<number> {
  const { rows, expected, code, what, newest } = comparison;
  const { unsettled, count } = await compareRows(rows, expected, verifier.newSet());
  if (unsettled.size > 0) {
    await catchUp(newest?.() ?? 0, verifier, later, () => {
      settle(unsettled, expected);
    });
  }
  requireSettled(unsettled, expected, { code, what, block: verifier.chain.head?.number ?? 0 });
  return count;
}

const pauseMilliseconds = 250;
const mostPauses = 40;

/**
 * Checks the blocks that came meanwhile. A gateway may have a block some moments before the peer that blocks are read from.
 *
 * @param block number of a block that must be among them
 * @param held called after each one
 */
async function catchUp(block: number, verifier: Verifier, later: Later, held: () => void): Promise<void> {
  const head = (): number => verifier.chain.head?.number ?? 0;
  for (let pauses = 0; ; pauses += 1) {
    if (later !== undefined) await verifier.follow(later(head()), held);
    if (head() >= block) return;
    if (later === undefined || pauses === mostPauses) throw tooFewBlocks(block, head());
    await pause(pauseMilliseconds);
  }
}

function tooFewBlocks(block: number, head: number): DifferenceFound {
  const what = 'blocks of the source';
  const expected = `block ${String(block)}, which the read model has`;
  const found = `block ${String(head)} as the last`;
  return new DifferenceFound({ code: 'HL-6037', block: head, what, expected, found, evidence: {} });
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

function summary(verifier: Verifier, trust: TrustBundle): Omit<LedgerReport, 'ok'> {
  const { head, ordererSigners, chaincodeVersion } = verifier.chain;
  return {
    ...verifier.counts,
    ledger: trust.ledger,
    rows: verifier.state.size,
    ...(head === undefined ? {} : { head }),
    ...(ordererSigners === undefined ? {} : { ordererSignatures: ordererSigners }),
    ...(chaincodeVersion === undefined ? {} : { chaincodeVersion }),
  };
}
