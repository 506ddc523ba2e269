import { z } from 'zod';
import { batchDigest, headerSchema, isSignedBy, type BatchHeader, type SignedBatch } from '../batch/batch.js';
import { eventLeaf, eventLeaves, saltOf } from '../batch/leaves.js';
import { canonical, type Json } from '../bytes/canonical.js';
import { fromBase64url, fromHex, toBase64url, toHex } from '../bytes/encode.js';
import { merklePath, rootOfPath } from '../bytes/merkle.js';
import { keyIdOf, type PublicKey } from '../bytes/signature.js';
import { isNonce } from '../ids/item-id.js';
import { fieldOf } from '../messages/details.js';
import { HuilianError } from '../messages/error.js';
import { checkEvent } from '../model/event.js';
import type { LedgerEvent } from '../model/events.js';
import { hash, publicKey, signature } from '../model/fields.js';
import { outcomeLeaf } from '../record/outcome.js';
import type { Verdict } from '../rules/apply.js';
import type { Receipt } from './receipt.js';

const base64 = z.string().regex(/^[A-Za-z0-9+/]+={0,2}$/);

const attestationSchema = z.strictObject({
  payload: base64,
  endorsements: z
    .array(z.strictObject({ endorser: base64, signature: base64 }))
    .min(1)
    .max(8),
});

/** A proposal's answer that organisations signed and nobody submitted. All members in base64 (RFC 4648, section 4). */
export type Attestation = z.infer<typeof attestationSchema>;

const proofSchema = z.strictObject({
  kind: z.literal('huilian.proof'),
  version: z.literal(1),
  event: z.unknown(),
  index: z.int().min(0),
  salt: z.string().refine(isNonce),
  path: z.array(hash).max(12),
  verdict: z.string().regex(/^(accepted|HL-[23][0-9]{3})$/),
  outcomePath: z.array(hash).max(12),
  header: headerSchema,
  signature,
  publicKey,
  attestation: attestationSchema,
});

/** Proof that one event was signed and recorded with one verdict; checked offline. */
export interface ShortProof {
  readonly kind: 'huilian.proof';
  readonly version: 1;
  readonly event: LedgerEvent;
  readonly index: number;
  /** 16 bytes in base64url. */
  readonly salt: string;
  readonly path: readonly string[];
  readonly verdict: Verdict;
  readonly outcomePath: readonly string[];
  readonly header: BatchHeader;
  readonly signature: string;
  readonly publicKey: PublicKey;
  readonly attestation: Attestation;
}

/**
 * Makes the proof of one event of a recorded batch.
 *
 * @throws RangeError when the batch has no such event
 */
export function makeProof(
  batch: SignedBatch,
  verdicts: readonly Verdict[],
  index: number,
  key: PublicKey,
  attestation: Attestation,
): ShortProof {
  const event = batch.events[index];
  const verdict = verdicts[index];
  if (!event || !verdict) throw new RangeError(`no event ${index}`);
  const leaves = eventLeaves(batch);
  return {
    kind: 'huilian.proof',
    version: 1,
    event,
    index,
    salt: toBase64url(saltOf(batch.seed, index)),
    path: merklePath(leaves, index).map(toHex),
    verdict,
    outcomePath: merklePath(verdicts.map(outcomeLeaf), index).map(toHex),
    header: batch.header,
    signature: batch.signature,
    publicKey: key,
    attestation,
  };
}

/**
 * Reads a proof.
 *
 * @throws HuilianError HL-6001, HL-1010, HL-1012
 */
export function parseProof(value: Json): ShortProof {
  const parsed = proofSchema.safeParse(value);
  if (!parsed.success) throw new HuilianError('HL-6001', { field: fieldOf(parsed.error) });
  checkEvent(parsed.data.event as Json);
  return parsed.data as unknown as ShortProof;
}

/**
 * Checks everything of a proof but the attestation's certificates: event → root → header's signature → outcome. The
 * receipt is the attested one.
 *
 * @throws HuilianError HL-6002, HL-6003, HL-6004, HL-6006, HL-6007
 */
export function checkProof(proof: ShortProof, receipt: Receipt): void {
  const { header, index } = proof;
  const leaf = eventLeaf(fromBase64url(proof.salt), canonical(proof.event));
  if (!leadsTo(header.root, leaf, index, header.count, proof.path))
    throw new HuilianError('HL-6002', { index });
  if (keyIdOf(proof.publicKey) !== header.keyId || !isSignedBy(proof, proof.publicKey))
    throw new HuilianError('HL-6003', { keyId: header.keyId });
  if (receipt.ledger !== header.ledger) throw new HuilianError('HL-6006', { ledger: receipt.ledger });
  const same =
    receipt.keyId === header.keyId &&
    receipt.sequence === header.sequence &&
    receipt.digest === batchDigest(header) &&
    receipt.root === header.root &&
    receipt.count === header.count;
  if (!same) throw new HuilianError('HL-6007', { sequence: header.sequence });
  if (!leadsTo(receipt.outcome, outcomeLeaf(proof.verdict), index, receipt.count, proof.outcomePath))
    throw new HuilianError('HL-6004', { verdict: proof.verdict });
}

function leadsTo(
  root: string,
  leaf: Uint8Array,
  index: number,
  count: number,
  path: readonly string[],
): boolean {
  const reached = rootOfPath(leaf, index, count, path.map(fromHex));
  return reached !== undefined && toHex(reached) === root;
}
