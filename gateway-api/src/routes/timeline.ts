import { HuilianError, parseVin, rowKey, timelineSights, type Role } from '@huilian/core';
import { z } from 'zod';
import { route, type Call, type Reply } from '../http/route.js';
import type { ItemRecord } from '../ports.js';
import { collectTimeline, vehicleOf } from '../timeline/collect.js';
import { shownTo, timelineEntry } from '../timeline/show.js';
import { itemOf } from './items.js';
import { pageReply } from './pages.js';
import { itemId, linkHeader, paged } from './schemas.js';

const timeline = z
  .object({
    item: z.string(),
    contenders: z.array(z.string()).optional().meta({ description: 'Other items that claim the VIN.' }),
    entries: z.array(timelineEntry),
    complete: z.boolean().meta({ description: 'False when there is more than was looked at.' }),
    next: z.string().optional(),
  })
  .meta({ id: 'Timeline' });

const DESCRIPTION =
  'Its own steps and those of what came out of it, what was made of that, and what was in it while it was in it, in the order of the ledger. What a participant sees of a step, its roles decide by the table of /v1/timelines; its own steps it sees whole. Who is no party and only reported on the item sees that and what it brought about: of a hold its end, of a damage, an assessment or a claim the loss that it names.';

export const timelineRoutes = [
  route({
    method: 'get',
    path: '/v1/vehicles/{vin}/timeline',
    name: 'getVehicleTimeline',
    tag: 'Timelines',
    summary: 'Everything that happened to a vehicle and its parts',
    description: DESCRIPTION,
    resource: 'timeline',
    params: z.object({ vin: z.string().min(17).max(17).meta({ description: 'VIN (GB 16735).' }) }),
    query: paged,
    responses: { 200: { description: 'A page of steps.', schema: timeline, headers: linkHeader } },
    problems: ['HL-1041', 'HL-1042', 'HL-4040', 'HL-5024'],
    handle: async (call) => {
      const { vin } = parseVin(call.params.vin);
      const found = await vehicleOf(call.services.readModel, vin);
      if (found === undefined) throw new HuilianError('HL-4040', { vin });
      return timelineReply(call, await itemOf(call.services, found.item), found.contenders);
    },
  }),
  route({
    method: 'get',
    path: '/v1/items/{id}/timeline',
    name: 'getItemTimeline',
    tag: 'Timelines',
    summary: 'Everything that happened to an item and what came of it',
    description: DESCRIPTION,
    resource: 'timeline',
    params: z.object({ id: itemId }),
    query: paged,
    responses: { 200: { description: 'A page of steps.', schema: timeline, headers: linkHeader } },
    problems: ['HL-2001', 'HL-5024'],
    handle: async (call) => timelineReply(call, await itemOf(call.services, call.params.id), []),
  }),
  route({
    method: 'get',
    path: '/v1/timelines',
    name: 'getTimelineSights',
    tag: 'Timelines',
    summary: 'Which role sees what of a timeline, as a table',
    resource: 'public',
    responses: {
      200: {
        description: 'The table: role, topic, sight.',
        schema: z.object({
          roles: z.record(z.string(), z.record(z.string(), z.enum(['all', 'what', 'step', 'none']))),
        }),
      },
    },
    handle: () => Promise.resolve({ body: { roles: timelineSights } }),
  }),
];

async function timelineReply(
  call: Call<z.ZodObject, typeof paged>,
  start: ItemRecord,
  contenders: readonly string[],
): Promise<Reply> {
  const collected = await collectTimeline(call.services.readModel, start);
  const entries = shownTo({ creditCode: call.scope, roles: await rolesOf(call) }, collected);
  const { limit, cursor } = call.query;
  const begin = cursor === undefined ? 0 : entries.findIndex(({ position }) => position === cursor) + 1;
  if (cursor !== undefined && begin === 0) throw new HuilianError('HL-5024');
  const records = entries.slice(begin, begin + limit);
  const last = begin + limit < entries.length ? records.at(-1)?.position : undefined;
  const page = pageReply(call, 'entries', { records, ...(last ? { next: last } : {}) }, (entry) => entry);
  const body = {
    item: start.id,
    ...(contenders.length > 0 ? { contenders } : {}),
    ...(page.body as object),
    complete: collected.complete,
  };
  return { ...page, body, parties: [...collected.parties, ...(start.reporters ?? [])] };
}

/** The roles of who asks; a participant that is suspended has none. */
async function rolesOf({ scope, services }: Call<z.ZodObject, typeof paged>): Promise<readonly Role[]> {
  if (scope === undefined) return [];
  const row = await services.readModel.row(rowKey.participant(scope));
  return row?.status === 'active' ? row.roles : [];
}
