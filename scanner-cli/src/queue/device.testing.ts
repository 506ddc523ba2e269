import { generateKeyPairSync } from 'node:crypto';
import { keyIdOf, type LedgerEvent, type PrivateKey, type TrustBundle } from '@huilian/core';
import { newItem, type StoredKey } from '../keys/index.js';

const trust: TrustBundle = {
  kind: 'huilian.trust',
  version: 1,
  ledger: 'ab'.repeat(32),
  channel: 'lifecycle',
  chaincode: 'huilian',
  required: 'OversightMSP',
  organisations: [],
};

/** A key that no ledger knows, for what a device does alone. */
export function loneKey(): StoredKey {
  const key = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({
    format: 'jwk',
  }) as unknown as PrivateKey;
  const { x, y, d } = key;
  return { name: 'lone', keyId: keyIdOf(key), owner: 'RecyclingMSP', key: { x, y, d }, trust };
}

/** An intake that the ledger accepts of a dismantler. */
export function itemEvent(key: StoredKey, time: number): LedgerEvent {
  const { item, nonce } = newItem(key);
  return {
    type: 'register',
    version: 1,
    item,
    time,
    data: { kind: 'vehicle', category: 'passengerCar', nonce, tags: [{ scheme: 'serial', value: nonce }] },
  };
}
