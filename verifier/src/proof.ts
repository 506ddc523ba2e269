import { checkProof, parseBounded, parseProof, type ShortProof, type TrustBundle } from '@huilian/core';
import { checkAttestation, type Attested } from './attestation.js';

/** A proof that holds, and what it proves. */
export interface VerifiedProof extends Attested {
  readonly proof: ShortProof;
}

/**
 * Checks a short proof of one event, offline: event → root of the batch → signature of the key → recorded outcome → peers of
 * two organisations → their certificates.
 *
 * @param bytes of the proof file, JSON.
 * @throws HuilianError HL-6001 to HL-6007, or HL-1xxx if the file is not JSON.
 */
export function verifyProof(bytes: Uint8Array, trust: TrustBundle): VerifiedProof {
  const proof = parseProof(parseBounded(bytes));
  const attested = checkAttestation(proof.attestation, trust);
  checkProof(proof, attested.receipt);
  return { proof, ...attested };
}
