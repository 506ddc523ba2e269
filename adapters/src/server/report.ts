import { catalogue, isErrorCode, type ErrorCode, type Language } from '@huilian/core';
import { z } from 'zod';
import { MESSAGE_STATES, type StoredMessage } from '../inbox/stored-message.js';

const code = z.string().regex(/^HL-\d{4}$/);

/** What became of a message, as it is answered. */
export const reportSchema = z
  .object({
    id: z.string(),
    type: z.string(),
    version: z.int(),
    digest: z
      .string()
      .describe(
        'SHA-256 of the bytes that came, hex; where they hold an IMEI, HMAC under the pepper of the channel.',
      ),
    state: z
      .enum(MESSAGE_STATES)
      .describe('settled: judged by the ledger; failed: put aside, send it again.'),
    verdict: z
      .enum(['accepted', 'refused', 'partly', 'nothingToDo'])
      .optional()
      .describe('Of all its events, once it is settled.'),
    receivedAt: z.iso.datetime(),
    attempts: z.int(),
    code: code.optional().describe('Why it waits or failed.'),
    what: z.string().optional(),
    next: z.string().optional(),
    facts: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
    unknownFields: z
      .array(z.object({ pointer: z.string(), found: z.string().optional() }))
      .describe('Members that the dictionary does not know. They were not used.'),
    remark: code.optional().describe('HL-9210 when there are such members.'),
    events: z.array(
      z.object({
        id: z.string().optional().describe('`keyId.sequence.index`, once it is signed.'),
        type: z.string(),
        item: z.string(),
        verdict: z.string().optional().describe('`accepted`, or the code of the refusal.'),
        notice: z.string().optional(),
        what: z.string().optional(),
        next: z.string().optional(),
      }),
    ),
  })
  .meta({ id: 'MessageReport', description: 'What became of a message.' });

export type MessageReport = z.output<typeof reportSchema>;

/**
 * Tells what became of a message.
 *
 * @param held why what was signed is not on the ledger yet
 */
export function reportOf(stored: StoredMessage, language: Language, held?: ErrorCode): MessageReport {
  const { message, digest, state, receivedAt, attempts, details, plan, outcomes } = stored;
  const reason = stored.code ?? (state === 'signed' ? held : undefined);
  const byId = new Map(outcomes.map((outcome) => [outcome.id, outcome]));
  const events = (plan?.events ?? []).map(({ type, item }, at) => {
    const id = plan?.ids?.[at];
    const outcome = id === undefined ? undefined : byId.get(id);
    return {
      ...(id === undefined ? {} : { id }),
      type,
      item,
      ...(outcome === undefined ? {} : { verdict: outcome.verdict, ...wordsOf(outcome.verdict, language) }),
      ...(outcome?.notice === undefined ? {} : { notice: outcome.notice }),
    };
  });
  return {
    id: message.id,
    type: message.type,
    version: message.version,
    digest,
    state,
    ...(state === 'settled' ? { verdict: verdictOf(events.map(({ verdict }) => verdict)) } : {}),
    receivedAt: new Date(receivedAt).toISOString(),
    attempts,
    ...(reason === undefined ? {} : { code: reason, ...wordsOf(reason, language) }),
    ...(details === undefined || Object.keys(details).length === 0 ? {} : { facts: { ...details } }),
    unknownFields: message.unknown.map((field) => ({ ...field })),
    ...(message.unknown.length > 0 ? { remark: 'HL-9210' satisfies ErrorCode } : {}),
    events,
  };
}

function verdictOf(verdicts: readonly (string | undefined)[]): MessageReport['verdict'] {
  if (verdicts.length === 0) return 'nothingToDo';
  const accepted = verdicts.filter((verdict) => verdict === 'accepted').length;
  if (accepted === verdicts.length) return 'accepted';
  return accepted === 0 ? 'refused' : 'partly';
}

function wordsOf(code: string, language: Language): { what?: string; next?: string } {
  if (!isErrorCode(code)) return {};
  const { what, next } = language === 'en' ? catalogue[code].en : catalogue[code].zh;
  return { what, next };
}
