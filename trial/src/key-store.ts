import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { PrivateKey } from '@huilian/core';

/** A fresh P-256 key. */
export function newKey(): PrivateKey {
  const { x, y, d } = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' });
  return { x: x ?? '', y: y ?? '', d: d ?? '' };
}

/** 16 random bytes in base64url, for nonces and seeds. */
export function random16(): string {
  return randomBytes(16).toString('base64url');
}

/** The key in a file, made on first use. Mode 0600. */
export async function keyIn(file: string): Promise<PrivateKey> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as PrivateKey;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  const key = newKey();
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  await writeFile(file, `${JSON.stringify({ kty: 'EC', crv: 'P-256', ...key })}\n`, {
    mode: 0o600,
    flag: 'wx',
  });
  return key;
}
