import { z } from 'zod';
import { creditCode, evidence, grams, hash, itemId, nonce, pieces, wasteCode } from '../fields.js';
import { REFUSAL_REASONS } from '../terms.js';

/** Lots on one truck: so many that the events stay within their bound of bytes. */
const MOST_LOTS = 20;
const lots = z.array(itemId).min(1).max(MOST_LOTS);

/** Steps of a hazardous-waste manifest (转移联单): one trip of one vehicle. */
export const manifestEvents = {
  openManifest: z.strictObject({
    nonce,
    /** Given out by the national system, never here. */
    number: z.string().regex(/^[0-9A-Z]{6,30}$/),
    carrier: creditCode,
    handler: creditCode,
    lots: z
      .array(z.strictObject({ item: itemId, wasteCode }))
      .min(1)
      .max(MOST_LOTS),
    evidence,
  }),
  carryManifest: z.strictObject({ lots }),
  acceptManifest: z.strictObject({
    lots: z
      .array(z.strictObject({ item: itemId, massGrams: grams, pieces: pieces.optional() }))
      .min(1)
      .max(MOST_LOTS),
    /** Lots that go back with the truck. */
    refused: z.strictObject({ lots, reason: z.enum(REFUSAL_REASONS) }).optional(),
    evidence,
  }),
  /** The sender has the lots again that the handler sent back. */
  takeBackLots: z.strictObject({ lots, evidence }),
  refuseManifest: z.strictObject({ lots, reason: z.enum(REFUSAL_REASONS), evidence }),
  cancelManifest: z.strictObject({ lots }),
  returnManifest: z.strictObject({ evidence: z.array(hash).min(1).max(8) }),
} as const;
