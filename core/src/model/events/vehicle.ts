import { z } from 'zod';
import { INCOMPLETE_REASONS } from '../facts/battery.js';
import {
  code,
  creditCode,
  date,
  evidence,
  grams,
  hash,
  outputs,
  packCode,
  reference,
  source,
  tableVersion,
} from '../fields.js';
import { HOLD_REASONS, TOTAL_LOSSES, type Assembly } from '../terms.js';

const count = z.int().min(0).max(8).optional();
/** How many of each assembly a vehicle has; one of each where nothing is said. */
export const assemblies = z
  .strictObject({
    engine: count,
    steeringGear: count,
    transmission: count,
    frontAxle: count,
    rearAxle: count,
    frame: count,
  } satisfies Record<Assembly, typeof count>)
  .optional();

/** Steps of a vehicle's life. */
export const vehicleEvents = {
  /** `day` is when it happened, as 20260302; the day of the report where nothing is said. */
  reportDamage: z.strictObject({ loss: reference, day: date.optional(), evidence }),
  assess: z.strictObject({ loss: reference, evidence }),
  declareTotalLoss: z.strictObject({ loss: reference, totalLoss: z.enum(TOTAL_LOSSES), evidence }),
  sellSalvage: z.strictObject({ to: creditCode }),
  returnToUse: z.strictObject({ evidence }),
  surrender: z.strictObject({ source }),
  receive: z.strictObject({
    massGrams: grams,
    /** What the vehicle is as who takes it in sees it, where it was registered by somebody else. */
    category: code.optional(),
    assemblies,
    supervised: z.boolean().optional(),
    /** Of an electric vehicle: the codes of its traction battery packs. A bus has about ten. */
    packs: z.array(packCode).max(16).optional(),
    /** Why a pack of an electric vehicle is not there. */
    incompleteVehicle: z.enum(INCOMPLETE_REASONS).optional(),
    evidence,
  }),
  issueCertificate: z.strictObject({ number: reference }),
  /** `category` is what the register of the police says that the vehicle is. */
  cancelRegistration: z.strictObject({ category: code.optional(), evidence }),
  depollute: z.strictObject({ outputs, certificateVersion: tableVersion.optional() }),
  leaveHulk: z.strictObject({ massGrams: grams, lossGrams: grams, toleranceVersion: tableVersion }),
  shred: z.strictObject({ outputs, lossGrams: grams, toleranceVersion: tableVersion }),
  hold: z.strictObject({ reason: z.enum(HOLD_REASONS), evidence }),
  release: z.strictObject({ evidence }),
  witness: z.strictObject({ evidence: z.array(hash).min(1).max(8) }),
} as const;
