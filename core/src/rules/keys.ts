import { canonical } from '../bytes/canonical.js';
import { keyIdOf, signBytes, verifySignature, type PrivateKey, type PublicKey } from '../bytes/signature.js';
import { HuilianError } from '../messages/error.js';
import { OVERSIGHT } from '../model/terms.js';
import { rowKey } from '../model/row-keys.js';
import type { KeyRow } from '../model/rows.js';
import type { AdministrationRule } from './participants.js';
import { require } from './refusal.js';

/** The bytes that prove possession of a key when it signs them. */
export function possessionBytes(ledger: string, owner: string, key: PublicKey): Uint8Array {
  return canonical({ kind: 'huilian.possession', version: 1, ledger, keyId: keyIdOf(key), owner });
}

/** Proof that the one who asks for a key's registration holds its private half: a signature over ledger, key and owner. */
export function provePossession(ledger: string, owner: string, key: PrivateKey): string {
  return signBytes(key, possessionBytes(ledger, owner, key));
}

/** True when the proof is the key's, for this ledger and this owner. */
export function isPossessionProved(ledger: string, owner: string, key: PublicKey, proof: string): boolean {
  try {
    return verifySignature(key, possessionBytes(ledger, owner, key), proof);
  } catch (error) {
    if (error instanceof HuilianError) return false; // not a point of the curve
    throw error;
  }
}

/** A key of a participant of the administrator's organisation, or a further administrator of it. */
export const registerKey: AdministrationRule<'key.register'> = (draft, event, moment) => {
  const { owner, kind, publicKey, proof, validTo } = event.data;
  const { mspId, root = moment.actor.keyId } = moment.actor.key;
  if (kind === 'administrator') require(owner === mspId, 'HL-3032');
  else {
    const participant = draft.get(rowKey.participant(owner));
    require(participant, 'HL-3030');
    require(participant.mspId === mspId, 'HL-3032');
  }
  const key = rowKey.key(keyIdOf(publicKey));
  require(draft.get(key) === undefined, 'HL-3035');
  const ledger = draft.get(rowKey.ledger)?.id ?? '';
  require(isPossessionProved(ledger, owner, publicKey, proof), 'HL-3036');
  const row: KeyRow = {
    publicKey,
    kind,
    mspId,
    owner,
    ...(validTo === undefined ? {} : { validTo }),
    ...(kind === 'administrator' ? { root } : {}),
  };
  draft.put(key, row);
};

/** A key ends at a position of its lane, never at a claimed time, so that nothing recorded is called in doubt. */
export const revokeKey: AdministrationRule<'key.revoke'> = (draft, event, moment) => {
  const { keyId, lastSequence } = event.data;
  const row = draft.get(rowKey.key(keyId));
  require(row, 'HL-3001');
  const { mspId } = moment.actor.key;
  require(row.mspId === mspId || mspId === OVERSIGHT, 'HL-3032');
  const next = draft.get(rowKey.lane(keyId))?.next ?? 1;
  require(lastSequence >= next - 1 &&
    (row.lastSequence === undefined || lastSequence <= row.lastSequence), 'HL-3043');
  draft.put(rowKey.key(keyId), { ...row, lastSequence });
};
