import { generateKeyPairSync } from 'node:crypto';
import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, statSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { HuilianError, isCreditCode, keyIdOf, type PrivateKey } from '@huilian/core';
import { z } from 'zod';

const coordinate = z.string().regex(/^[A-Za-z0-9_-]{43}$/);

const keySchema = z.strictObject({
  kind: z.literal('huilian.key'),
  version: z.literal(1),
  /** Credit code of the participant, or the organisation of an administrator. */
  owner: z.string().optional(),
  privateKey: z.strictObject({ x: coordinate, y: coordinate, d: coordinate }),
});

/** A key as it lies on the device. */
export interface DeviceKey {
  readonly keyId: string;
  readonly key: PrivateKey;
  readonly owner?: string;
}

/** A fresh P-256 key. */
export function generateKey(): PrivateKey {
  const { x, y, d } = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' });
  if (x === undefined || y === undefined || d === undefined) throw new Error('a P-256 key has x, y and d');
  return { x, y, d };
}

/**
 * Writes a key that nobody else on the machine can read. A key that exists is never overwritten.
 *
 * @param owner credit code, or organisation for an administrator
 * @throws HuilianError HL-7021 when the file exists, HL-7012 when it cannot be written, HL-1031 for a wrong credit code
 */
export function writeKey(path: string, key: PrivateKey, owner: string | undefined): DeviceKey {
  if (owner !== undefined) checkOwner(owner);
  const value = { kind: 'huilian.key', version: 1, ...(owner === undefined ? {} : { owner }), privateKey: key };
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  let file: number;
  try {
    file = openSync(path, 'wx', 0o600);
  } catch (cause) {
    const exists = cause instanceof Error && 'code' in cause && cause.code === 'EEXIST';
    throw new HuilianError(exists ? 'HL-7021' : 'HL-7012', { file: path }, { cause });
  }
  try {
    writeSync(file, `${JSON.stringify(value, undefined, 2)}\n`);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  return readKey(path);
}

/** A credit code, or the name of an organisation such as `OversightMSP`. @throws HuilianError HL-1031 */
export function checkOwner(owner: string): string {
  if (!isCreditCode(owner) && !/^[A-Za-z][A-Za-z0-9]{0,36}MSP$/.test(owner)) throw new HuilianError('HL-1031', { owner });
  return owner;
}

/**
 * Reads a key.
 *
 * @throws HuilianError HL-7020 there is none, HL-7022 others can read it, HL-7023 damaged
 */
export function readKey(path: string): DeviceKey {
  let text: string;
  try {
    // Windows has no such bits; its files inherit the folder's rights.
    if (process.platform !== 'win32' && (statSync(path).mode & 0o077) !== 0) throw new HuilianError('HL-7022', { file: path });
    text = readFileSync(path, 'utf8');
  } catch (cause) {
    if (cause instanceof HuilianError) throw cause;
    throw new HuilianError('HL-7020', { file: path }, { cause });
  }
  const parsed = keySchema.safeParse(jsonOf(text));
  if (!parsed.success) throw new HuilianError('HL-7023', { file: path });
  const { owner, privateKey } = parsed.data;
  return { keyId: keyIdOf(privateKey), key: privateKey, ...(owner === undefined ? {} : { owner }) };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
