import { z } from 'zod';
import { code, eventId, evidence, itemId, tableVersion } from '../fields.js';
import { CORRECTION_REASONS, REFUSAL_CLASSES } from '../terms.js';

/**
 * What a correction names: the wrong event, and all items that it had brought into the ledger; where what it did stands, also its type,
 * which says what may stand in its place.
 */
const wrong = {
  event: eventId,
  eventType: code.optional(),
  termVersion: tableVersion,
  outputs: z.array(itemId).max(40).optional(),
};

/** An event is never changed: it is declared wrong by a further one. */
export const correctionEvents = {
  correct: z.strictObject({ ...wrong, reason: z.enum(CORRECTION_REASONS), evidence }),
  /** The other hand of a correction that takes two. */
  agreeCorrection: z.strictObject(wrong),
  /** Oversight says what a refused attempt was. */
  classifyRefusal: z.strictObject({ event: eventId, class: z.enum(REFUSAL_CLASSES), evidence }),
} as const;
