import { z } from 'zod';
import { evidence, output, reference } from '../fields.js';
import { CORE_GRADES } from '../terms.js';

/** Steps between the classes of a part. */
export const partEvents = {
  markReused: z.strictObject({ mark: reference, evidence }),
  designateCore: z.strictObject({}),
  grade: z.strictObject({ grade: z.enum(CORE_GRADES), evidence }),
  remanufacture: z.strictObject({ product: output, mark: reference, evidence }),
} as const;
