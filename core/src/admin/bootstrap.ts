import { parseCanonical } from '../bytes/canonical.js';
import { keyIdOf } from '../bytes/signature.js';
import { HuilianError } from '../messages/error.js';
import { hash } from '../model/fields.js';
import { rowKey } from '../model/row-keys.js';
import type { LedgerRow, Row } from '../model/rows.js';
import { OVERSIGHT } from '../model/terms.js';
import type { Fold } from '../record/fold.js';
import { isPossessionProved } from '../rules/keys.js';
import { parseKeyRequest } from './key-request.js';

/** Who submits, by the certificate: the organisation and the attribute `role`. */
export interface Submitter {
  readonly mspId: string;
  readonly role: string | undefined;
}

/** What a first registration writes. */
export interface Founded {
  readonly writes: ReadonlyMap<string, Row>;
}

function requireAdministrator(submitter: Submitter): void {
  if (submitter.role !== 'administrator') throw new HuilianError('HL-3016', { mspId: submitter.mspId });
}

/** Batches are relayed by gateways and administrators only. @throws HuilianError HL-3015 */
export function requireRelay(submitter: Submitter): void {
  if (submitter.role !== 'gateway' && submitter.role !== 'administrator') {
    throw new HuilianError('HL-3015', { mspId: submitter.mspId });
  }
}

/**
 * Writes once which ledger this is. The verifier compares it with the genesis block it has read.
 *
 * @param id SHA-256 of the genesis block's header, hex
 * @throws HuilianError HL-3016, HL-3033, HL-3009 when it is already another
 */
export function* foundLedger(id: string, submitter: Submitter): Fold<Founded> {
  requireAdministrator(submitter);
  if (submitter.mspId !== OVERSIGHT) throw new HuilianError('HL-3033');
  if (!hash.safeParse(id).success) throw new HuilianError('HL-1010', { field: 'ledger' });
  const rows = yield [rowKey.ledger];
  const known = rows.get(rowKey.ledger) as LedgerRow | undefined;
  if (known && known.id !== id) throw new HuilianError('HL-3009', { ledger: known.id });
  return { writes: new Map(known ? [] : [[rowKey.ledger, { id }]]) };
}

/**
 * Registers an administrator key of the submitter's own organisation: the root of its administration. Further keys,
 * participants and licences are events of this key.
 *
 * @param request canonical JSON of a key request
 * @throws HuilianError HL-3016, HL-3032, HL-3035, HL-3036, HL-1010
 */
export function* registerAdministrator(
  request: Uint8Array,
  submitter: Submitter,
): Fold<Founded & { keyId: string }> {
  requireAdministrator(submitter);
  const { owner, publicKey: key, proof } = parseKeyRequest(parseCanonical(request));
  if (owner !== submitter.mspId) throw new HuilianError('HL-3032', { mspId: owner });
  const keyId = keyIdOf(key);
  const rows = yield [rowKey.ledger, rowKey.key(keyId)];
  const ledger = rows.get(rowKey.ledger) as LedgerRow | undefined;
  if (rows.get(rowKey.key(keyId))) throw new HuilianError('HL-3035', { keyId });
  if (!ledger || !isPossessionProved(ledger.id, owner, key, proof))
    throw new HuilianError('HL-3036', { keyId });
  const row = { publicKey: key, kind: 'administrator' as const, mspId: owner, owner };
  return { keyId, writes: new Map([[rowKey.key(keyId), row]]) };
}
