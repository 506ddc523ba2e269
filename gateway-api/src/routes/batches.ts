import {
  batchDigest,
  openBatch,
  readBatch,
  HuilianError,
  MAX_GROUP_BATCHES,
  parse,
  requireCanonical,
  canonicalText,
  verdictsOf,
  type Json,
  type OpenedBatch,
  type ReadBatch,
} from '@huilian/core';
import { z } from 'zod';
import { admit } from '../auth/access.js';
import type { Caller } from '../auth/caller.js';
import { HttpError, type Fault } from '../http/problem.js';
import { route, type Call, type Reply } from '../http/route.js';
import type { BatchResult } from '../relay/outcome.js';
import { precheck } from '../relay/precheck.js';
import { fresh, keyId, sequence, verdict } from './schemas.js';

const result = z
  .object({
    keyId,
    sequence: z.int(),
    digest: z.string().meta({ description: 'SHA-256 of the header, hex.' }),
    status: z.enum(['recorded', 'known', 'fork', 'inadmissible', 'queued']),
    code: z.string().optional().meta({ description: 'Why it is inadmissible or a fork.' }),
    facts: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
    verdicts: z.array(verdict).optional().meta({ description: 'One for each event, in order.' }),
    notices: z.array(z.tuple([z.int(), z.string()])).optional(),
    block: z.int().optional(),
    transaction: z.string().optional(),
  })
  .meta({ id: 'BatchResult' });

const results = z.object({ batches: z.array(result) }).meta({ id: 'BatchResults' });

const request = z
  .object({
    batches: z
      .array(
        z.looseObject({
          header: z.looseObject({}),
          signature: z.string(),
          seed: z.string(),
          events: z.array(z.looseObject({})),
        }),
      )
      .min(1)
      .max(MAX_GROUP_BATCHES),
  })
  .meta({
    id: 'BatchRequest',
    description: 'Canonical JSON (RFC 8785) of signed batches. See docs/design/formats.md.',
  });

export const batchRoutes = [
  route({
    method: 'post',
    path: '/v1/batches',
    name: 'submitBatches',
    tag: 'Batches',
    summary: 'Hand in signed batches and get the verdicts',
    description:
      'Each batch proves itself by the signature of its registered key, so no token is needed; with one, higher rates hold. The answer comes after the commit. With `Prefer: respond-async` it comes at once, with a status address that is good at every gateway. The same bytes may be sent any number of times: a batch is recorded once.',
    resource: 'submission',
    body: {
      mediaTypes: ['application/json'],
      schema: request,
      description: 'At most 64 batches; gzip is welcome.',
    },
    responses: {
      200: { description: 'What became of each batch, in order.', schema: results },
      202: {
        description: 'Taken; the outcome will be at the status address.',
        schema: results,
        headers: { Location: 'Status address of the last batch.', 'Preference-Applied': 'respond-async' },
      },
    },
    problems: [
      'HL-1001',
      'HL-1003',
      'HL-1020',
      'HL-1021',
      'HL-1022',
      'HL-4007',
      'HL-4031',
      'HL-5001',
      'HL-5011',
      'HL-5012',
    ],
    handle: submit,
  }),
  route({
    method: 'get',
    path: '/v1/batches/{keyId}/{sequence}',
    name: 'getBatch',
    tag: 'Batches',
    summary: 'Recorded batch with its verdicts',
    resource: 'lane',
    params: z.object({ keyId, sequence }),
    query: fresh,
    responses: {
      200: {
        description: 'The batch is recorded.',
        schema: result
          .extend({ count: z.int(), ruleset: z.int(), time: z.int() })
          .meta({ id: 'RecordedBatch' }),
      },
    },
    problems: ['HL-3018'],
    handle: async ({ params, services, caller }) => {
      const parties = await ownersOf(services, caller, params.keyId);
      admit(caller, 'lane', parties);
      const found = await services.readModel.batch(params.keyId, params.sequence);
      if (found === undefined) throw new HuilianError('HL-3018', params);
      const { row, block } = found;
      const { digest, count, ruleset, time, transaction, notices } = row;
      const body = {
        ...params,
        digest,
        status: 'recorded',
        verdicts: verdictsOf(row),
        ...(notices === undefined ? {} : { notices }),
        count,
        ruleset,
        time,
        block,
        transaction,
      };
      return { body, parties };
    },
  }),
];

/**
 * The participant that a key belongs to. It is asked before anything else is looked up: whether a stranger's batch is there
 * or not is not for everybody to know.
 */
