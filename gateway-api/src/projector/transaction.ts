import {
  batchDigest,
  canonicalText,
  eventSchema,
  parseCanonical,
  rowOfStored,
  unpackGroup,
  verdictsOf,
  type BatchRow,
  type Json,
  type LedgerEvent,
  type SignedBatch,
} from '@huilian/core';
import { positionOf } from '../views/position.js';
import { rowShapes } from './row-shapes.js';
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
    rows.filter(({ prefix }) => prefix === 'batch').map(({ id, row }) => [id, row as BatchRow]),
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
  const shape = Object.hasOwn(rowShapes, prefix) ? rowShapes[prefix] : undefined;
  // Rows of a later version of the chaincode.
  if (shape === undefined) return [];
  const row = value === null ? undefined : parseRow(key, value);
  if (row !== undefined && shape.safeParse(row).success) return [{ prefix, id, row }];
  anomalies.push(value === null ? `row ${key} is deleted` : `row ${key} cannot be read`);
  return [];
}

/** Documents hold rows two levels down, so the depth that canonical JSON may have is counted from there. */
function parseRow(key: string, value: Uint8Array): unknown {
  try {
    const [[row]] = parseCanonical(Buffer.concat([Buffer.from('[['), value, Buffer.from(']]')])) as [[Json]];
    return rowOfStored(key, row);
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
  let index = 0;
  for (const batch of readGroup(transaction, anomalies)) {
    const { keyId, sequence } = batch.header;
    const id = `${keyId}/${String(sequence).padStart(sequenceDigits, '0')}`;
    const row = written.get(id);
    // Without a row it was known before; with the row of another digest it is a fork.
    if (row?.digest !== batchDigest(batch.header)) continue;
    const at = (offset: number): string =>
      positionOf({ block, transaction: transaction.index, index: offset });
    const verdicts = verdictsOf(row);
    const notices = new Map(row.notices ?? []);
    const first = index;
    const events = batch.events.map((event, i): ProjectedEvent => {
      const notice = notices.get(i);
      const known = { event, bytes: canonicalText(event), verdict: verdicts[i] ?? 'accepted', index: i };
      return { position: at(first + i), ...known, ...(notice === undefined ? {} : { notice }) };
    });
    index += events.length;
    batches.push({ id, position: at(first), batch, row, events });
  }
  return batches;
}

function readGroup(transaction: SourceTransaction, anomalies: string[]): SignedBatch[] {
  try {
    const values: readonly unknown[] = unpackGroup(transaction.args[0] ?? new Uint8Array()).map(
      ({ value }) => value,
    );
    const batches = values.filter(isBatch);
    if (batches.length < values.length) anomalies.push('the argument holds what is no batch');
    return batches;
  } catch (error) {
    anomalies.push(`the argument is not a group: ${error instanceof Error ? error.message : String(error)}`);
    return [];
  }
}

/** The shape that is relied on here. Endorsers have checked the rest, and the verifier checks the endorsers. */
function isBatch(value: unknown): value is SignedBatch {
  const batch = value as Partial<SignedBatch> | null;
  return (
    typeof batch?.header?.keyId === 'string' &&
    Number.isSafeInteger(batch.header.sequence) &&
    typeof batch.signature === 'string' &&
    typeof batch.seed === 'string' &&
    Array.isArray(batch.events) &&
    batch.events.every(
      (event: unknown) => eventSchema((event as LedgerEvent | null)?.type ?? '')?.safeParse(event).success,
    )
  );
}
