import { z } from 'zod';
import {
  code,
  creditCode,
  hash,
  itemId,
  keyId,
  mspId,
  name,
  province,
  publicKey,
  reference,
  seconds,
  signature,
  tag,
  text,
} from '../fields.js';
import { findingEvents } from './finding.js';
import { KEY_KINDS, ROLES } from '../terms.js';
import { forms } from '../wanted.js';

export const licence = z.strictObject({
  number: reference,
  kind: z.enum(ROLES),
  categories: z.array(code).max(40),
  annualCapacity: z.int().min(0).max(1_000_000_000),
  validFrom: seconds,
  validTo: seconds,
  authority: name,
});

/** What administrator keys sign. */
export const administrationEventData = {
  'participant.register': z.strictObject({
    creditCode,
    name,
    roles: z.array(z.enum(ROLES)).min(1).max(12),
    province,
  }),
  'participant.suspend': z.strictObject({ creditCode, reason: code }),
  'participant.reinstate': z.strictObject({ creditCode }),
  'licence.grant': z.strictObject({ creditCode, licence }),
  /** `digest` is of the entry that was looked at, see `licenceDigest`. */
  'licence.countersign': z.strictObject({ creditCode, number: reference, digest: hash.optional() }),
  'key.register': z.strictObject({
    owner: z.union([creditCode, mspId]).register(forms, { form: 'owner' }),
    kind: z.enum(KEY_KINDS),
    publicKey,
    proof: signature,
    validTo: seconds.optional(),
  }),
  'key.revoke': z.strictObject({ keyId, lastSequence: z.int().min(0), reason: code }),
  'rule.propose': z.strictObject({
    name: code,
    province,
    version: z.int().min(1).max(9999),
    from: seconds,
    table: z
      .record(code, z.union([z.int(), text.max(200), z.array(z.union([z.int(), text.max(60)])).max(400)]))
      .register(forms, { form: 'table' }),
  }),
  'rule.approve': z.strictObject({ name: code, province, version: z.int().min(1).max(9999) }),
  'ruleset.propose': z.strictObject({ number: z.int().min(1).max(9999) }),
  'ruleset.approve': z.strictObject({ number: z.int().min(1).max(9999) }),
  'tag.award': z.strictObject({ tag, item: itemId }),
  ...findingEvents,
} as const;
