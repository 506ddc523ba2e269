import {
  batchDigest,
  canonicalText,
  eventLeaf,
  isSignedBy,
  itemOf,
  mentionsOf,
  merkleRoot,
  rowKey,
  saltOf,
  verdictsOf,
  type BatchHeader,
  type BatchRow,
  type LedgerEvent,
} from '@huilian/core';
import { firstMember } from '../compare-rows.js';
import { DifferenceFound, differ, hex, same, type Place } from '../difference.js';
import type { Verification } from '../ledger-verifier.js';
import { positionText } from '../replay/position.js';
import { rowIn } from './row-in.js';
import type { Document, HeldBatch, ReadModelSource } from './source.js';

const code = 'HL-6035';

/** How many batches and events were compared. */
export interface ComparedBatches {
  readonly batches: number;
  readonly events: number;
}

/** Where the batch before ended. */
interface End {
  readonly block: number;
  readonly transaction: number;
  readonly index: number;
}

/**
 * Compares the batches of a read model, up to the last block that was verified, with the fold: nothing that is recorded
 * changes any more. Each must stand where its row was written, behind the one before; be signed, with the digest and the
 * root of its row; and have that row's verdicts, notices, transaction and time. None may be missing.
 *
 * @throws DifferenceFound HL-6035
 */
export async function compareBatches(
  source: ReadModelSource,
  verifier: Verification,
): Promise<ComparedBatches> {
  const head = verifier.chain.head?.number ?? 0;
  let [batches, events] = [0, 0];
  let end: End = { block: -1, transaction: 0, index: 0 };
  for await (const held of source.batches(head)) {
    if (blockOf(held) > head) break;
    end = compareReadable(held, verifier, end);
    batches += 1;
    events += held.events.filter((event) => event['mention'] === undefined).length;
  }
  if (batches !== verifier.counts.batches) await nameMissing(source, verifier);
  return { batches, events };
}

/** Block of the first event; -1 if it is not told. */
function blockOf({ events: [first] }: HeldBatch): number {
  const block = /^(\d{10})\./.exec(String(first?.['position']))?.[1];
  return block === undefined ? -1 : Number(block);
}

/** A document may hold anything, also what has no canonical form or no root. */
function compareReadable(held: HeldBatch, verifier: Verification, before: End): End {
  try {
    return compareBatch(held, verifier, before);
  } catch (error) {
    if (error instanceof DifferenceFound) throw error;
    const found = error instanceof Error ? error.message : String(error);
    const where = { block: verifier.chain.head?.number ?? 0 };
    return differ(code, where, `recorded/${idOf(held)}`, 'readable documents', found);
  }
}

function compareBatch(held: HeldBatch, verifier: Verification, before: End): End {
  const id = idOf(held);
  const key = `recorded/${id}`;
  const row = rowIn<BatchRow>(verifier, key);
  const version = verifier.versionOf(key);
  const where = { block: verifier.chain.head?.number ?? 0 };
  if (row === undefined || version === undefined) return differ(code, where, key, 'no batch', 'a batch');
  const place = { block: version.block, index: version.transaction, transaction: row.transaction };
  const isSameTransaction = version.block === before.block && version.transaction === before.transaction;
  const index = isSameTransaction ? before.index : 0;
  const position = positionText({ ...version, index });
  const header = checkHeader(held, row, { key, position, place, verifier });
  const known = {
    keyId: header.keyId,
    sequence: header.sequence,
    signer: rowIn(verifier, rowKey.key(header.keyId))?.owner,
    transaction: row.transaction,
    time: row.time,
  };
  const texts = held.events.flatMap(({ bytes }) => (typeof bytes === 'string' ? [bytes] : []));
  checkRoot(texts, String(held.batch?.['seed']), row, key, place);
  const notices = new Map(row.notices);
  const expected = verdictsOf(row).flatMap((verdict, i) => {
    const at = positionText({ ...version, index: index + i });
    return documentsOf(texts[i] ?? '', at, { ...known, index: i, verdict, notice: notices.get(i) });
  });
  compareDocuments(expected, held.events, place);
  return { ...version, index: index + row.count };
}

