import { HuilianError, itemOf, parseEventId } from '@huilian/core';
import { z } from 'zod';
import { route } from '../http/route.js';
import { claimantsOf } from '../loss-readers.js';
import { eventShape } from './event-shape.js';
import { fresh } from './schemas.js';

export const singleEventRoutes = [
  route({
    method: 'get',
    path: '/v1/events/{id}',
    name: 'getEvent',
    tag: 'Events',
    summary: 'One recorded event, refused or not',
    resource: 'item',
    params: z.object({
      id: z
        .string()
        .refine((id) => parseEventId(id) !== undefined, { error: '`keyId.sequence.index`' })
        .meta({ description: '`keyId.sequence.index`.' }),
    }),
    query: fresh,
    responses: { 200: { description: 'The event.', schema: eventShape } },
    problems: ['HL-4040'],
    handle: async ({ params, services: { readModel } }) => {
      const body = await readModel.event(params.id);
      if (body === undefined) throw new HuilianError('HL-4040', { id: params.id });
      const item = itemOf(body.event);
      const found = item === undefined ? undefined : await readModel.item(item);
      const claimants = await claimantsOf(readModel, body.event, body.verdict);
      return { body, parties: [body.signer, ...(found?.parties ?? []), ...claimants] };
    },
  }),
];
