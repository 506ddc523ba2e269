import { z } from 'zod';
import { INCOMPLETE_REASONS } from '../facts/battery.js';
import { evidence, grams, output, outputs, packCode, reference, tableVersion } from '../fields.js';
import { BATTERY_DEFECTS } from '../terms.js';

/** Steps of a traction battery's life, and what is said of the packs of a vehicle. */
export const batteryEvents = {
  collectBattery: z.strictObject({ slip: reference.optional() }),
  takeInBattery: z.strictObject({ massGrams: grams, toleranceVersion: tableVersion, evidence }),
  testBattery: z.strictObject({
    /** Residual capacity in thousandths of the nominal one. */
    capacityPermille: z.int().min(0).max(1200),
    tableVersion,
    defect: z.enum(BATTERY_DEFECTS).optional(),
    evidence,
  }),
  repurpose: z.strictObject({
    product: output,
    /** Mass of what was built in: a case, a management system. */
    addedGrams: grams.optional(),
    lossGrams: grams,
    toleranceVersion: tableVersion,
    evidence,
  }),
  recycle: z.strictObject({ outputs, lossGrams: grams, toleranceVersion: tableVersion, evidence }),
  reportTrace: z.strictObject({ number: reference }),
  declarePackMissing: z.strictObject({
    pack: packCode,
    reason: z.enum(INCOMPLETE_REASONS),
    evidence,
  }),
} as const;
