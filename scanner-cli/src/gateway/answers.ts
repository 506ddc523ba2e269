import { HuilianError, isErrorCode, type Details, type ErrorCode, type Verdict } from '@huilian/core';
import { z } from 'zod';

const base64 = z.string().regex(/^[A-Za-z0-9+/]+={0,2}$/);
const digest = z.string().regex(/^[0-9a-f]{64}$/);
const code = z.custom<ErrorCode>((value) => typeof value === 'string' && isErrorCode(value));
const verdict = z.custom<Verdict>(
  (value) => value === 'accepted' || (typeof value === 'string' && isErrorCode(value)),
);
/** What a peer says can be long; it is cut, so that the code beside it is not lost. */
const fact = z.union([z.string().transform((text) => text.slice(0, 400).toWellFormed()), z.number()]);

/** Shapes of what a gateway answers. A gateway may know more members than these. */
export const answers = {
  batches: z.object({
    batches: z.array(
      z.object({
        keyId: z.string(),
        sequence: z.int(),
        status: z.enum(['recorded', 'known', 'fork', 'inadmissible', 'queued']),
        code: code.optional(),
        facts: z.record(z.string(), fact).optional(),
        verdicts: z.array(verdict).optional(),
        notices: z.array(z.tuple([z.int(), z.string()])).optional(),
        block: z.int().optional(),
      }),
    ),
  }),
  recorded: z.object({
    digest,
    verdicts: z.array(verdict),
    notices: z.array(z.tuple([z.int(), z.string()])).optional(),
    block: z.int().optional(),
  }),
  ledger: z.object({ ledger: digest }),
  tags: z.object({
    tags: z.array(
      z.object({
        scheme: z.string(),
        value: z.string(),
        item: z.string(),
        contenders: z.array(z.string()).exactOptional(),
        retired: z.boolean().exactOptional(),
      }),
    ),
  }),
  lane: z.object({
    next: z.int().min(1),
    head: z.union([digest, z.literal('')]),
    forked: z.int().optional(),
    gaps: z.array(z.tuple([z.int(), z.int()])).optional(),
  }),
  attestation: z.object({
    payload: base64,
    endorsements: z
      .array(z.object({ endorser: base64, signature: base64 }))
      .min(1)
      .max(16),
  }),
  token: z.object({ access_token: z.string().min(1).max(8_192), expires_in: z.number().min(0) }),
  problem: z.object({ code, facts: z.record(z.string(), fact).optional() }),
} as const;

/** What a gateway says of one batch. Nothing of it is believed without a receipt. */
export type BatchResult = z.output<typeof answers.batches>['batches'][number];

/**
 * Checks an answer.
 *
 * @throws HuilianError HL-7017
 */
export function readAnswer<T>(schema: z.ZodType<T>, value: unknown, where: string): T {
  const read = schema.safeParse(value);
  if (read.success) return read.data;
  const field = read.error.issues[0]?.path.map(String).join('.') ?? '';
  throw new HuilianError('HL-7017', { address: where, field: field.slice(0, 80) });
}

/** The error of a problem document (RFC 9457), or HL-7017 when it is none of ours. */
export function errorOfProblem(value: unknown, status: number, where: string): HuilianError {
  const read = answers.problem.safeParse(value);
  if (!read.success) return new HuilianError('HL-7017', { address: where, status });
  const facts: Details = read.data.facts ?? {};
  return new HuilianError(read.data.code, facts);
}
