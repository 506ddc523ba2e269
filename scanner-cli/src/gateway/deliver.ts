import { setTimeout as pause } from 'node:timers/promises';
import {
  batchDigest,
  canonical,
  checkReceipt,
  HuilianError,
  type Attestation,
  type SignedBatch,
  type TrustBundle,
  type Verdict,
} from '@huilian/core';
import { checkAttestation } from '@huilian/verifier';
import { z } from 'zod';
import type { GatewayClient } from './client.js';

const resultSchema = z.looseObject({
  keyId: z.string(),
  sequence: z.int(),
  digest: z.string(),
  status: z.enum(['recorded', 'known', 'fork', 'inadmissible', 'queued']),
  code: z.string().optional(),
  verdicts: z.array(z.string().regex(/^(accepted|HL-\d{4})$/)).optional(),
  notices: z.array(z.tuple([z.int(), z.string()])).optional(),
  block: z.int().optional(),
  transaction: z.string().optional(),
});

const answerSchema = z.looseObject({ batches: z.array(resultSchema) });
const attestationSchema = z.looseObject({
  payload: z.string(),
  endorsements: z.array(z.looseObject({ endorser: z.string(), signature: z.string() })),
});

/** What a gateway says of one batch. It is believed only after {@link prove}. */
export type BatchResult = z.infer<typeof resultSchema>;

/** A batch that is on the ledger, as two organisations' signatures show. */
export interface Delivered {
  readonly batch: SignedBatch;
  readonly verdicts: readonly Verdict[];
  readonly notices: readonly (readonly [index: number, code: string])[];
  readonly transaction: string;
  readonly block?: number;
  /** Where the lane stood when the receipt was signed. */
  readonly head: { readonly sequence: number; readonly digest: string };
}

/**
 * Hands batches of one lane to a gateway and waits for what becomes of them.
 *
 * @returns a result for each batch, in order
 * @throws Unreachable; HuilianError of the gateway's problem, HL-7017 when the answer is none
 */
export async function submit(gateway: GatewayClient, batches: readonly SignedBatch[], waitSeconds: number): Promise<readonly BatchResult[]> {
  const end = performance.now() + waitSeconds * 1000;
  for (;;) {
    const { body } = await gateway.post('/v1/batches', 'application/json', canonical({ batches }));
    const results = readResults(gateway, body, batches);
    if (results.every(({ status }) => status !== 'queued')) return results;
    // Sending the same bytes again is safe and says what became of them.
    if (performance.now() > end) throw new HuilianError('HL-5011');
    await pause(500);
  }
}

function readResults(gateway: GatewayClient, body: unknown, batches: readonly SignedBatch[]): readonly BatchResult[] {
  const parsed = answerSchema.safeParse(body);
  const results = parsed.success ? parsed.data.batches : [];
  const fits = batches.every(({ header }, place) => {
    const result = results[place];
    return result?.keyId === header.keyId && result.sequence === header.sequence && result.digest === batchDigest(header);
  });
  if (!fits || results.length !== batches.length) throw new HuilianError('HL-7017', { gateway: gateway.url, path: '/v1/batches' });
  return results;
}

/**
 * Fetches the receipt of a batch and checks it against the pinned trust bundle and the verdicts that the gateway claims.
 *
 * @param now seconds since 1970
 * @throws HuilianError HL-7016 when the receipt does not bear the claim out; Unreachable, or the gateway's problem
 */
export async function prove(
  gateway: GatewayClient,
  batch: SignedBatch,
  result: BatchResult,
  trust: TrustBundle,
  now: number,
): Promise<Delivered> {
  const { keyId, sequence } = batch.header;
  const verdicts = (result.verdicts ?? []) as readonly Verdict[];
  const attestation = attestationSchema.safeParse(await gateway.get(`/v1/receipts/${keyId}/${sequence}`));
  try {
    if (!attestation.success) throw new HuilianError('HL-6001', { field: 'attestation' });
    const { receipt } = checkAttestation(attestation.data as Attestation, trust, now);
    checkReceipt(receipt, batch, verdicts);
    return {
      batch,
      verdicts,
      notices: result.notices ?? [],
      transaction: receipt.transaction,
      head: receipt.head,
      ...(result.block === undefined ? {} : { block: result.block }),
    };
  } catch (cause) {
    throw new HuilianError('HL-7016', { gateway: gateway.url, sequence, reason: codeOf(cause) }, { cause });
  }
}

function codeOf(error: unknown): string {
  return error instanceof HuilianError ? error.code : error instanceof Error ? error.message : '';
}
