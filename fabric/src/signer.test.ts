import { generateKeyPairSync, verify } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { nativeSigner } from './signer.js';

const halfOrder = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n >> 1n;

describe('The signer', () => {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const sign = nativeSigner(privateKey.export({ type: 'pkcs8', format: 'pem' }).toString());

  it('makes DER signatures over SHA-256 with s in the lower half, as Fabric asks', async () => {
    for (let count = 0; count < 300; count += 1) {
      const message = Buffer.from(`message ${String(count)}`);
      const signature = await sign(message);
      expect(verify('sha256', message, publicKey, signature)).toBe(true);
      expect(sOf(signature) <= halfOrder).toBe(true);
    }
  });
});

function sOf(der: Uint8Array): bigint {
  const start = 4 + (der[3] ?? 0) + 2;
  return BigInt(`0x${Buffer.from(der.subarray(start)).toString('hex')}`);
}
