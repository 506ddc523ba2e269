import { z } from 'zod';
import { creditCode, grams, hash, itemId, reference } from '../fields.js';
import { EXCEPTION_REASONS, SETTLEMENT_REASONS } from '../terms.js';

/** Things that one event packs or unpacks; the bytes of an event allow about as many. */
export const MOST_PACKED = 100;

const items = z.array(itemId).min(1).max(MOST_PACKED);
/** The slip of a party that is not on the ledger: an enterprise with its licence, or a household by the number of its slip. */
const slip = {
  document: hash,
  creditCode: creditCode.optional(),
  household: reference.optional(),
  licence: reference.optional(),
  massGrams: grams.optional(),
  keepOwnership: z.boolean().optional(),
};

/** What an acceptance leaves with the giver, by reason. */
export const exceptions = z
  .array(z.strictObject({ reason: z.enum(EXCEPTION_REASONS), items }))
  .min(1)
  .max(EXCEPTION_REASONS.length)
  .optional();

/** Things in containers, and custody on paper. */
export const logisticsEvents = {
  pack: z.strictObject({ items }),
  unpack: z.strictObject({ items }),
  retireContainer: z.strictObject({}),
  acceptOnBehalf: z.strictObject(slip),
  receiveOnPaper: z.strictObject(slip),
  /** `from`: of which giver's handover, where the signer means not all of its own. */
  settleDifference: z.strictObject({ reason: z.enum(SETTLEMENT_REASONS), from: creditCode.optional() }),
} as const;
