import { z } from 'zod';
import { canonical, canonicalText, parse, requireCanonical, type Json } from '../bytes/canonical.js';
import { sha256Hex } from '../bytes/digest.js';
import { toHex } from '../bytes/encode.js';
import { merkleRoot } from '../bytes/merkle.js';
import { signBytes, verifySignature, type PrivateKey, type PublicKey } from '../bytes/signature.js';
import { isNonce } from '../ids/item-id.js';
import { HuilianError } from '../messages/error.js';
import { checkEvent } from '../model/event.js';
import type { LedgerEvent } from '../model/events.js';
import { hash, keyId, seconds, signature } from '../model/fields.js';
import { faultOf } from '../model/wanted.js';
import { shapeCheck } from '../model/shape-check.js';
import { MAX_ROWS, rowsNamed } from '../record/needs.js';
import { leavesOfTexts } from './leaves.js';
import { readBatch, type ReadBatch } from './read-batch.js';

/** Most events in a batch. */
export const MAX_BATCH_EVENTS = 1000;
/** Longest canonical form of a batch, in bytes. */
export const MAX_BATCH_BYTES = 524_288;

/** Shape of what the signer signs. */
export const headerSchema = z.strictObject({
  kind: z.literal('huilian.batch'),
  version: z.literal(1),
  ledger: hash,
  keyId,
  sequence: z.int().min(1).max(9_999_999_999),
  previous: z.union([hash, z.literal('')]),
  gap: z.int().min(1).max(1_000_000).optional(),
  count: z.int().min(1),
  root: hash,
  time: seconds,
});

/** What the signer signs. */
export type BatchHeader = z.infer<typeof headerSchema>;

/** A signed batch as it travels. */
export interface SignedBatch {
  readonly header: BatchHeader;
  readonly signature: string;
  /** 16 bytes in base64url from which the salts of the events derive. */
  readonly seed: string;
  readonly events: readonly LedgerEvent[];
}

const envelopeSchema = z.strictObject({
  header: headerSchema,
  signature,
  seed: z.string().refine(isNonce),
  events: z.array(z.unknown()).min(1),
});
type Envelope = z.infer<typeof envelopeSchema>;

const fitsEnvelope = shapeCheck(envelopeSchema);

/** Digest of a batch: SHA-256 over the canonical header, hex. */
export function batchDigest(header: BatchHeader): string {
  return sha256Hex(canonical(header));
}

/** What {@link signBatch} needs. The caller brings time and randomness: `core` has neither. */
export interface Unsigned {
  readonly ledger: string;
  readonly keyId: string;
  readonly sequence: number;
  readonly previous: string;
  readonly gap?: number;
  /** Seconds since 1970, the signer's claim. */
  readonly time: number;
  readonly seed: string;
  readonly events: readonly LedgerEvent[];
}

/**
 * Makes a signed batch.
 *
 * @throws HuilianError HL-1010 to HL-1012 for an event, HL-1020 to HL-1022 for the batch, HL-3014 when it names more rows
 *   than a transaction may touch
 */
export function signBatch(unsigned: Unsigned, key: PrivateKey): SignedBatch {
  const { seed, events, ...rest } = unsigned;
  if (events.length > MAX_BATCH_EVENTS) throw new HuilianError('HL-1021', { events: events.length });
  for (const [index, event] of events.entries()) checkEvent(event as unknown as Json, index);
  const rows = rowsNamed(events);
  if (rows > MAX_ROWS) throw new HuilianError('HL-3014', { rows });
  const header: BatchHeader = {
    kind: 'huilian.batch',
    version: 1,
    ...rest,
    count: events.length,
    root: toHex(merkleRoot(leavesOfTexts(seed, events.map(canonicalText)))),
  };
  const batch = { header, signature: signBytes(key, canonical(header)), seed, events };
  checkEnvelope(batch as unknown as Json);
  checkSize(canonicalText(batch));
  return batch;
}

/** Canonical bytes of a batch. */
export function batchBytes(batch: SignedBatch): Uint8Array {
  return canonical(batch);
}

/**
 * Reads a batch from its canonical bytes.
 *
 * @throws HuilianError HL-1001 to HL-1006, and as {@link checkBatch}
 */
export function parseBatch(bytes: Uint8Array): SignedBatch {
  if (bytes.length > MAX_BATCH_BYTES) throw new HuilianError('HL-1022', { bytes: bytes.length });
  const { text, value } = parse(bytes);
  const read = readBatch(value);
  requireCanonical(text, read.text);
  return openBatch(read).batch;
}

/**
 * Checks the shape of a batch, its bounds, its events and its root. Signature and lane are for {@link record} to judge.
 *
 * @throws HuilianError HL-1010 to HL-1012 for an event, HL-1020 to HL-1023 for the batch
 */
export function checkBatch(value: Json): SignedBatch {
  // Before it is written: what is no batch at all may hold what no canonical text can say.
  checkEnvelope(value);
  return openBatch(readBatch(value)).batch;
}

/** A checked batch with its canonical text and the leaf hashes of its events, which checking the root has made. */
export interface OpenedBatch {
  readonly batch: SignedBatch;
  readonly text: string;
  /** Length of the text in UTF-8. */
  readonly bytes: number;
  readonly leaves: readonly Uint8Array[];
}

/** As {@link checkBatch}, for those who need the leaves too. Each event is hashed once and not written again. */
export function openBatch({ value, text, eventTexts }: ReadBatch): OpenedBatch {
  const { header, signature, seed, events } = checkEnvelope(value);
  const checked = events.map((event, index) => checkEvent(event as Json, index));
  const leaves = leavesOfTexts(seed, eventTexts);
  const bytes = checkSize(text);
  if (toHex(merkleRoot(leaves)) !== header.root) throw new HuilianError('HL-1023');
  return { batch: { header, signature, seed, events: checked }, text, bytes, leaves };
}

function checkSize(text: string): number {
  const bytes = Buffer.byteLength(text);
  if (bytes > MAX_BATCH_BYTES) throw new HuilianError('HL-1022', { bytes });
  return bytes;
}

function checkEnvelope(value: Json): Envelope {
  if (!fitsEnvelope(value)) {
    const { error } = envelopeSchema.safeParse(value);
    if (error) throw new HuilianError('HL-1020', faultOf(envelopeSchema, error, value));
  }
  const envelope = value as unknown as Envelope;
  const { header, events } = envelope;
  if (events.length > MAX_BATCH_EVENTS) throw new HuilianError('HL-1021', { events: events.length });
  if (header.count !== events.length) throw new HuilianError('HL-1020', { field: 'header.count' });
  if (header.sequence === 1 && header.previous !== '')
    throw new HuilianError('HL-1020', { field: 'header.previous' });
  return envelope;
}

/** True when the signature over the header is the key's. */
export function isSignedBy(batch: Pick<SignedBatch, 'header' | 'signature'>, key: PublicKey): boolean {
  return verifySignature(key, canonical(batch.header), batch.signature);
}
