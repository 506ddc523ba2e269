import { HuilianError, isErrorCode, MAX_BATCH_EVENTS, packTexts, verdictsOf } from '@huilian/core';
import { LedgerError, type LedgerConnection } from '@huilian/fabric';
import { z } from 'zod';
import type { ReadModel } from '../ports.js';
import type { Sent } from './lanes.js';
import type { BatchResult, GroupOutcome, Inadmissible, RecordGroup } from './outcome.js';

/** What the chaincode answers to `record`. */
const answer = z.object({
  batches: z.array(
    z.object({
      keyId: z.string(),
      sequence: z.int(),
      digest: z.string(),
      status: z.enum(['recorded', 'known', 'fork']),
      count: z.int().min(0).max(MAX_BATCH_EVENTS),
      refused: z.array(z.tuple([z.int(), z.string()])),
      notices: z.array(z.tuple([z.int(), z.string()])).optional(),
    }),
  ),
});

/** What it answers when it admits not all of the group. */
const offences = z.object({
  offences: z.array(z.object({ index: z.int(), code: z.string().refine(isErrorCode) })).min(1),
});

/** Codes that concern the group as a whole; its halves may pass. */
const tooLarge = new Set(['HL-3014', 'HL-1025']);

/** Records groups on the ledger. A group whose batches are all on record is not submitted again. */
export function ledgerRecord(ledger: LedgerConnection, readModel: Pick<ReadModel, 'batch'>): RecordGroup {
  return async (batches) => {
    try {
      const endorsed = await ledger.endorse('Record:record', [packTexts(batches.map(({ text }) => text))]);
      const { batches: results } = answer.parse(JSON.parse(Buffer.from(endorsed.response).toString()));
      if (results.every(({ status }) => status === 'known')) {
        return {
          kind: 'done',
          results: await Promise.all(results.map((result) => placed(readModel, result))),
        };
      }
      const { transactionId, block } = await endorsed.commit();
      return {
        kind: 'done',
        results: results.map((result) => dressed(result, { block, transaction: transactionId })),
      };
    } catch (error) {
      return failure(error, batches);
    }
  };
}

type Answered = z.output<typeof answer>['batches'][number];

/** The answer with a verdict for each event, as clients get it. */
function told({ count, refused, ...rest }: Answered): Omit<BatchResult, 'block' | 'transaction'> {
  return { ...rest, verdicts: verdictsOf({ count, refused }) };
}

function dressed(result: Answered, place: { block?: number; transaction?: string }): BatchResult {
  // A batch that was there before is in another block.
  const where = result.status === 'known' ? {} : place;
  return { ...told(result), ...(result.status === 'fork' ? { code: 'HL-3010' } : {}), ...where };
}

/** Where a batch that is on record stands, as far as the read model has come. */
async function placed(readModel: Pick<ReadModel, 'batch'>, result: Answered): Promise<BatchResult> {
  const found = await readModel.batch(result.keyId, result.sequence).catch(() => undefined);
  return {
    ...told(result),
    ...(found === undefined ? {} : { block: found.block, transaction: found.row.transaction }),
  };
}

function failure(error: unknown, batches: readonly Sent[]): GroupOutcome {
  if (error instanceof HuilianError && tooLarge.has(error.code)) return { kind: 'tooLarge', error };
  if (!(error instanceof LedgerError)) return { kind: 'failed', error };
  if (error.kind === 'conflict') return { kind: 'conflict' };
  if (error.kind !== 'inadmissible') return { kind: 'failed', error };
  return refused(error, batches);
}

function refused(error: LedgerError, batches: readonly Sent[]): GroupOutcome {
  const listed = offences.safeParse(error.body);
  if (!listed.success) return { kind: 'failed', error };
  const found = listed.data.offences
    .filter(({ index }) => index < batches.length)
    .map(({ index, code }): Inadmissible => ({
      position: index,
      code: isErrorCode(code) ? code : 'HL-3013',
    }));
  return found.length === 0 ? { kind: 'failed', error } : { kind: 'inadmissible', batches: found };
}