export async function ownersOf(
  services: Call['services'],
  caller: Caller,
  key: string,
): Promise<readonly string[]> {
  // The read model may not have the key yet with which its holder has just proved itself.
  if (caller.kind === 'key' && caller.subject === key) return [caller.creditCode];
  const row = await services.readModel.row(`key/${key}`);
  return row === undefined ? [] : [(row as { owner: string }).owner];
}

async function submit(call: Call<undefined, undefined>): Promise<Reply> {
  const batches = readBatches(call.body);
  const { ledgerId, signerKeys, relay, config } = call.services;
  const keys = await signerKeys.find(new Set(batches.map(({ batch }) => batch.header.keyId)));
  const known = batches.map(({ batch }) => precheck(batch, ledgerId, keys.get(batch.header.keyId)));
  const relayed = relay.submit(batches.filter((_batch, place) => known[place] === undefined));
  if (prefersAsync(call.header('prefer'))) return queued(batches, { 'Preference-Applied': 'respond-async' });
  const settled = await inTime(Promise.allSettled(relayed), config.COMMIT_WAIT_MS);
  return settled === undefined ? queued(batches, {}) : answered(known, settled);
}

const body = z.strictObject({ batches: z.array(z.unknown()).min(1).max(MAX_GROUP_BATCHES) });

/** Reads a body and accepts it only in its canonical form. @throws HttpError HL-4001, HuilianError HL-1001 to HL-1007 */
function readBody(bytes: Uint8Array): readonly ReadBatch[] {
  const { text, value } = parse(bytes);
  const listed = body.safeParse(value);
  const read = listed.success ? listed.data.batches.map((batch) => readBatch(batch as Json)) : [];
  const canonicalForm = listed.success
    ? `{"batches":[${read.map((batch) => batch.text).join(',')}]}`
    : canonicalText(value);
  requireCanonical(text, canonicalForm);
  if (listed.success) return read;
  const faults = listed.error.issues.map((issue) => ({
    pointer: `body/${issue.path.join('/')}`,
    // It lists what should not be there, which may be as long as the body.
    detail: issue.message.slice(0, 200).toWellFormed(),
  }));
  throw new HttpError('HL-4001', {}, { faults });
}

/** @throws HttpError for the body as a whole; HL-1xxx of the first batch with a fault, all of them in `errors`. */
function readBatches(bytes: Uint8Array): readonly OpenedBatch[] {
  const faults: (Fault & { readonly error: HuilianError })[] = [];
  const batches = readBody(bytes).flatMap((each, place) => {
    try {
      return [openBatch(each)];
    } catch (error) {
      if (!(error instanceof HuilianError)) throw error;
      faults.push({ pointer: `body/batches/${place}`, detail: error.code, error });
      return [];
    }
  });
  const [first] = faults;
  if (first !== undefined) {
    throw new HttpError(first.error.code, first.error.details, {
      faults: faults.map(({ pointer, detail }) => ({ pointer, detail })),
    });
  }
  return batches;
}

/**
 * The results in the order of the request. If the ledger was away for any, the whole request is to be sent again.
 *
 * @param known of each batch, what was certain before; `undefined` for those that were relayed.
 */
function answered(
  known: readonly (BatchResult | undefined)[],
  settled: readonly PromiseSettledResult<BatchResult>[],
): Reply {
  const relayed = settled.map((outcome) => {
    if (outcome.status === 'rejected') throw outcome.reason;
    return outcome.value;
  });
  const batches = known.map((result) => result ?? relayed.shift());
  return { body: { batches } };
}

function queued(batches: readonly OpenedBatch[], headers: Readonly<Record<string, string>>): Reply {
  const listed = batches.map(({ batch: { header } }) => ({
    keyId: header.keyId,
    sequence: header.sequence,
    digest: batchDigest(header),
    status: 'queued',
  }));
  const last = listed.at(-1);
  const location = last === undefined ? '/v1/batches' : `/v1/batches/${last.keyId}/${last.sequence}`;
  return { status: 202, body: { batches: listed }, headers: { ...headers, Location: location } };
}

function prefersAsync(prefer: string | undefined): boolean {
  return (prefer ?? '').split(',').some((preference) => preference.trim().toLowerCase() === 'respond-async');
}

async function inTime<T>(promise: Promise<T>, milliseconds: number): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => {
      resolve(undefined);
    }, milliseconds);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
