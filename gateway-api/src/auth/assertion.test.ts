import { generateKeyPair, exportJWK, SignJWT, calculateJwkThumbprint, type JWK, type CryptoKey } from 'jose';
import { beforeAll, describe, expect, it } from 'vitest';
import { HuilianError } from '@huilian/core';
import { checkAssertion } from './assertion.js';
import { ReplayGuard } from './replay.js';

const endpoint = 'https://gateway.example/v1/token';
const now = 1_700_000_000;
let privateKey: CryptoKey;
let jwk: JWK;
let keyId: string;

beforeAll(async () => {
  const pair = await generateKeyPair('ES256');
  privateKey = pair.privateKey;
  jwk = await exportJWK(pair.publicKey);
  keyId = await calculateJwkThumbprint(jwk);
});

interface Claims {
  iss?: string;
  sub?: string;
  aud?: string;
  exp?: number;
  jti?: string;
}

function signed(changes: Claims = {}): Promise<string> {
  const claims = { iss: keyId, sub: keyId, aud: endpoint, exp: now + 60, jti: 'one', ...changes };
  return new SignJWT(claims).setProtectedHeader({ alg: 'ES256' }).sign(privateKey);
}

function check(assertion: string, replays = new ReplayGuard()): Promise<string> {
  const publicKey = (id: string): Promise<JWK> =>
    id === keyId ? Promise.resolve(jwk) : Promise.reject(new HuilianError('HL-3001'));
  return checkAssertion(assertion, { audiences: [endpoint], now, replays, publicKey });
}

describe('the assertion of a key', () => {
  it('proves the key', async () => {
    expect(await check(await signed())).toBe(keyId);
  });

  it('works once', async () => {
    const replays = new ReplayGuard();
    const assertion = await signed();
    await check(assertion, replays);
    await expect(check(assertion, replays)).rejects.toMatchObject({ code: 'HL-4013' });
    expect(await check(await signed({ jti: 'two' }), replays)).toBe(keyId);
  });

  it.each<[string, Claims]>([
    ['is for another gateway', { aud: 'https://other.example/v1/token' }],
    ['has expired', { exp: now - 60 }],
    ['lives longer than five minutes', { exp: now + 3_600 }],
    ['has an empty jti', { jti: '' }],
    ['names another subject', { sub: 'someone' }],
    ['names no key id', { iss: 'someone', sub: 'someone' }],
  ])('is refused when it %s', async (_what, changes) => {
    await expect(check(await signed(changes))).rejects.toMatchObject({ code: 'HL-4012' });
  });

  it('is refused when another key signed it', async () => {
    const other = await generateKeyPair('ES256');
    const forged = await new SignJWT({ iss: keyId, sub: keyId, aud: endpoint, exp: now + 60, jti: 'x' })
      .setProtectedHeader({ alg: 'ES256' })
      .sign(other.privateKey);
    await expect(check(forged)).rejects.toMatchObject({ code: 'HL-4012' });
  });

  it('is refused when it is no JWT, and when it is unsigned', async () => {
    await expect(check('nonsense')).rejects.toMatchObject({ code: 'HL-4012' });
    const [header = '', payload = ''] = [
      { alg: 'none' },
      { iss: keyId, sub: keyId, aud: endpoint, exp: now + 60, jti: 'y' },
    ].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'));
    await expect(check(`${header}.${payload}.`)).rejects.toMatchObject({ code: 'HL-4012' });
  });

  it('of an unknown key is refused with the code for it', async () => {
    const other = await generateKeyPair('ES256');
    const id = await calculateJwkThumbprint(await exportJWK(other.publicKey));
    const assertion = await new SignJWT({ iss: id, sub: id, aud: endpoint, exp: now + 60, jti: 'z' })
      .setProtectedHeader({ alg: 'ES256' })
      .sign(other.privateKey);
    await expect(check(assertion)).rejects.toMatchObject({ code: 'HL-3001' });
  });
});

describe('the memory of used assertions', () => {
  it('is bounded, and turns new ones away rather than forget one that is still valid', () => {
    const guard = new ReplayGuard(2);
    expect([guard.note('a', 10, 0), guard.note('b', 20, 0), guard.note('c', 30, 0)]).toEqual([
      'fresh',
      'fresh',
      'full',
    ]);
    expect(guard.note('c', 30, 15)).toBe('fresh');
    expect(guard.note('b', 20, 15)).toBe('replayed');
  });
});
