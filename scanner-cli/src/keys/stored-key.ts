import { createPublicKey } from 'node:crypto';
import {
  canonical,
  canonicalText,
  HuilianError,
  isCreditCode,
  keyIdOf,
  parseBounded,
  parseTrustBundle,
  sha256Hex,
  type Json,
  type PrivateKey,
  type TrustBundle,
} from '@huilian/core';
import { z } from 'zod';

/** A key of this device with all that it needs to work alone: whose it is, and what it takes as given. */
export interface StoredKey {
  /** Name of its folder on the device. */
  readonly name: string;
  readonly keyId: string;
  /** Credit code of the participant, or the organisation for administrators. */
  readonly owner: string;
  readonly key: PrivateKey;
  /** Pinned when the key was made; receipts are checked against it. */
  readonly trust: TrustBundle;
  /** True for a key whose lane somebody else keeps: this device signs no events with it, or it would fork the lane. */
  readonly laneElsewhere?: boolean;
}

const coordinate = z.string().regex(/^[A-Za-z0-9_-]{43}$/);
const fileSchema = z.strictObject({
  kind: z.literal('huilian.key'),
  version: z.literal(1),
  owner: z.string().min(1),
  key: z.strictObject({
    kty: z.literal('EC'),
    crv: z.literal('P-256'),
    x: coordinate,
    y: coordinate,
    d: coordinate,
  }),
  trust: z.unknown(),
  laneElsewhere: z.literal(true).optional(),
  checksum: z.string(),
});

/** A credit code, or the name of an organisation such as `OversightMSP`. @throws HuilianError HL-1031 */
export function checkOwner(owner: string): string {
  if (!isCreditCode(owner) && !/^[A-Za-z][A-Za-z0-9]{0,36}MSP$/.test(owner))
    throw new HuilianError('HL-1031', { owner });
  return owner;
}

/** SHA-256 over everything else in the file: a flipped bit in a pinned certificate must not look like a lying gateway. */
function checksumOf(content: object): string {
  return sha256Hex(canonical({ ...content, checksum: undefined }));
}

/** The text of a key file. */
export function writeKeyText({
  owner,
  key,
  trust,
  laneElsewhere,
}: Omit<StoredKey, 'name' | 'keyId'>): string {
  const { x, y, d } = key;
  const content = {
    kind: 'huilian.key',
    version: 1,
    owner,
    key: { kty: 'EC', crv: 'P-256', x, y, d },
    trust,
    ...(laneElsewhere ? { laneElsewhere } : {}),
  };
  return `${canonicalText({ ...content, checksum: checksumOf(content) })}\n`;
}

/**
 * Reads a key file. The public half must be that of the private one, so that a torn key signs nothing.
 *
 * @param file named in the error
 * @throws HuilianError HL-7023
 */
export function readKeyText(bytes: Uint8Array, name: string, file: string): StoredKey {
  try {
    const content = fileSchema.parse(parseBounded(bytes));
    if (content.checksum !== checksumOf(content)) throw new Error('the checksum differs');
    const { x, y, d } = content.key;
    const half = createPublicKey({ key: { kty: 'EC', crv: 'P-256', x, y, d }, format: 'jwk' }).export({
      format: 'jwk',
    });
    if (half.x !== x || half.y !== y) throw new Error('the public half is not that of the private one');
    const trust = parseTrustBundle(content.trust as Json);
    const { owner, laneElsewhere } = content;
    return {
      name,
      keyId: keyIdOf({ x, y }),
      owner,
      key: { x, y, d },
      trust,
      ...(laneElsewhere ? { laneElsewhere } : {}),
    };
  } catch (cause) {
    throw new HuilianError('HL-7023', { file }, { cause });
  }
}
