import { z } from 'zod';
import { fieldOf } from '../messages/details.js';
import { HuilianError } from '../messages/error.js';
import { hash, mspId } from '../model/fields.js';
import type { Json } from '../bytes/canonical.js';

const pem = z.string().startsWith('-----BEGIN CERTIFICATE-----');

const trustSchema = z.strictObject({
  kind: z.literal('huilian.trust'),
  version: z.literal(1),
  ledger: hash,
  channel: z.string(),
  chaincode: z.string(),
  required: mspId,
  organisations: z
    .array(z.strictObject({ mspId, roots: z.array(pem).min(1), intermediates: z.array(pem) }))
    .min(2),
});

/** What a device or an auditor takes as given: the ledger's genesis hash and the organisations' root certificates. */
export type TrustBundle = z.infer<typeof trustSchema>;

/**
 * Reads a trust bundle.
 *
 * @throws HuilianError HL-6001
 */
export function parseTrustBundle(value: Json): TrustBundle {
  const parsed = trustSchema.safeParse(value);
  if (!parsed.success) throw new HuilianError('HL-6001', { field: fieldOf(parsed.error) });
  return parsed.data;
}
