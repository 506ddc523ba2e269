import { HuilianError, REFUSAL_CLASSES } from '@huilian/core';
import { z } from 'zod';
import { route } from '../http/route.js';
import type { WorkItem } from '../ports.js';
import { isWorkId } from '../read-work.js';
import type { Services } from '../services.js';
import { correctionShape, eventShape } from './event-shape.js';
import { pageReply } from './pages.js';
import { creditCode, fresh, linkHeader, paged } from './schemas.js';

const workShape = z
  .object({
    id: z.string().meta({ description: '`keyId.sequence.party`: the batch of the root, and whose it is.' }),
    party: z.string().meta({ description: 'Credit code of who was refused.' }),
    root: z.string().meta({ description: 'Event that is at the bottom of the refusals.' }),
    item: z.string().meta({ description: 'Item of that event.' }),
    first: z.string().meta({ description: 'Position of the first refusal.' }),
    refusals: z.int(),
    left: z.int().meta({ description: 'Neither offered again nor classed as an attempt.' }),
    closed: z.boolean(),
    correction: correctionShape.optional().meta({ description: 'That the root was declared wrong.' }),
  })
  .meta({ id: 'WorkItem' });

const refusalShape = eventShape
  .extend({
    root: z.string().meta({ description: 'Event that is at the bottom of it.' }),
    offeredAs: z.string().optional().meta({ description: 'Event that offered it again.' }),
    class: z.enum([...REFUSAL_CLASSES, 'open']).meta({
      description: 'What Oversight says that it was. Only an attempt counts as irregular.',
    }),
    classedBy: z.string().optional(),
  })
  .meta({ id: 'Refusal' });

const workId = z
  .string()
  .refine(isWorkId, { error: '`keyId.sequence.party`', params: { code: 'HL-4001' } })
  .meta({ description: 'Id of a work item.' });

export const workRoutes = [
  route({
    method: 'get',
    path: '/v1/work-items',
    name: 'listWork',
    tag: 'Work',
    summary: 'Refused events that are to be mended, by what is at the bottom of them',
    description:
      'Refusals of one party that go back to one batch are one work item: the last event that was accepted before them is its root. A participant finds its own, Oversight all.',
    resource: 'work',
    query: paged.extend({ closed: z.enum(['true', 'false']).default('false') }),
    responses: {
      200: {
        description: 'A page of work items, oldest first.',
        schema: z.object({ work: z.array(workShape), next: z.string().optional() }),
        headers: linkHeader,
      },
    },
    problems: ['HL-5024'],
    handle: async (call) => {
      const { query, scope, services } = call;
      const page = await services.readModel.workItems(
        { party: scope, closed: query.closed === 'true' },
        { limit: query.limit, cursor: query.cursor },
      );
      return { ...pageReply(call, 'work', page, (work) => work), scope: 'narrowed' };
    },
  }),
  route({
    method: 'get',
    path: '/v1/work-items/{id}',
    name: 'getWork',
    tag: 'Work',
    summary: 'One work item',
    resource: 'work',
    params: z.object({ id: workId }),
    query: fresh,
    responses: { 200: { description: 'The work item.', schema: workShape } },
    problems: ['HL-4040'],
    handle: async ({ params, services }) => {
      const body = await workOf(services, params.id);
      return { body, parties: [body.party] };
    },
  }),
  route({
    method: 'get',
    path: '/v1/work-items/{id}/refusals',
    name: 'listRefusals',
    tag: 'Work',
    summary: 'The refused events of a work item, in the order of the ledger',
    resource: 'work',
    params: z.object({ id: workId }),
    query: paged,
    responses: {
      200: {
        description: 'A page of refused events.',
        schema: z.object({ refusals: z.array(refusalShape), next: z.string().optional() }),
        headers: linkHeader,
      },
    },
    problems: ['HL-4040', 'HL-5024'],
    handle: async (call) => {
      const { party } = await workOf(call.services, call.params.id);
      const page = await call.services.readModel.refusals({ work: call.params.id }, call.query);
      return { ...pageReply(call, 'refusals', page, (refusal) => refusal), parties: [party] };
    },
  }),
  route({
    method: 'get',
    path: '/v1/refusals',
    name: 'listRefusalsByClass',
    tag: 'Work',
    summary: 'Refused events by what Oversight says that they were',
    description:
      'Only attempts count as irregular. A participant finds its own, Oversight all or those of one signer.',
    resource: 'work',
    query: paged.extend({
      class: z.enum([...REFUSAL_CLASSES, 'open']).default('open'),
      signer: creditCode.optional(),
    }),
    responses: {
      200: {
        description: 'A page of refused events.',
        schema: z.object({ refusals: z.array(refusalShape), next: z.string().optional() }),
        headers: linkHeader,
      },
    },
    problems: ['HL-5024'],
    handle: async (call) => {
      const { query, scope, services } = call;
      const filter = { class: query.class, signer: scope ?? query.signer };
      const page = await services.readModel.refusals(filter, query);
      return { ...pageReply(call, 'refusals', page, (refusal) => refusal), scope: 'narrowed' };
    },
  }),
];

/** @throws HuilianError HL-4040 */
async function workOf({ readModel }: Services, id: string): Promise<WorkItem> {
  const found = await readModel.workItem(id);
  if (found === undefined) throw new HuilianError('HL-4040', { id });
  return found;
}
