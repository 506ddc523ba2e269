import {
  canonicalText,
  foundLedger,
  HuilianError,
  openGroup,
  recordAnswer,
  recordOpened,
  registerAdministrator,
  reopenGroup,
  requireRelay,
  rowKey,
  storedText,
  type Fold,
  type JudgedTransaction,
  type LedgerRow,
  type RecordedBatch,
  type Row,
  type SignedBatch,
} from '@huilian/core';
import type { LedgerTransaction } from '@huilian/fabric';
import { differ, same, type Place } from '../difference.js';
import { recordFunction, withLeaves, type Leaves } from './leaves.js';
import { positionText } from './position.js';
import { submitterOf } from './submitter.js';
import type { State } from './state.js';

/** What a transaction must have done, by the rules. */
interface Expected {
  /** The batches that came in, if the transaction records any. */
  readonly judged?: readonly SignedBatch[];
  readonly writes: ReadonlyMap<string, Row>;
  readonly response: string;
  readonly batches: readonly RecordedBatch[];
}

/** What a replayed transaction contained. */
export interface Replayed {
  readonly batches: number;
  readonly events: number;
  readonly refused: number;
}

/** Derives something from transactions, one after another. */
export interface Watch {
  /** @param before reads rows as the transaction found them */
  take(transaction: JudgedTransaction, before: (key: string) => Row | undefined): void;
}

const nothing: Replayed = { batches: 0, events: 0, refused: 0 };

/** The functions that write, each as the same fold that the chaincode runs. */
const writers: Readonly<Record<string, (transaction: LedgerTransaction, leaves?: Leaves) => Fold<Expected>>> =
  {
    [recordFunction]: recordFold,
    'Administration:foundLedger': foundFold,
    'Administration:registerAdministrator': administratorFold,
  };

/**
 * Runs a valid transaction again with the rules and the verifier's own state, and compares reads, writes and response with
 * what was endorsed. Then takes over the writes.
 *
 * @param ledger SHA-256 of the genesis block's header, hex: what the ledger row must say.
 * @param watches take what was judged, before its writes are taken over
 * @param leaves of the transaction's group, if it was opened before
 */
export function replay(
  transaction: LedgerTransaction,
  state: State,
  ledger: string,
  place: Place,
  watches: readonly Watch[],
  leaves?: Leaves,
): Replayed {
  const name = transaction.function;
  const fold = Object.hasOwn(writers, name) ? writers[name]?.(transaction, leaves) : undefined;
  if (fold === undefined) {
    const written = transaction.writes.map((write) => write.key).join(' ');
    same('HL-6033', place, `rows written by ${transaction.function}`, '', written);
    return nothing;
  }
  const { result, asked } = run(fold, state, place);
  compareReads(asked, transaction, place);
  const texts = compareWrites(result.writes, transaction, place);
  if (!isText(transaction.response, result.response)) {
    const found = Buffer.from(transaction.response).toString('utf8');
    differ('HL-6032', place, `response of ${transaction.function}`, result.response, found);
  }
  const founded = result.writes.get(rowKey.ledger) as LedgerRow | undefined;
  if (founded !== undefined) same('HL-6022', place, 'ledger that the ledger row names', ledger, founded.id);
  const { batches, writes, judged } = result;
  if (judged !== undefined) {
    const positionOf = (index: number): string =>
      positionText({ block: place.block, transaction: transaction.index, index });
    const { time } = transaction;
    const again = { batches: judged, recorded: batches, writes, time, positionOf };
    for (const watch of watches) watch.take(again, (key) => state.get(key));
  }
  let position = 0;
  const version = { block: place.block, transaction: transaction.index };
  for (const key of result.writes.keys()) state.put(key, texts[position++] ?? '', version);
  return summarise(result.batches);
}

function run(fold: Fold<Expected>, state: State, place: Place): { result: Expected; asked: string[] } {
  const asked: string[] = [];
  try {
    let step = fold.next();
    while (step.done !== true) {
      const rows = new Map<string, Row | undefined>();
      for (const key of step.value) {
        asked.push(key);
        rows.set(key, state.get(key));
      }
      step = fold.next(rows);
    }
    return { result: step.value, asked };
  } catch (error) {
    if (!(error instanceof HuilianError)) throw error;
    return differ('HL-6033', place, 'admission', 'an admissible transaction', error.message, {
      code: error.code,
    });
  }
}

