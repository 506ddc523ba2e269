import { z } from 'zod';
import { canonical, parseCanonical, type Json } from '../bytes/canonical.js';
import { hmacSha256, sha256Hex } from '../bytes/digest.js';
import { fromBase64url, toHex } from '../bytes/encode.js';
import { leafHash, merkleRoot } from '../bytes/merkle.js';
import { signBytes, verifySignature, type PrivateKey, type PublicKey } from '../bytes/signature.js';
import { isNonce } from '../ids/item-id.js';
import { HuilianError } from '../messages/error.js';
import { checkEvent, eventBytes } from '../model/event.js';
import { hash, keyId, seconds, signature, type LedgerEvent } from '../model/events.js';

/** Most events in a batch. */
export const MAX_BATCH_EVENTS = 1000;
/** Longest canonical form of a batch, in bytes. */
export const MAX_BATCH_BYTES = 524_288;

const headerSchema = z.strictObject({
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

/** Salt of the event at an index: 16 bytes of HMAC-SHA256(seed, uint32be(index)). */
export function saltOf(seed: string, index: number): Uint8Array {
  const place = Buffer.alloc(4);
  place.writeUInt32BE(index);
  return hmacSha256(fromBase64url(seed), place).subarray(0, 16);
}

/** Leaf hash of one salted event. */
export function eventLeaf(salt: Uint8Array, bytes: Uint8Array): Uint8Array {
  return leafHash(Buffer.concat([salt, bytes]));
}

/** Leaf hashes of a batch's events, in order. */
export function eventLeaves(batch: Pick<SignedBatch, 'seed' | 'events'>): Uint8Array[] {
  return batch.events.map((event, index) => eventLeaf(saltOf(batch.seed, index), canonical(event)));
}

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
 * @throws HuilianError HL-1010 to HL-1012 for an event, HL-1020 to HL-1022 for the batch
 */
export function signBatch(unsigned: Unsigned, key: PrivateKey): SignedBatch {
  for (const event of unsigned.events) eventBytes(checkEvent(event as unknown as Json));
  const { seed, events, ...rest } = unsigned;
  const header: BatchHeader = {
    kind: 'huilian.batch',
    version: 1,
    ...rest,
    count: events.length,
    root: toHex(merkleRoot(eventLeaves({ seed, events }))),
  };
  const batch = { header, signature: signBytes(key, canonical(header)), seed, events };
  checkEnvelope(batch as unknown as Json);
  const bytes = batchBytes(batch).length;
  if (bytes > MAX_BATCH_BYTES) throw new HuilianError('HL-1022', { bytes });
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
  return checkBatch(parseCanonical(bytes));
}

/**
 * Checks the shape of a batch, its bounds, its events and its root. Signature and lane are for {@link record} to judge.
 *
 * @throws HuilianError HL-1010 to HL-1012 for an event, HL-1020 to HL-1023 for the batch
 */
export function checkBatch(value: Json): SignedBatch {
  const envelope = checkEnvelope(value);
  const size = canonical(value).length;
  if (size > MAX_BATCH_BYTES) throw new HuilianError('HL-1022', { bytes: size });
  const events = envelope.events.map((event) => {
    const checked = checkEvent(event as Json);
    eventBytes(checked);
    return checked;
  });
  const batch: SignedBatch = { ...envelope, events };
  if (toHex(merkleRoot(eventLeaves(batch))) !== batch.header.root) throw new HuilianError('HL-1023');
  return batch;
}

function checkEnvelope(value: Json): z.infer<typeof envelopeSchema> {
  const result = envelopeSchema.safeParse(value);
  if (!result.success)
    throw new HuilianError('HL-1020', { field: result.error.issues[0]?.path.join('.') ?? '' });
  const { header, events } = result.data;
  if (events.length > MAX_BATCH_EVENTS) throw new HuilianError('HL-1021', { events: events.length });
  if (header.count !== events.length) throw new HuilianError('HL-1020', { field: 'header.count' });
  if (header.sequence === 1 && header.previous !== '')
    throw new HuilianError('HL-1020', { field: 'header.previous' });
  return result.data;
}

/** True when the signature over the header is the key's. */
export function isSignedBy(batch: Pick<SignedBatch, 'header' | 'signature'>, key: PublicKey): boolean {
  return verifySignature(key, canonical(batch.header), batch.signature);
}
