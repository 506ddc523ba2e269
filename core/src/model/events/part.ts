import { z } from 'zod';
import { code, evidence, output, reference } from '../fields.js';
import { CORE_GRADES } from '../terms.js';

/** Steps between the classes of a part. */
export const partEvents = {
  markReused: z.strictObject({ mark: reference, evidence }),
  designateCore: z.strictObject({}),
  /** `missing` names what the core lacks. */
  grade: z.strictObject({
    grade: z.enum(CORE_GRADES),
    missing: z.array(code).max(16).optional(),
    evidence,
  }),
  remanufacture: z.strictObject({ product: output, mark: reference, evidence }),
} as const;
