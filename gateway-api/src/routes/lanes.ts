import { HuilianError, makeProof, rowKey, verdictsOf, type Attestation } from '@huilian/core';
import { z } from 'zod';
import { admit } from '../auth/access.js';
import { route } from '../http/route.js';
import { claimantsOf } from '../loss-readers.js';
import type { BatchRecord } from '../ports.js';
import type { Services } from '../services.js';
import { ownersOf } from './batches.js';
import { fresh, keyId, sequence } from './schemas.js';

const lane = z
  .object({
    keyId,
    next: z.int().meta({ description: 'Number that the next batch must bear.' }),
    head: z.string().meta({ description: 'Digest of the last recorded batch, empty before the first.' }),
    gaps: z
      .array(z.tuple([z.int(), z.int()]))
      .optional()
      .meta({ description: 'Numbers that were declared lost.' }),
    forked: z.int().optional().meta({ description: 'Number at which a second batch turned up.' }),
    day: z.int(),
    events: z.int(),
    refused: z.int(),
  })
  .meta({ id: 'Lane' });

const attestation = z
  .object({
    payload: z.string().meta({ description: 'ProposalResponsePayload, base64; the receipt is in it.' }),
    endorsements: z.array(z.object({ endorser: z.string(), signature: z.string() })),
  })
  .meta({
    id: 'Attestation',
    description:
      'A receipt that Oversight and another organisation signed. Check it against the trust bundle.',
  });

const proof = z
  .looseObject({
    kind: z.literal('huilian.proof'),
    version: z.literal(1),
    index: z.int(),
    verdict: z.string(),
  })
  .meta({
    id: 'ShortProof',
    description: 'Proof of one event; `huilian verify FILE` checks it offline. See docs/design/formats.md.',
  });

export const laneRoutes = [
  route({
    method: 'get',
    path: '/v1/lanes/{keyId}',
    name: 'getLane',
    tag: 'Batches',
    summary: 'Where the lane of a key stands',
    resource: 'lane',
    params: z.object({ keyId }),
    query: fresh,
    responses: { 200: { description: 'The lane.', schema: lane } },
    problems: ['HL-3017'],
    handle: async ({ params, services, caller }) => {
      const parties = await ownersOf(services, caller, params.keyId);
      admit(caller, 'lane', parties);
      const row = await services.readModel.row(rowKey.lane(params.keyId));
      if (row === undefined) throw new HuilianError('HL-3017', params);
      return { body: { keyId: params.keyId, ...row }, parties };
    },
  }),
  route({
    method: 'get',
    path: '/v1/receipts/{keyId}/{sequence}',
    name: 'getReceipt',
    tag: 'Batches',
    summary: 'Receipt of a batch, signed by two organisations now',
    description:
      'Evaluated by Oversight and another organisation at the moment of asking, and submitted by nobody. It also names the head of the lane, so one receipt covers all earlier batches.',
    resource: 'lane',
    params: z.object({ keyId, sequence }),
    responses: { 200: { description: 'The attestation.', schema: attestation } },
    problems: ['HL-3018', 'HL-5001', 'HL-5012'],
    handle: async ({ params, services, caller }) => {
      const parties = await ownersOf(services, caller, params.keyId);
      admit(caller, 'lane', parties);
      return {
        body: await attest(services, params.keyId, params.sequence),
        parties,
        headers: { 'Cache-Control': 'no-store' },
      };
    },
  }),
  route({
    method: 'get',
    path: '/v1/proofs/{keyId}/{sequence}/{index}',
    name: 'getProof',
    tag: 'Batches',
    summary: 'Proof of one event that verifies offline',
    resource: 'proof',
    params: z.object({
      keyId,
      sequence,
      index: z.coerce.number().int().min(0).max(999).meta({ type: 'integer' }),
    }),
    query: fresh,
    responses: { 200: { description: 'The proof.', schema: proof } },
    problems: ['HL-3018', 'HL-4040'],
    handle: async ({ params, services, caller }) => {
      const found = await services.readModel.batch(params.keyId, params.sequence);
      const key = await services.readModel.row(rowKey.key(params.keyId));
      const parties = [...(key ? [key.owner] : []), ...(await partiesOf(services, found, params.index))];
      admit(caller, 'proof', parties);
      if (found === undefined || key === undefined)
        throw new HuilianError('HL-3018', { keyId: params.keyId, sequence: params.sequence });
      if (params.index >= found.batch.events.length)
        throw new HuilianError('HL-4040', { index: params.index });
      const attested = await attest(services, params.keyId, params.sequence);
      const body = makeProof(found.batch, verdictsOf(found.row), params.index, key.publicKey, attested);
      return { body, parties };
    },
  }),
];

/** Who touched the item of an event may have its proof too, and of a step of a loss who claims under it. */
async function partiesOf(
  { readModel }: Services,
  found: BatchRecord | undefined,
  index: number,
): Promise<readonly string[]> {
  const event = found?.batch.events[index];
  if (found === undefined || event === undefined || !('item' in event)) return [];
  const claimants = await claimantsOf(readModel, event, verdictsOf(found.row)[index] ?? '');
  return [...((await readModel.item(event.item))?.parties ?? []), ...claimants];
}

async function attest(services: Services, key: string, number: number): Promise<Attestation> {
  const { payload, endorsements } = await services.ledger.attest('Receipts:receipt', [key, String(number)]);
  return {
    payload: base64(payload),
    endorsements: endorsements.map(({ endorser, signature }) => ({
      endorser: base64(endorser),
      signature: base64(signature),
    })),
  };
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64');
}