/** A row that the rules look at must be read by the transaction, or two of them could pass each other. */
function compareReads(asked: readonly string[], transaction: LedgerTransaction, place: Place): void {
  const read = new Set(transaction.reads.map(({ key }) => key));
  for (const key of asked) {
    if (!read.has(key)) differ('HL-6031', place, `read of ${key}`, 'a recorded read', 'none');
  }
}

/** @returns the expected rows as they are stored, in their order. */
function compareWrites(
  expected: ReadonlyMap<string, Row>,
  transaction: LedgerTransaction,
  place: Place,
): string[] {
  const texts: string[] = [];
  const { writes } = transaction;
  let isSame = writes.length === expected.size;
  for (const [key, row] of expected) {
    const write = writes[texts.length];
    const text = storedText(key, row);
    texts.push(text);
    isSame &&= write?.key === key && write.value !== null && isText(write.value, text);
  }
  if (!isSame) findDifference(expected, transaction, place);
  return texts;
}

/** Writes in another order are none. */
function findDifference(
  expected: ReadonlyMap<string, Row>,
  transaction: LedgerTransaction,
  place: Place,
): void {
  const found = new Map(transaction.writes.map(({ key, value }) => [key, value]));
  for (const [key, row] of expected) {
    const value = found.get(key);
    const text = storedText(key, row);
    if (value instanceof Uint8Array && isText(value, text)) continue;
    const instead =
      value === undefined ? 'no write' : value === null ? 'a deletion' : Buffer.from(value).toString('utf8');
    differ('HL-6031', place, `row ${key}`, text, instead);
  }
  for (const key of found.keys()) {
    if (!expected.has(key)) differ('HL-6031', place, `row ${key}`, 'no write', 'a write');
  }
}

const encoder = new TextEncoder();
let encoded = new Uint8Array(65_536);

/** True when the bytes are the UTF-8 form of the text. */
function isText(bytes: Uint8Array, text: string): boolean {
  if (bytes.length < text.length) return false;
  if (encoded.length < bytes.length + 4) encoded = new Uint8Array(bytes.length + 4);
  const { read, written } = encoder.encodeInto(text, encoded);
  return (
    read === text.length &&
    written === bytes.length &&
    Buffer.compare(bytes, encoded.subarray(0, written)) === 0
  );
}

function summarise(batches: readonly RecordedBatch[]): Replayed {
  const recorded = batches.filter(({ status }) => status === 'recorded');
  const verdicts = recorded.flatMap((batch) => batch.verdicts);
  const refused = verdicts.filter((verdict) => verdict !== 'accepted').length;
  return { batches: recorded.length, events: verdicts.length, refused };
}

function* recordFold(transaction: LedgerTransaction, leaves?: Leaves): Fold<Expected> {
  requireRelay(submitterOf(transaction.creator));
  const context = { time: transaction.time, transaction: transaction.id };
  const group = argument(transaction);
  const opened = leaves === undefined ? openGroup(group) : withLeaves(reopenGroup(group), leaves);
  const { writes, batches } = yield* recordOpened(opened, context);
  const judged = opened.map(({ batch }) => batch);
  return { writes, batches, judged, response: recordAnswer(batches) };
}

function* foundFold(transaction: LedgerTransaction): Fold<Expected> {
  const id = Buffer.from(argument(transaction)).toString('utf8');
  const { writes } = yield* foundLedger(id, submitterOf(transaction.creator));
  return { writes, batches: [], response: canonicalText({ ledger: id }) };
}

function* administratorFold(transaction: LedgerTransaction): Fold<Expected> {
  const submitter = submitterOf(transaction.creator);
  const { writes, keyId } = yield* registerAdministrator(argument(transaction), submitter);
  return { writes, batches: [], response: canonicalText({ keyId }) };
}

function argument(transaction: LedgerTransaction): Uint8Array {
  return transaction.args[0] ?? new Uint8Array();
}
