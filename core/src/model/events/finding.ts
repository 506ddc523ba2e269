import { z } from 'zod';
import { FINDING_KINDS, FINDING_OUTCOMES } from '../../findings/kinds.js';
import { code } from '../fields.js';

/** Id of a finding: its kind, and the id of the event that gave it. */
const findingId = z
  .string()
  .regex(
    new RegExp(`^(${FINDING_KINDS.join('|')})\\.[A-Za-z0-9_-]{43}\\.[1-9][0-9]{0,9}\\.(0|[1-9][0-9]{0,2})$`),
  );

/** What Oversight says of what the record shows. */
export const findingEvents = {
  'finding.decide': z.strictObject({ finding: findingId, outcome: z.enum(FINDING_OUTCOMES), reason: code }),
} as const;
