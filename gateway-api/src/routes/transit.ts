import { EXCEPTION_REASONS } from '@huilian/core';
import { z } from 'zod';
import { route } from '../http/route.js';
import type { TransitRecord } from '../ports.js';
import { relative, showRelative } from './items.js';
import { pageReply } from './pages.js';
import { creditCode, linkHeader, paged } from './schemas.js';

const DAY = 86_400;

const inTransit = relative
  .extend({
    count: z.int().optional().meta({ description: 'Of a container: things that lie in it directly.' }),
    giver: z.string().meta({ description: 'Who handed it over, and holds it until it is accepted.' }),
    receiver: z.string(),
    since: z.int().meta({ description: 'Ledger time of the handover, seconds since 1970.' }),
    reason: z
      .enum(EXCEPTION_REASONS)
      .optional()
      .meta({ description: 'Why the receiver of its container left it with the giver.' }),
    container: z.string().optional().meta({ description: 'The container that was accepted without it.' }),
    lost: z.boolean().optional().meta({ description: 'Told when a term is given: it has passed.' }),
  })
  .meta({ id: 'InTransit' });

export const transitRoutes = [
  route({
    method: 'get',
    path: '/v1/in-transit',
    name: 'listInTransit',
    tag: 'Items',
    summary: 'What was handed over and is not accepted, and what an acceptance left with its giver',
    description:
      'Oldest first. A participant sees what it gave or, with `side=expected`, what it is to receive; Oversight sees all, or those of a party. What lies in a container is where the container is.',
    resource: 'item',
    query: paged.extend({
      side: z.enum(['sent', 'expected']).optional().meta({ description: 'For a party; `sent` by default.' }),
      party: creditCode.optional().meta({ description: 'For Oversight; a participant asks about itself.' }),
      days: z.coerce.number().int().min(0).max(3_650).optional().meta({
        type: 'integer',
        description: 'Term in days: what is on its way for longer is told to be lost.',
      }),
    }),
    responses: {
      200: {
        description: 'A page of items in transit.',
        schema: z.object({ items: z.array(inTransit), next: z.string().optional() }),
        headers: linkHeader,
      },
    },
    problems: ['HL-5024'],
    handle: async (call) => {
      const { query, scope, services } = call;
      const party = scope ?? query.party;
      const filter =
        party === undefined ? {} : query.side === 'expected' ? { receiver: party } : { giver: party };
      const page = await services.readModel.inTransit(filter, query);
      // A term needs no running timer: whether it has passed is told when somebody asks.
      const latest = query.days === undefined ? undefined : Date.now() / 1000 - query.days * DAY;
      return { ...pageReply(call, 'items', page, (record) => show(record, latest)), scope: 'narrowed' };
    },
  }),
];

/** @param latest what is on its way since before that is lost */
function show(record: TransitRecord, latest: number | undefined): z.output<typeof inTransit> {
  const { row, since } = record;
  const { goods, exception } = row.logistics ?? {};
  return {
    ...showRelative(record),
    ...(goods === undefined ? {} : { count: goods.count }),
    giver: row.custodian,
    receiver: row.handover?.to ?? exception?.by ?? '',
    since,
    ...(exception === undefined ? {} : { reason: exception.reason, container: exception.container }),
    ...(latest === undefined ? {} : { lost: since < latest }),
  };
}
