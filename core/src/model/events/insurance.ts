import { z } from 'zod';
import { code, creditCode, evidence, hash, itemId, reference } from '../fields.js';
import { COVERS, PART_CLASSES } from '../terms.js';

/** Number of a damage line or of a line of a sale. */
export const lineNumber = z.int().min(1).max(999);
const lineVersion = z.int().min(1).max(99);

/** What may be fitted under a line. No numbers: any part of the category. */
const approvedPart = z.strictObject({
  category: code,
  quantity: z.int().min(1).max(40),
  classes: z.array(z.enum(PART_CLASSES)).min(1).max(5),
  /** The maker's part number and those of equivalent parts. */
  numbers: z.array(reference).max(8).optional(),
});

/** A damage line as approved. Without a part it is labour, or a sum. `amount` is a commitment, see `amountCommitment`. */
const approvedLine = z.strictObject({
  line: lineNumber,
  version: lineVersion,
  amount: hash,
  part: approvedPart.optional(),
});

/** Under which approved line a part is fitted. `vehicle` is given when the part goes into something that is in the vehicle. */
export const repair = z
  .strictObject({
    loss: reference,
    line: lineNumber,
    version: lineVersion,
    vehicle: itemId.optional(),
    number: reference.optional(),
  })
  .optional();

/** Claims, approved lines and payments of a loss; all of them are steps of the vehicle. */
export const insuranceEvents = {
  claimLines: z.strictObject({
    loss: reference,
    claim: reference,
    cover: z.enum(COVERS),
    lines: z.array(lineNumber).max(40),
    against: creditCode.optional(),
    evidence,
  }),
  approveLines: z.strictObject({
    loss: reference,
    claim: reference,
    lines: z.array(approvedLine).min(1).max(20),
    evidence,
  }),
  payLines: z.strictObject({
    loss: reference,
    claim: reference,
    /** Of recourse: the insurer whose claim it is. */
    insurer: creditCode.optional(),
    lines: z
      .array(z.strictObject({ line: lineNumber, version: lineVersion }))
      .min(1)
      .max(40),
    amount: hash,
    evidence,
  }),
  changeRegistration: z.strictObject({ part: itemId, evidence }),
} as const;
