import { z } from 'zod';
import { APPLIANCE_TYPES } from '../facts/appliance-catalogue.js';
import { ERASURE_METHODS, IDENTITY_STRENGTHS, ROUTES, UNIT_TEST_RESULTS } from '../facts/appliance.js';
import { code, evidence, grams, hash, itemId, reference, source, tableVersion, tag } from '../fields.js';

/** Nobody knows an appliance with more: 999.9 inches, 9 999 litres, 99 999 watts. */
const tenthInches = z.int().min(1).max(9_999);
const litres = z.int().min(1).max(9_999);
const watts = z.int().min(1).max(99_999);

/** Steps of an appliance's life. */
export const applianceEvents = {
  /** Who gave it: a household is the number of its slip. */
  collectUnit: z.strictObject({ source: source.unwrap() }),
  receiveUnit: z.strictObject({
    massGrams: grams,
    identity: z.enum(IDENTITY_STRENGTHS),
    /** Photograph of the nameplate. */
    nameplate: hash.optional(),
    type: z.enum(APPLIANCE_TYPES).optional(),
    screenTenthInches: tenthInches.optional(),
    capacityGrams: grams.optional(),
    volumeLitres: litres.optional(),
    coolingWatts: watts.optional(),
    /** Parts that are not there. Where one is required, `evidence` holds the photograph that proves it. */
    missing: z.array(code).min(1).max(12).optional(),
    partsVersion: tableVersion,
    /** The plant's label. */
    label: tag.optional(),
    evidence,
  }),
  labelUnit: z.strictObject({ label: tag }),
  bindSet: z.strictObject({ partner: itemId }),
  unbindSet: z.strictObject({ partner: itemId }),
  triage: z.strictObject({ route: z.enum(ROUTES), evidence }),
  eraseData: z.strictObject({ method: z.enum(ERASURE_METHODS), evidence }),
  testUnit: z.strictObject({ result: z.enum(UNIT_TEST_RESULTS), evidence }),
  /** The mark says that it is second-hand goods, 旧货. */
  refurbish: z.strictObject({ mark: reference, evidence }),
  sellRefurbished: z.strictObject({ buyer: source.unwrap() }),
  stockUnit: z.strictObject({ place: reference }),
  issueToLine: z.strictObject({ line: reference, stepsVersion: tableVersion }),
  lineStep: z.strictObject({ step: code, evidence }),
  closeUnit: z.strictObject({}),
} as const;
