import { z } from 'zod';
import type { Json } from '../bytes/canonical.js';
import type { PrivateKey } from '../bytes/signature.js';
import { HuilianError } from '../messages/error.js';
import { creditCode, mspId, publicKey, signature } from '../model/fields.js';
import { faultOf } from '../model/wanted.js';
import { provePossession } from '../rules/keys.js';

/** Shape of a key request: what a device sends to its administrator. */
export const keyRequestSchema = z.strictObject({
  kind: z.literal('huilian.keyRequest'),
  version: z.literal(1),
  owner: z.union([creditCode, mspId]),
  publicKey,
  proof: signature,
});

export type KeyRequest = z.infer<typeof keyRequestSchema>;

/** Asks for the registration of a key, with proof that the private half is held. */
export function makeKeyRequest(ledger: string, owner: string, key: PrivateKey): KeyRequest {
  return {
    kind: 'huilian.keyRequest',
    version: 1,
    owner,
    publicKey: { x: key.x, y: key.y },
    proof: provePossession(ledger, owner, key),
  };
}

/**
 * Reads a key request.
 *
 * @throws HuilianError HL-1010
 */
export function parseKeyRequest(value: Json): KeyRequest {
  const parsed = keyRequestSchema.safeParse(value);
  if (!parsed.success) throw new HuilianError('HL-1010', faultOf(keyRequestSchema, parsed.error, value));
  return parsed.data;
}
