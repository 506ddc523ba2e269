import {
  parseCanonical,
  readStored,
  rowOfStored,
  verdictsOf,
  type BatchRow,
  type Json,
  type LedgerEvent,
  type SignedBatch,
} from '@huilian/core';
import { positionOf, positionsOf } from '../views/position.js';
import { digestOf, readGroup } from './group.js';
import { isKnownRow, isRow } from './shapes.js';
import type { SourceTransaction } from './source.js';

/** One event of a recorded batch with its verdict. */
export interface ProjectedEvent {
  readonly position: string;
  readonly event: LedgerEvent;
  /** Canonical bytes, as text. */
  readonly bytes: string;
  readonly verdict: string;
  readonly notice?: string;
  readonly index: number;
}

/** A recorded batch: what its signer sent, from the argument, and what became of it, from the write set. */
export interface ProjectedBatch {
  readonly id: string;
  readonly position: string;
  readonly batch: SignedBatch;
  readonly row: BatchRow;
  readonly events: readonly ProjectedEvent[];
}

/** A row that a transaction wrote: `prefix/id`. */
export interface ProjectedRow {
  readonly prefix: string;
  readonly id: string;
  readonly row: unknown;
}

/** A valid transaction, taken apart. */
export interface ProjectedTransaction {
  readonly id: string;
  readonly position: string;
  readonly time: number;
  readonly rows: readonly ProjectedRow[];
  readonly batches: readonly ProjectedBatch[];
  /** What could not be read. */
  readonly anomalies: readonly string[];
}

const recordFunction = 'Record:record';
const sequenceDigits = 10;

/**
 * Takes a valid transaction apart: event bytes come from its argument, everything else from its write set. A batch is
 * recorded if and only if its row is written here. Nothing is judged; what cannot be read is an anomaly and stops nobody,
 * else two organisations could stop every gateway.
 */
export function takeApart(block: number, transaction: SourceTransaction): ProjectedTransaction {
  const anomalies: string[] = [];
  const rows = transaction.writes.flatMap((write) => readRow(write, anomalies));
  const written = new Map(
    rows.filter(({ prefix }) => prefix === 'recorded').map(({ id, row }) => [id, row as BatchRow]),
  );
  const batches =
    transaction.function === recordFunction ? recordedBatches(block, transaction, written, anomalies) : [];
  for (const { id } of batches) written.delete(id);
  for (const id of written.keys()) anomalies.push(`batch ${id} is written and not in the argument`);
  return {
    id: transaction.id,
    position: positionOf({ block, transaction: transaction.index, index: 0 }),
    time: transaction.time,
    rows,
    batches,
    anomalies,
  };
}

function readRow({ key, value }: SourceTransaction['writes'][number], anomalies: string[]): ProjectedRow[] {
  const slash = key.indexOf('/');
  const [prefix, id] = slash < 0 ? [key, key] : [key.slice(0, slash), key.slice(slash + 1)];
  // Rows of a later version of the chaincode.
  if (!isKnownRow(prefix)) return [];
  const row = value === null ? undefined : parseRow(key, value);
  if (isRow(prefix, row)) return [{ prefix, id, row }];
  anomalies.push(value === null ? `row ${key} is deleted` : `row ${key} cannot be read`);
  return [];
}

const opening = Buffer.from('[[');
const closing = Buffer.from(']]');

/** Documents hold rows two levels down, so the depth that canonical JSON may have is counted from there. */
function parseRow(key: string, value: Uint8Array): unknown {
  try {
    // Nearly all rows are of items: two organisations agreed on their bytes, and their form takes no member that it does not know.
    if (key.startsWith('item/')) return readStored(key, value);
    const [[stored]] = parseCanonical(Buffer.concat([opening, value, closing])) as [[Json]];
    return rowOfStored(key, stored);
  } catch {
    return undefined;
  }
}

function recordedBatches(
  block: number,
  transaction: SourceTransaction,
  written: ReadonlyMap<string, BatchRow>,
  anomalies: string[],
): ProjectedBatch[] {
  const batches: ProjectedBatch[] = [];
  const at = positionsOf({ block, transaction: transaction.index });
  let first = 0;
  for (const { batch, header, eventText } of readGroup(transaction.args[0], anomalies)) {
    const { keyId, sequence } = batch.header;
    const id = `${keyId}/${String(sequence).padStart(sequenceDigits, '0')}`;
    const row = written.get(id);
    // Without a row it was known before; with the row of another digest it is a fork.
    if (row?.digest !== digestOf(header)) continue;
    const verdicts = verdictsOf(row);
    const notices = row.notices === undefined ? undefined : new Map(row.notices);
    const start = first;
    const events = batch.events.map((event, index): ProjectedEvent => {
      const notice = notices?.get(index);
      const verdict = verdicts[index] ?? 'accepted';
      const known = { position: at(start + index), event, bytes: eventText(index), verdict, index };
      return notice === undefined ? known : { ...known, notice };
    });
    first += events.length;
    batches.push({ id, position: at(start), batch, row, events });
  }
  return batches;
}
