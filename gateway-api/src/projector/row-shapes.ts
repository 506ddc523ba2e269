import { z } from 'zod';
import { ITEM_KINDS, ITEM_STATES, KEY_KINDS } from '@huilian/core';

const pairs = z.array(z.tuple([z.int(), z.string()]));

/**
 * The parts of rows that the fold relies on, by the first word of their keys. Endorsers wrote the rows and the verifier
 * checks them; this check only keeps a row that two organisations forged from stopping the projector.
 */
export const rowShapes: Readonly<Record<string, z.ZodType>> = {
  ledger: z.looseObject({ id: z.string() }),
  participant: z.looseObject({ mspId: z.string() }),
  key: z.looseObject({ owner: z.string(), kind: z.enum(KEY_KINDS) }),
  lane: z.looseObject({ next: z.int() }),
  item: z.looseObject({
    kind: z.enum(ITEM_KINDS),
    state: z.enum(ITEM_STATES),
    custodian: z.string(),
    owner: z.string(),
    handover: z.looseObject({ to: z.string() }).optional(),
  }),
  tag: z.looseObject({ item: z.string() }),
  batch: z.looseObject({
    digest: z.string(),
    count: z.int().min(0).max(1_000),
    refused: pairs,
    notices: pairs.optional(),
    gap: z.int().optional(),
    time: z.int(),
  }),
  fork: z.looseObject({ signature: z.string() }),
  rule: z.looseObject({ proposedBy: z.string() }),
  ruleset: z.looseObject({ number: z.int() }),
};
