import { describe, expect, it } from 'vitest';
import { canonical } from '../bytes/canonical.js';
import { rowKey } from '../model/row-keys.js';
import { runFold } from '../record/fold.js';
import { keyNamed } from '../testing/keys.js';
import { keyIdOf } from '../bytes/signature.js';
import { World } from '../testing/world.js';
import { foundLedger, registerAdministrator, requireRelay } from './bootstrap.js';
import { makeKeyRequest } from './key-request.js';

const error = (code: string): unknown => expect.objectContaining({ code });
const administrator = (mspId: string) => ({ mspId, role: 'administrator' });
const founding = (id: string, submitter: { mspId: string; role: string | undefined }, rows = new Map()) =>
  runFold(foundLedger(id, submitter), (key) => rows.get(key) as never);

describe('the founding of a ledger', () => {
  const id = 'a'.repeat(64);

  it('says once, by an administrator of Oversight, which ledger this is', () => {
    expect([...founding(id, administrator('OversightMSP')).writes]).toEqual([['ledger', { id }]]);
    expect(() => founding(id, administrator('RecyclingMSP'))).toThrow(error('HL-3033'));
    expect(() => founding(id, { mspId: 'OversightMSP', role: 'gateway' })).toThrow(error('HL-3016'));
    expect(() => founding(id, { mspId: 'OversightMSP', role: undefined })).toThrow(error('HL-3016'));
    expect(() => founding('not a digest', administrator('OversightMSP'))).toThrow(error('HL-1010'));
  });

  it('said again changes nothing, and another one is refused', () => {
    const rows = new Map([['ledger', { id }]]);
    expect(founding(id, administrator('OversightMSP'), rows).writes.size).toBe(0);
    expect(() => founding('b'.repeat(64), administrator('OversightMSP'), rows)).toThrow(error('HL-3009'));
  });
});

describe('the first key of an organisation’s administrator', () => {
  function registers(mspId: string, request: object, role = 'administrator') {
    const world = new World();
    world.found();
    const read = (key: string) => world.rows.get(key);
    return runFold(registerAdministrator(canonical(request), { mspId, role }), read);
  }
  const { ledger } = new World();
  const key = keyNamed('first');
  const request = makeKeyRequest(ledger, 'RecyclingMSP', key);

  it('is registered by a certificate of that organisation with the attribute of an administrator', () => {
    const { keyId, writes } = registers('RecyclingMSP', request);
    expect(keyId).toBe(keyIdOf(key));
    expect(writes.get(rowKey.key(keyId))).toMatchObject({
      kind: 'administrator',
      owner: 'RecyclingMSP',
      mspId: 'RecyclingMSP',
    });
    expect(() => registers('RecyclingMSP', request, 'gateway')).toThrow(error('HL-3016'));
    expect(() => registers('AftermarketMSP', request)).toThrow(error('HL-3032'));
  });

  it('is registered only with proof that it is held, for this ledger and this organisation', () => {
    const other = makeKeyRequest('b'.repeat(64), 'RecyclingMSP', key);
    expect(() => registers('RecyclingMSP', other)).toThrow(error('HL-3036'));
    const { proof } = makeKeyRequest(ledger, 'OversightMSP', key);
    expect(() => registers('RecyclingMSP', { ...request, proof })).toThrow(error('HL-3036'));
  });

  it('is registered once', () => {
    const world = new World();
    world.found();
    world.administrator('first', 'RecyclingMSP');
    expect(() => world.administrator('first', 'RecyclingMSP')).toThrow(error('HL-3035'));
  });

  it('is refused as a request of another shape', () => {
    expect(() => registers('RecyclingMSP', { ...request, extra: 1 })).toThrow(error('HL-1010'));
    expect(() => registers('RecyclingMSP', { ...request, owner: 'not an organisation' })).toThrow(
      error('HL-1010'),
    );
  });
});

describe('a relay', () => {
  it('has a certificate of a gateway or an administrator', () => {
    expect(() => requireRelay({ mspId: 'RecyclingMSP', role: 'gateway' })).not.toThrow();
    expect(() => requireRelay(administrator('RecyclingMSP'))).not.toThrow();
    expect(() => requireRelay({ mspId: 'RecyclingMSP', role: 'auditor' })).toThrow(error('HL-3015'));
    expect(() => requireRelay({ mspId: 'RecyclingMSP', role: undefined })).toThrow(error('HL-3015'));
  });
});
