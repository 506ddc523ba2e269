import {
  HuilianError,
  isCreditCode,
  isItemId,
  ITEM_KINDS,
  ITEM_STATES,
  KEY_KINDS,
  ROLES,
  isErrorCode,
} from '@huilian/core';
import { z } from 'zod';

/** Pieces that routes share. */

export const keyId = z
  .string()
  .regex(/^[A-Za-z0-9_-]{43}$/, 'RFC 7638 thumbprint, 43 characters of base64url')
  .meta({ description: 'Key id: RFC 7638 thumbprint.' });

export const sequence = z.coerce
  .number()
  .int()
  .min(1)
  .max(9_999_999_999)
  .meta({ type: 'integer', description: 'Number of the batch in its lane.' });

export const itemId = z
  .string()
  .refine(isItemId, {
    error: 'An item id has 30 characters, begins with hl1 and ends with check characters',
    params: { code: 'HL-1030' },
  })
  .meta({ description: 'Item id.', example: 'hl1…' });

export const creditCode = z
  .string()
  .refine(isCreditCode, { error: 'Unified social credit code, 18 characters', params: { code: 'HL-1031' } })
  .meta({ description: 'Unified social credit code (GB 32100).' });

const minBlock = z.coerce
  .number()
  .int()
  .min(0)
  .optional()
  .meta({ type: 'integer', description: 'Wait until this block is in the read model: read your own write.' });

/** Query of a single record. */
export const fresh = z.object({ minBlock });

/** Query of a list. */
export const paged = z.object({
  minBlock,
  limit: z.coerce
    .number()
    .int()
    .min(1)
    .max(200)
    .default(50)
    .meta({ type: 'integer', description: 'Most records of a page.' }),
  cursor: z
    .string()
    .max(400)
    .optional()
    .meta({ description: 'Where the page begins; from the Link header of the page before.' }),
});

export const linkHeader = {
  Link: 'Address of the next page with rel="next" (RFC 8288); absent on the last.',
} as const;
export const etagHeader = { ETag: 'Changes with the content; send it back in If-None-Match.' } as const;

export const verdict = z
  .string()
  .regex(/^(accepted|HL-\d{4})$/)
  .meta({ description: '`accepted`, or the code of the refusal.' });

export const terms = {
  kind: z.enum(ITEM_KINDS),
  state: z.enum(ITEM_STATES),
  keyKind: z.enum(KEY_KINDS),
  role: z.enum(ROLES),
};

/** Checks a code from a path. @throws HuilianError HL-4040 */
export function knownCode(text: string) {
  if (!isErrorCode(text)) throw new HuilianError('HL-4040', { code: text.slice(0, 20) });
  return text;
}
