import { createECDH } from 'node:crypto';
import { p256 } from '@noble/curves/nist.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keyNamed, signSteadily } from '../testing/keys.js';
import { sha256 } from './digest.js';
import { fromBase64url, fromHex, toBase64url, utf8 } from './encode.js';
import { keyIdOf, readPublicKey, signBytes, verifySignature } from './signature.js';

const N = p256.Point.CURVE().n;
const key = keyNamed('plant');
const message = utf8('unit 4711');

/** The other signature of the same message: s replaced by n − s. */
function mirrored(signature: string): string {
  const raw = Buffer.from(fromBase64url(signature));
  const s = BigInt(`0x${raw.subarray(32).toString('hex')}`);
  raw.write((N - s).toString(16).padStart(64, '0'), 32, 'hex');
  return toBase64url(raw);
}

/** The last character of 32 or 64 bytes in base64url has idle bits: this sets one. */
function respelled(text: string): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  return text.slice(0, -1) + alphabet.charAt(alphabet.indexOf(text.at(-1) ?? 'A') + 1);
}

describe('a signature', () => {
  it('is 64 bytes in low-s form and valid', () => {
    for (let i = 0; i < 32; i++) {
      const signature = signBytes(key, utf8(`unit ${i}`));
      expect(signature).toMatch(/^[A-Za-z0-9_-]{86}$/);
      const s = BigInt(`0x${Buffer.from(fromBase64url(signature)).subarray(32).toString('hex')}`);
      expect(s <= N / 2n).toBe(true);
      expect(verifySignature(key, utf8(`unit ${i}`), signature)).toBe(true);
    }
  });

  it('of another implementation is accepted, and that one accepts ours', () => {
    expect(verifySignature(key, message, signSteadily(key, message))).toBe(true);
    const raw = fromBase64url(signBytes(key, message));
    expect(p256.verify(raw, sha256(message), p256.getPublicKey(fromBase64url(key.d)))).toBe(true);
  });

  it('of RFC 6979, A.2.5, for "sample" is accepted in its low-s form only', () => {
    const published = {
      x: toBase64url(fromHex('60fed4ba255a9d31c961eb74c6356d68c049b8923b61fa6ce669622e60f29fb6')),
      y: toBase64url(fromHex('7903fe1008b8bc99a41ae9e95628bc64f2f1b20c2d7e9f5177a3c294d4462299')),
    };
    const high = toBase64url(
      fromHex(
        'efd48b2aacb6a8fd1140dd9cd45e81d69d2c877b56aaf991c34d0ea84eaf3716' +
          'f7cb1c942d657c41d436c7a1b6e29f65f3e900dbb9aff4064dc4ab2f843acda8',
      ),
    );
    expect(verifySignature(published, utf8('sample'), high)).toBe(false);
    expect(verifySignature(published, utf8('sample'), mirrored(high))).toBe(true);
  });

  it('cannot be altered and stay valid', () => {
    const signature = signBytes(key, message);
    const raw = fromBase64url(signature);
    const wrong = [
      mirrored(signature),
      respelled(signature),
      `${signature}=`,
      ` ${signature}`,
      signature.slice(0, 85),
      `${signature}AA`,
      toBase64url(raw.subarray(0, 63)),
      toBase64url(new Uint8Array(64)),
      toBase64url(Buffer.concat([raw.subarray(0, 32), new Uint8Array(32)])),
      signBytes(keyNamed('shop'), message),
      '',
    ];
    for (const text of wrong) expect(verifySignature(key, message, text), text).toBe(false);
    expect(verifySignature(key, utf8('unit 4712'), signature)).toBe(false);
  });

  it('with any bit flipped is not valid', () => {
    const raw = fromBase64url(signBytes(key, message));
    fc.assert(
      fc.property(fc.nat(511), (bit) => {
        const altered = Uint8Array.from(raw);
        altered[bit >> 3] = (altered[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        expect(verifySignature(key, message, toBase64url(altered))).toBe(false);
      }),
    );
  });
});

describe('a key id', () => {
  it('is the RFC 7638 thumbprint of the public JWK', () => {
    const jwk = { crv: 'P-256', kty: 'EC', x: key.x, y: key.y };
    expect(keyIdOf(key)).toBe(toBase64url(sha256(utf8(JSON.stringify(jwk)))));
    expect(keyIdOf(key)).toHaveLength(43);
  });
});

describe('a public key', () => {
  it('named in tests is the one that OpenSSL derives', () => {
    const curve = createECDH('prime256v1');
    curve.setPrivateKey(fromBase64url(key.d));
    const point = curve.getPublicKey();
    expect(key).toMatchObject({ x: toBase64url(point.subarray(1, 33)), y: toBase64url(point.subarray(33)) });
  });

  it('is refused when it is not a point of the curve', () => {
    expect(() => readPublicKey({ x: key.x, y: keyNamed('shop').y })).toThrow(
      expect.objectContaining({ code: 'HL-1032' }),
    );
    expect(() => readPublicKey({ x: '', y: '' })).toThrow(expect.objectContaining({ code: 'HL-1032' }));
  });

  it('has one spelling, so that one key has one id', () => {
    expect(() => readPublicKey({ x: respelled(key.x), y: key.y })).toThrow(
      expect.objectContaining({ code: 'HL-1032' }),
    );
  });
});
