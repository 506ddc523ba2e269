import { CORRECTION_REASONS, EVIDENCE_GRADES } from '@huilian/core';
import { z } from 'zod';
import { verdict } from './schemas.js';

export const correctionShape = z
  .object({
    declaredBy: z.string().meta({ description: 'Event that declares it wrong.' }),
    signers: z.array(z.string()).meta({ description: 'Credit codes of those who signed that.' }),
    reason: z.enum(CORRECTION_REASONS).optional(),
    effect: z.enum(['open', 'takenBack', 'questioned']).meta({
      description:
        '`open` waits for the other hand; what it did was taken back, or stands and is questioned.',
    }),
    misnamed: z.literal(true).optional().meta({
      description:
        'What it did stands, and the correction names another type than the event has: a step of that other type did not replace it.',
    }),
    replacedBy: z.string().optional().meta({ description: 'Event that stands in its place.' }),
  })
  .meta({ id: 'Correction', description: 'That an event was declared wrong.' });

export const eventShape = z
  .object({
    id: z.string().meta({ description: '`keyId.sequence.index`.' }),
    position: z.string().meta({ description: '`block.transaction.index`.' }),
    block: z.int(),
    transaction: z.string(),
    time: z.int().meta({ description: 'Ledger time, seconds since 1970.' }),
    keyId: z.string(),
    sequence: z.int(),
    index: z.int(),
    signer: z.string(),
    event: z.looseObject({ type: z.string(), version: z.int(), time: z.int() }),
    verdict,
    notice: z.string().optional(),
    evidence: z.enum(EVIDENCE_GRADES).optional().meta({
      description:
        'How an accepted step of custody is proved: A both parties’ own keys, B a service key for one of them, C paper.',
    }),
    correction: correctionShape.optional().meta({ description: 'Present when it was declared wrong.' }),
  })
  .meta({ id: 'Event' });

const stoppedClock = z.object({
  timeLimit: z.string(),
  state: z.enum(['met', 'metLate', 'notComputable']),
  late: z.object({ days: z.int(), workingDays: z.int().optional() }).optional(),
});

/** An event of an item's history. */
export const pastEvent = eventShape
  .extend({
    clocks: z
      .array(stoppedClock)
      .optional()
      .meta({ description: 'Time limits of the item that the event ended, and by how much it was late.' }),
  })
  .meta({ id: 'PastEvent' });
