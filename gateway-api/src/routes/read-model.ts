import { z } from 'zod';
import { route, type Call, type Reply } from '../http/route.js';
import type { PageOf } from '../ports.js';
import { pageReply } from './pages.js';
import { fresh, linkHeader } from './schemas.js';

/** Query of the whole of something, for a comparison. */
const whole = fresh.extend({
  limit: z.coerce.number().int().min(1).max(1000).default(500).meta({ type: 'integer' }),
  cursor: z
    .string()
    .max(400)
    .default('')
    .meta({ description: 'After which the page begins; from the Link header of the page before.' }),
});

const next = z.string().optional();
const block = z
  .int()
  .meta({ description: 'Last block in the read model after the page was read: nothing in it is newer.' });
const document = z.looseObject({ id: z.string() });

export const readModelRoutes = [
  route({
    method: 'get',
    path: '/v1/read-model/digest',
    name: 'getDigest',
    tag: 'Ledger',
    summary: 'Digest of the read model, to compare two gateways',
    resource: 'ledger',
    responses: {
      200: {
        description: 'The digest.',
        schema: z.object({ block: z.int(), digest: z.string() }).meta({ id: 'Digest' }),
      },
    },
    handle: async ({ services }) => {
      const block = await services.readModel.height();
      return {
        body: { block, digest: await services.readModel.digest() },
        headers: { 'Cache-Control': 'no-store' },
      };
    },
  }),
  route({
    method: 'get',
    path: '/v1/read-model/rows',
    name: 'listReadModelRows',
    tag: 'Ledger',
    summary: 'Rows of the world state as the read model has them, in the order of their keys',
    description: 'What `huilian verify` compares with the blocks. Rows may change between two pages.',
    resource: 'ledger',
    query: whole,
    responses: {
      200: {
        description: 'A page of rows: key, row, and the fields beside it by which the read model finds it.',
        schema: z
          .object({
            rows: z.array(z.tuple([z.string(), z.looseObject({}), z.looseObject({})])),
            block,
            next,
          })
          .meta({ id: 'ReadModelRowPage' }),
        headers: linkHeader,
      },
    },
    handle: async (call) => answer(call, 'rows', await call.services.readModel.heldRows(call.query)),
  }),
  route({
    method: 'get',
    path: '/v1/read-model/batches',
    name: 'listReadModelBatches',
    tag: 'Ledger',
    summary: 'Recorded batches as the read model has them, in the order of the ledger',
    description:
      'Each with its header, signature and seed, and the documents of its events. A page ends with a whole batch.',
    resource: 'ledger',
    query: whole,
    responses: {
      200: {
        description: 'A page of batches. Documents are shown as they are held.',
        schema: z
          .object({
            batches: z.array(z.object({ batch: document.optional(), events: z.array(document) })),
            block,
            next,
          })
          .meta({ id: 'ReadModelBatchPage' }),
        headers: linkHeader,
      },
    },
    handle: async (call) => answer(call, 'batches', await call.services.readModel.heldBatches(call.query)),
  }),
  route({
    method: 'get',
    path: '/v1/read-model/links',
    name: 'listReadModelLinks',
    tag: 'Ledger',
    summary: 'What the read model says came out of what, and is fitted into what, by child',
    resource: 'ledger',
    query: whole,
    responses: {
      200: {
        description: 'A page of links. Documents are shown as they are held.',
        schema: z.object({ links: z.array(document), block, next }).meta({ id: 'ReadModelLinkPage' }),
        headers: linkHeader,
      },
    },
    handle: async (call) => answer(call, 'links', await call.services.readModel.heldLinks(call.query)),
  }),
  route({
    method: 'get',
    path: '/v1/read-model/findings',
    name: 'listReadModelFindings',
    tag: 'Ledger',
    summary: 'Findings as the read model has them, by their ids',
    resource: 'ledger',
    query: whole,
    responses: {
      200: {
        description: 'A page of findings. Documents are shown as they are held.',
        schema: z.object({ findings: z.array(document), block, next }).meta({ id: 'ReadModelFindingPage' }),
        headers: linkHeader,
      },
    },
    handle: async (call) => answer(call, 'findings', await call.services.readModel.heldFindings(call.query)),
  }),
  route({
    method: 'get',
    path: '/v1/read-model/clocks',
    name: 'listReadModelClocks',
    tag: 'Ledger',
    summary: 'Time limits of items as the read model has them, by their ids',
    description: 'Those of all items: running, met, late, not computable and void.',
    resource: 'ledger',
    query: whole,
    responses: {
      200: {
        description: 'A page of clocks. Documents are shown as they are held.',
        schema: z.object({ clocks: z.array(document), block, next }).meta({ id: 'ReadModelClockPage' }),
        headers: linkHeader,
      },
    },
    handle: async (call) => answer(call, 'clocks', await call.services.readModel.heldClocks(call.query)),
  }),
];

/** Answers a page, and the block that it is not newer than. */
async function answer<T>(call: Call, name: string, page: PageOf<T>): Promise<Reply> {
  const reply = pageReply(call, name, page, (record) => record);
  const body = { ...(reply.body as object), block: await call.services.readModel.height() };
  return { ...reply, body, headers: { ...reply.headers, 'Cache-Control': 'no-store' } };
}
