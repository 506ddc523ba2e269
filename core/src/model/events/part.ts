import { z } from 'zod';
import { code, evidence, grams, model, output, reference, tag } from '../fields.js';
import { CORE_GRADES } from '../terms.js';

/** Steps between the classes of a part. */
export const partEvents = {
  /** One of the two at the least: a code that the part bears from now on, and its model. */
  codePart: z.strictObject({ label: tag.optional(), model: model.optional() }),
  markReused: z.strictObject({ mark: reference, evidence }),
  designateCore: z.strictObject({}),
  /** `missing` names what the core lacks. */
  grade: z.strictObject({
    grade: z.enum(CORE_GRADES),
    missing: z.array(code).max(16).optional(),
    evidence,
  }),
  /** `addedGrams` is the mass of the new parts in the product. */
  remanufacture: z.strictObject({
    product: output,
    mark: reference,
    addedGrams: grams.optional(),
    evidence,
  }),
} as const;
