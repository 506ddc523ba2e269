import { HuilianError, parseReceipt, type Attestation, type Receipt, type TrustBundle } from '@huilian/core';
import { parseResponsePayload, type ResponsePayload } from '@huilian/fabric';
import { isValidAt, type Identity } from './fabric/identity.js';
import { mspOfCertificates } from './fabric/msp.js';
import { Organisations } from './fabric/organisations.js';

/** What was attested, and by whom. */
export interface Attested {
  readonly receipt: Receipt;
  /** MSP ids of the organisations whose peers signed. */
  readonly organisations: readonly string[];
  /** The version of the chaincode that answered; it carries the digest of its bundle. */
  readonly chaincodeVersion: string;
}

const success = 200;
const leastOrganisations = 2;

/**
 * Checks that the required organisation and at least one other signed a receipt.
 *
 * Certificates must chain to the bundle's roots and be a peer's. They must not have ended before the batch was recorded;
 * when `now` is given they must also be valid now, as for a receipt that was just fetched.
 *
 * @param now seconds since 1970.
 * @throws HuilianError HL-6005 if the signatures do not suffice, HL-6006 if it is another ledger's, HL-6001 if it cannot be
 *   read.
 */
export function checkAttestation(attestation: Attestation, trust: TrustBundle, now?: number): Attested {
  const payload = fromBase64(attestation.payload);
  const response = readPayload(payload);
  if (response.chaincode.name !== trust.chaincode || response.response.status !== success) {
    throw new HuilianError('HL-6005', {
      chaincode: response.chaincode.name,
      status: response.response.status,
    });
  }
  const receipt = parseReceipt(response.response.payload);
  if (receipt.ledger !== trust.ledger) throw new HuilianError('HL-6006', { ledger: receipt.ledger });
  const peers = signers(attestation, payload, trust).filter(
    (signer) => signer.roles.has('peer') && isTimely(signer, receipt, now),
  );
  const organisations = [...new Set(peers.map((signer) => signer.mspId))].sort();
  if (!organisations.includes(trust.required) || organisations.length < leastOrganisations) {
    throw new HuilianError('HL-6005', { signed: organisations.join(', ') || '-', required: trust.required });
  }
  return { receipt, organisations, chaincodeVersion: response.chaincode.version };
}

function signers(attestation: Attestation, payload: Uint8Array, trust: TrustBundle): Identity[] {
  return trusted(trust).signers(
    attestation.endorsements.map((endorsement) => {
      const identity = fromBase64(endorsement.endorser);
      const signature = fromBase64(endorsement.signature);
      return { data: Buffer.concat([payload, identity]), identity, signature };
    }),
  );
}

const known = new WeakMap<TrustBundle, Organisations>();

/** The organisations of a bundle, parsed once. */
function trusted(trust: TrustBundle): Organisations {
  const before = known.get(trust);
  if (before !== undefined) return before;
  const organisations = new Organisations(
    trust.organisations.map(({ mspId, roots, intermediates }) =>
      mspOfCertificates(mspId, roots, intermediates),
    ),
  );
  known.set(trust, organisations);
  return organisations;
}

function isTimely(signer: Identity, receipt: Receipt, now: number | undefined): boolean {
  return signer.notAfter >= receipt.time && (now === undefined || isValidAt(signer, now));
}

/** Only the one spelling of the bytes is taken: the last character has bits that decoders ignore. */
function fromBase64(text: string): Buffer {
  const bytes = Buffer.from(text, 'base64');
  if (bytes.toString('base64') !== text) throw new HuilianError('HL-6001', { field: 'attestation' });
  return bytes;
}

function readPayload(payload: Uint8Array): ResponsePayload {
  try {
    return parseResponsePayload(payload);
  } catch (cause) {
    throw new HuilianError('HL-6001', { field: 'attestation.payload' }, { cause });
  }
}