function idOf({ events: [first] }: HeldBatch): string {
  return `${String(first?.['keyId'])}/${String(first?.['sequence']).padStart(10, '0')}`;
}

interface Asked {
  readonly key: string;
  readonly position: string;
  readonly place: Place;
  readonly verifier: Verification;
}

/** The header must be what the batch's row and the signer's key stand for. */
function checkHeader(
  { batch }: HeldBatch,
  row: BatchRow,
  { key, position, place, verifier }: Asked,
): BatchHeader {
  if (batch === undefined) return differ(code, place, key, 'a batch', 'events alone');
  const { header, signature } = batch as { header?: BatchHeader; signature?: unknown };
  if (typeof header !== 'object')
    return differ(code, place, key, 'a header', typeof header, { member: 'header' });
  same(code, place, `digest of ${key}`, row.digest, batchDigest(header), { member: 'header' });
  const { keyId, sequence } = header;
  const expected = { ...batch, id: key.slice(key.indexOf('/') + 1), keyId, sequence, position };
  compareDocument(expected, batch, key, place);
  const signer = rowIn(verifier, rowKey.key(keyId));
  const isSigned =
    signer !== undefined && isSignedBy({ header, signature: String(signature) }, signer.publicKey);
  if (!isSigned)
    differ(code, place, `signature of ${key}`, `one of key ${keyId}`, String(signature), {
      member: 'signature',
    });
  return header;
}

/** The very bytes that were signed: seed and events have the root of the row. */
function checkRoot(texts: readonly string[], seed: string, row: BatchRow, key: string, place: Place): void {
  same(code, place, `events of ${key}`, row.count, texts.length);
  const leaves = texts.map((text, i) => eventLeaf(saltOf(seed, i), Buffer.from(text, 'utf8')));
  same(code, place, `root of ${key}`, row.root, hex(merkleRoot(leaves)), { member: 'bytes' });
}

/** An event's document as it must be, and the mentions of it. */
function documentsOf(bytes: string, position: string, known: Document): Document[] {
  const event = JSON.parse(bytes) as LedgerEvent;
  const item = itemOf(event);
  const shared = { position, type: event.type, ...known };
  const mentioned = [...new Set(mentionsOf(event))].filter((other) => other !== item).sort();
  return [
    { id: position, ...shared, bytes, item },
    ...mentioned.map((other) => ({ id: `${position}/${other}`, ...shared, item: other, mention: true })),
  ];
}

function compareDocuments(expected: readonly Document[], found: readonly Document[], place: Place): void {
  for (const [i, document] of expected.entries())
    compareDocument(document, found[i], `event ${String(document['id'])}`, place);
  const [more] = found.slice(expected.length);
  if (more !== undefined)
    differ(code, place, `event ${String(more['id'])}`, 'no document', canonicalText(more));
}

function compareDocument(expected: Document, found: Document | undefined, what: string, place: Place): void {
  const [wanted, held] = [canonicalText(expected), found === undefined ? undefined : canonicalText(found)];
  const member = firstMember(wanted, held);
  same(code, place, what, wanted, held ?? 'no document', member === undefined ? {} : { member });
}

/** A batch is missing: names the first by its key. */
async function nameMissing(source: ReadModelSource, verifier: Verification): Promise<void> {
  const block = verifier.chain.head?.number ?? 0;
  const missing = new Set([...verifier.state.keys()].filter((key) => key.startsWith('recorded/')));
  for await (const held of source.batches(block)) missing.delete(`recorded/${idOf(held)}`);
  const [key] = [...missing].sort();
  const what = key ?? 'recorded batches';
  differ(code, { block }, what, 'a batch', 'no events', { batchesThatAreMissing: missing.size });
}
